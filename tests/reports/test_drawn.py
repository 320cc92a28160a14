"""What a screen drew, as certificates tell it."""

from dataclasses import replace

from axiomcheck.networks.composition import OUTSIDE
from axiomcheck.reports.drawn import Drawn, drawn
from axiomcheck.reports.html import as_html
from axiomcheck.reports.markdown import as_markdown

COUNTS = {
    "conv1d": 94,
    "conv1d: dilated": 10,
    "conv2d": 88,
    "conv2d: dilated": 13,
    "dropout": 9,
    "flatten": 182,
    "linear": 480,
    "relu": 300,
    "rewrite: split": 25,
    "style: relu=clamp": 43,
}
CONV = Drawn("conv,styles", COUNTS)


def test_dimensions_are_one_kind():
    """No network has convolutions of two kinds of dimensions, so their counts add up."""
    assert str(CONV) == (
        "in conv,styles at least conv: 182 networks (94 1d, 88 2d), dilated 23; dropout: 9 networks; "
        "flatten: 182 networks; linear: 480 networks; relu: 300 networks; "
        f"styles: relu=clamp 43; rewrites: split 25; never drawn: {', '.join(OUTSIDE)}"
    )


def test_rows_of_a_table():
    """A kind stands before its options."""
    assert list(CONV.rows) == [
        ("conv", 182),
        ("conv, dilated", 23),
        ("dropout", 9),
        ("flatten", 182),
        ("linear", 480),
        ("relu", 300),
        ("rewrite, split", 25),
        ("style, relu=clamp", 43),
    ]


def test_what_the_family_has_and_nobody_drew():
    """A kind of layer that the family admits is named, though the screen has none."""
    assert Drawn("conv,maxpool,styles", COUNTS).never == ("MaxPool", *OUTSIDE)


def _with_evidence(certificate, *evidence):
    cells = [replace(cell, family="conv") for cell in certificate.cells if cell.verdict == "holds"]
    return replace(certificate, cells=tuple(map(lambda c, e: replace(c, evidence=e), cells, evidence)))


def test_the_fewest_of_all_cells_that_hold(certificate):
    """Of rewrites, only cells with twins count."""
    both = _with_evidence(certificate, {"conv2d": 7, "linear": 9}, {"conv2d": 5, "rewrite: split": 3})
    (one,) = drawn(both)
    assert one.counts == {"conv2d": 5, "linear": 0, "rewrite: split": 3}


def test_perceptrons_alone_are_not_told(certificate):
    """They have but two kinds of layers."""
    assert not list(drawn(_with_evidence(certificate, {"linear": 7, "relu": 5})))


def test_all_writers_tell(certificate):
    """The page draws a bar for each row."""
    told = _with_evidence(certificate, {"conv2d": 7, "conv2d: dilated": 2})
    assert "conv: 7 networks (7 2d), dilated 2" in as_markdown(told)
    assert '<th scope="row">conv, dilated</th><td>2</td>' in as_html(told)
