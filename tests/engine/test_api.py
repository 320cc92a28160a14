"""The same engine from Python."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import axiomcheck as ac
from axiomcheck.networks.facts import Irrelevant


def halves(model, inputs, target):
    """Share the output equally, among the variables of inputs of any shape."""
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs)


def test_check_is_silent_where_the_axiom_holds():
    """Nothing is returned, nothing raised."""
    assert ac.check(halves, "conservation") is None
    assert ac.check(halves, "conservation", family="biased") is None


def test_check_raises_the_counterexample():
    """It is an assertion error, tells the case in words and carries it."""
    with pytest.raises(ac.AxiomViolation, match="none is above those of x2") as raised:
        ac.check(halves, "selectivity", family="bias-free")
    assert isinstance(raised.value, AssertionError)
    assert raised.value.counterexample.case.variables(Irrelevant) == (1,)
    assert "f(x1, x2) = x1" in str(raised.value)


def test_check_does_not_pass_on_nothing():
    """Too few effective cases are told, not passed."""
    with pytest.raises(ac.AxiomcheckError, match=r"inconclusive: \d\d cases cannot show that it holds: 59 are needed"):
        ac.check(halves, "conservation", examples=20)


@pytest.mark.parametrize("ask", [ac.check, ac.find_counterexample, lambda of, axiom: ac.certify(of, [axiom])])
def test_it_is_refused_inside_given(ask):
    """A search inside a test of Hypothesis' gets one sentence."""

    @given(st.none())
    def inside(_):
        ask(halves, "conservation")

    with pytest.raises(ac.AxiomcheckError, match="cannot run inside a test with @given"):
        inside()


def test_certify_takes_one_or_many():
    """One explainer or a list, names or callables."""
    one = ac.certify(halves, axioms=["conservation"], families=["biased"], examples=100)
    many = ac.certify([halves, "uniform"], axioms=["conservation"], families=["biased"], examples=100)
    assert [cell.verdict for cell in one.cells] == ["holds"]
    assert {cell.explainer for cell in many.cells} == {"uniform", f"{__name__}:halves"}


def test_counterexamples_travel_between_processes():
    """They are plain data."""
    found = ac.find_counterexample("gradient", "conservation")
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("axiom", ["conservation", "continuity", "implementation_invariance", "selectivity"])
def test_float32_is_judged_by_its_own_tolerance(axiom):
    """What holds in float64 holds in float32, with its coarser limits."""
    ac.check("uniform" if axiom != "selectivity" else "grad-x-input", axiom, family="bias-free", dtype="float32")


@pytest.mark.parametrize(
    ("explainer", "axiom"),
    [
        ("gradient", "conservation"),
        ("grad-x-input", "continuity"),
        ("lrp-z-plus", "implementation_invariance"),
        ("uniform", "selectivity"),
    ],
)
def test_what_fails_fails_in_float32_too(explainer, axiom):
    """Each axiom finds its specimen in the coarser arithmetic."""
    assert ac.find_counterexample(explainer, axiom, family="bias-free", dtype="float32") is not None
