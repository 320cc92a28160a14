"""How an explainer is called: alone, on its own copy, and looked at."""

import numpy as np
import pytest
import torch

from axiomcheck.engine.bound_explainer import BoundExplainer
from axiomcheck.engine.own_call import ExplainerError
from axiomcheck.explainers import declaration
from axiomcheck.networks import Case, Linear, Network

NETWORK = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (0.5, 0.0)),))
CASE = Case(NETWORK, (0.25, -0.5), inputs=((1.0, 2.0),), target=1)
POINTS = np.array([[1.0, 2.0], [3.0, 4.0]])


def _bound(explainer, dtype="float64"):
    return BoundExplainer(explainer, declaration(explainer), CASE, dtype)


def test_it_gets_the_model_the_inputs_the_target_and_the_baseline():
    """Shapes and types are those of the protocol."""
    seen = {}

    def spy(model, inputs, target, *, baseline):
        seen.update(model=model, inputs=inputs, target=target, baseline=baseline)
        return inputs

    _bound(spy)(NETWORK, POINTS)
    assert seen["model"](seen["inputs"]).tolist() == [[5.5, 11.0], [11.5, 25.0]]
    assert seen["target"].tolist() == [1, 1]
    assert seen["target"].dtype == torch.int64
    assert seen["baseline"].tolist() == [[0.25, -0.5]] * 2
    assert seen["inputs"].dtype == torch.float64


def test_float32_is_float32_all_through():
    """Model, inputs and baseline come in the asked arithmetic."""

    def spy(model, inputs, target, *, baseline):
        assert {t.dtype for t in (inputs, baseline, *model.parameters())} == {torch.float32}
        return inputs

    assert _bound(spy, "float32")(NETWORK, POINTS).dtype == np.float64


def test_every_call_has_a_model_of_its_own():
    """What an explainer does to a model or to its inputs is gone with the call."""
    models = []

    def vandal(model, inputs, target):
        models.append(model)
        scores = inputs.clone()
        inputs.zero_()
        with torch.no_grad():
            next(model.parameters()).zero_()
        return scores

    bound = _bound(vandal)
    assert np.array_equal(bound(NETWORK, POINTS), bound(NETWORK, POINTS))
    assert models[0] is not models[1]


def test_nothing_is_left_behind():
    """The random state and the default dtype are as before, also after an exception; random explainers repeat."""

    def careless(model, inputs, target):
        torch.set_default_dtype(torch.float32 if torch.get_default_dtype() == torch.float64 else torch.float64)
        if float(torch.rand(())) < 0:
            return inputs
        raise KeyError("none")

    before, state = torch.get_default_dtype(), torch.get_rng_state()
    with pytest.raises(ExplainerError, match="it raised KeyError: 'none'"):
        _bound(careless)(NETWORK, POINTS)
    assert torch.get_default_dtype() == before
    assert torch.equal(torch.get_rng_state(), state)
    noisy = _bound(lambda model, inputs, target: torch.rand_like(inputs))
    assert np.array_equal(noisy(NETWORK, POINTS), noisy(NETWORK, POINTS))


def test_gradients_are_on():
    """An explainer may differentiate although the caller is inside no_grad."""

    def differentiates(model, inputs, target):
        assert torch.is_grad_enabled()
        return inputs

    with torch.no_grad():
        _bound(differentiates)(NETWORK, POINTS)


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (None, "it returned NoneType where a Tensor was expected"),
        (torch.zeros(2), r"it returned the shape \(2,\) for inputs of the shape \(2, 2\)"),
        (torch.full((2, 2), torch.nan), "it returned NaN"),
        (torch.full((2, 2), torch.inf), "it returned an infinite score"),
    ],
)
def test_what_is_no_relevance_is_told(returned, said):
    """One sentence says what came back."""
    with pytest.raises(ExplainerError, match=said):
        _bound(lambda model, inputs, target: returned)(NETWORK, POINTS)
