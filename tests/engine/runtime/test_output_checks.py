"""What an explainer returns, as the engine takes it: tensors, and arrays of numbers."""

import numpy as np
import pytest
import torch

from axiomcheck.engine.bound_explainer import BoundExplainer
from axiomcheck.engine.own_call import ExplainerError
from axiomcheck.engine.runtime.output_checks import received
from axiomcheck.explainers import declaration
from axiomcheck.networks import Case, Linear, Network

NETWORK = Network((Linear(((1.0, 2.0),), (0.5,)),))
POINTS = np.array([[1.0, 2.0], [3.0, 4.0]])
CPU = torch.device("cpu")


def _bound(explain):
    return BoundExplainer(explain, declaration(explain), Case(NETWORK, (0.0, 0.0), inputs=((1.0, 2.0),), target=0))


def _read_only():
    array = POINTS.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    "array",
    [POINTS, _read_only(), POINTS[::-1].copy()[::-1], np.asfortranarray(POINTS), POINTS.astype(int)],
    ids=["plain", "read-only", "backwards", "by columns", "integers"],
)
def test_arrays_are_scores(array):
    """However they lie in memory, arrays of numbers are taken."""
    assert _bound(lambda model, inputs, target: array)(NETWORK, POINTS).tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_an_array_keeps_its_dtype_and_its_memory():
    """Nothing is cast, and what is written into the array later is seen."""
    array = np.zeros((1, 2), dtype=np.float32)
    found = received(array, CPU)
    array[0, 1] = 3.0
    assert found.dtype == torch.float32
    assert found.tolist() == [[0.0, 3.0]]


def test_a_shared_buffer_is_noticed_behind_an_array():
    """Two calls that fill one array: the first result is another after the last call."""
    buffer = np.zeros((2, 2))

    def careless(model, inputs, target):
        buffer[:] = inputs.numpy()
        return buffer

    first, second, later = _bound(careless).repeat(NETWORK, POINTS)
    assert first.tolist() == second.tolist() == POINTS.tolist()
    assert later.tolist() == (POINTS + 1).tolist()


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (np.full((2, 2), None), "it returned an array of object where a Tensor was expected"),
        (np.full((2, 2), "high"), "it returned an array of <U4 where a Tensor was expected"),
        (POINTS.astype(">f4"), "it returned an array of >f4 where a Tensor was expected"),
        (np.array(1.0), r"it returned the shape \(\) for inputs of the shape \(2, 2\)"),
        (np.ones(2), r"it returned the shape \(2,\) for inputs of the shape \(2, 2\)"),
        (np.ones((2, 2), dtype=complex), "it returned complex scores"),
        (np.full((2, 2), np.nan), "it returned NaN"),
        ([[1.0, 2.0], [3.0, 4.0]], "it returned list where a Tensor was expected"),
    ],
)
def test_what_is_no_relevance_is_told(returned, said):
    """One sentence, and none of numpy's or torch's own."""
    with pytest.raises(ExplainerError, match=f"^{said}"):
        _bound(lambda model, inputs, target: returned)(NETWORK, POINTS)


def test_the_form_of_an_array_is_told():
    """Its dtype is not that of the inputs."""
    seen = _bound(lambda model, inputs, target: inputs.numpy().astype(np.float32)).observe(NETWORK, POINTS)
    assert seen.form == "it returned float32 for inputs of float64"
