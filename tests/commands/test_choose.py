"""``axiomcheck choose``: methods by what is proved of them, or by a certificate."""

import pytest

from axiomcheck.cli import main
from axiomcheck.networks import Family
from axiomcheck.reports.choice import judged, promised
from axiomcheck.results.certificate import Cell, Certificate, Environment


def test_exact_shapley_values_keep_sums_and_do_not_jump_on_convolutions():
    """The mean gain over coalitions sums to the change of f, and is continuous since f is."""
    choice = promised(("conservation", "continuity"), "conv")
    assert "shapley" in choice.fitting
    assert set(choice.lacks["grad-x-input"]) == {"conservation", "continuity"}
    assert choice.lacks["grad-x-input"]["conservation"] == "is promised without biases alone"


def test_a_method_without_promises_never_fits():
    """SmoothGrad promises nothing of sums."""
    assert "smoothgrad" not in promised(("conservation",), "bias-free").fitting


def test_a_certificate_counts_what_it_found():
    """A family at least as wide is enough; what was not judged is no evidence."""
    cells = [
        Cell("mine", "conservation", "ordinary", "holds", ""),
        Cell("yours", "conservation", "ordinary", "violated", ""),
        Cell("theirs", "continuity", "ordinary", "holds", ""),
    ]
    certificate = Certificate(Environment({}, "", "float64", 1, ""), 0, tuple(cells))
    choice = judged(("conservation",), "biased", certificate)
    assert choice.fitting == ("mine",)
    assert choice.lacks["theirs"] == {"conservation": "was not judged"}
    assert choice.lacks["yours"] == {"conservation": "is violated"}
    assert Family.parse("biased") <= Family.parse("ordinary")


def test_what_fails_inside_a_family_fails_in_it():
    """Verdicts of wider families are weighed together, and a counterexample inside the family outweighs them."""
    verdicts = {"mine": ("holds", "violated"), "yours": ("violated", "holds"), "theirs": ("inconclusive", "violated")}
    cells = [
        Cell(name, "conservation", family, verdict, "")
        for name, of_name in verdicts.items()
        for family, verdict in zip(("biased", "ordinary"), of_name, strict=True)
    ]
    certificate = Certificate(Environment({}, "", "float64", 1, ""), 0, tuple(cells))
    choice = judged(("conservation",), "biased", certificate)
    assert choice.fitting == ("mine",)
    assert choice.lacks["yours"] == {"conservation": "is violated"}
    assert choice.lacks["theirs"] == {"conservation": "is inconclusive or violated"}
    assert judged(("conservation",), "ordinary", certificate).fitting == ()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--need", "conservation,continuity", "--family", "conv"], 0, "✔ shapley "),
        (["--need", "conservation,no-such"], 2, "unknown axiom 'no_such'"),
        (["--need", "sensitivity,positivity", "--family", "ordinary"], 1, "no method keeps all of it"),
    ],
)
def test_it_is_told_in_lines(words, status, said, capsys):
    """The methods first; 1 if there is none, 2 for a name that is none."""
    assert main(["choose", *words]) == status
    printed = capsys.readouterr()
    assert said in printed.out + printed.err
