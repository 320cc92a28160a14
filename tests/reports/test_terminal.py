"""The terminal form."""

from rich.console import Console

from axiomcheck.reports.terminal import print_certificate


def _text(certificate, width):
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        print_certificate(certificate, console)
    return capture.get()


def test_the_matrix_comes_first(certificate):
    """One row an explainer, one mark a family, a legend, then the counterexamples and the limits."""
    lines = _text(certificate, 100).splitlines()
    (row,) = [line for line in lines if line.startswith("grad-x-input  ")]
    marks = row.split()[1:]
    assert len(marks) == 16
    assert marks[4:8] == ["✘", "✘", "✘", "✘"]
    assert [marks[i] for i in (1, 2, 3, 14)] == ["✘"] * 4
    assert any("in each column, the families bias-free · deep-taylor · biased · ordinary" in line for line in lines)
    assert "faithful" in " ".join(lines[-4:])


def test_a_counterexample_is_told_once(certificate):
    """One that several families share has one paragraph that names them."""
    text = _text(certificate, 200)
    told = [line for line in text.splitlines() if "violates" in line]
    assert len(told) == len(set(told))
    assert "other fails on conservation" in text
    assert "it raised ValueError: no" in text


def test_markup_in_names_is_text(hostile):
    """What looks like markup is printed as it is."""
    assert """<script>alert("x")</script>'"&😀""" in _text(hostile, 12000)
