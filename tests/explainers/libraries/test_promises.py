"""What methods of libraries promise."""

from pathlib import Path

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.claims import check_claims
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.libraries.promises import PROMISES, promised_by
from axiomcheck.networks import Family

TABLE = Path(__file__).parents[3] / "docs" / "explainers.md"
POSITIVE = "captum:LRP:rule=Alpha1_Beta0_Rule"


def _spec(one, method):
    options = ",".join(f"{name}={value}" for name, value in one.options.items())
    return ":".join(filter(None, (one.library, method, options)))


def _told(*marks):
    """Return each method of the table with its row; Zennit has an environment of its own, where its rows are asked."""
    return [
        pytest.param(one, method, marks=marks if one.library == "captum" else pytest.mark.peers, id=_spec(one, method))
        for one in PROMISES
        for method in one.methods
    ]


@pytest.mark.parametrize(("one", "method"), _told())
def test_explainers_say_what_stands_in_the_table(one, method):
    """By name, with the options of the row; each axiom and family is one."""
    located = locate(_spec(one, method))
    assert declaration(located.explain).claims == one.claims
    check_claims(located)


@pytest.mark.parametrize(
    ("library", "method", "options"),
    [
        ("captum", "LRP", {}),
        ("captum", "LRP", {"rule": "Alpha1_Beta0_Rule", "epsilon": 1.0}),
        ("captum", "DeepLift", {"multiply_by_inputs": False}),
        ("zennit", "AlphaBeta", {"alpha": 2, "beta": 1}),
        ("zennit", "ZPlus", {"attributor": "SmoothGrad"}),
        ("zennit", "ZBox", {"low": 0.0, "high": 1.0}),
        ("shap", "DeepExplainer", {}),
    ],
)
def test_other_options_promise_nothing(library, method, options):
    """What was not proved with them is not said."""
    assert promised_by(library, method, options) == {}


def test_what_changes_no_proof_may_be_set():
    """A stabilizer is above 0, and so are the shares."""
    assert promised_by("zennit", "ZPlus", {"stabilizer": 1e-3}) == promised_by("zennit", "ZPlus", {})


def test_positivity_of_alpha_1_beta_0_is_judged():
    """It is upheld where it is promised."""
    family = Family.parse("output=relu,inputs=nonnegative")
    cell = run(Question(locate(POSITIVE), AXIOMS["positivity"], family, Budget(60)))
    assert (cell.verdict, cell.claim.verdict) == ("holds", "upheld")


@pytest.mark.parametrize("one", PROMISES, ids=[_spec(one, one.methods[0]) for one in PROMISES])
def test_the_proof_stands_in_the_documents(one):
    """In a row with its methods and axioms."""
    rows = [row for row in TABLE.read_text().splitlines() if one.why in row]
    named = [f"`{_spec(one, method)}`" for method in one.methods]
    assert any(all(word in row for word in (*named, *one.claims)) for row in rows)


@pytest.mark.parametrize(("one", "method"), _told(pytest.mark.long))
def test_promises_are_upheld(one, method):
    """In 60 cases of the whole family that each is made for."""
    for axiom, family in one.claims.items():
        cell = run(Question(locate(_spec(one, method)), AXIOMS[axiom], Family.parse(family), Budget(60)))
        assert cell.verdict == "holds", f"{axiom}: {cell.reason}"
