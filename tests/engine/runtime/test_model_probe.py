"""A model that is watched: what it is asked, and how it fails."""

import copy

import pytest
import torch
from torch import fx, nn

from axiomcheck.engine.runtime.model_probe import ProbedForward, Trouble
from axiomcheck.networks import Linear, Network, ReLU, Style

NETWORK = Network((Linear(((1.0, 2.0), (3.0, 4.0)), (0.5, 0.0)),))
POINTS = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], dtype=torch.float64)


@pytest.fixture
def model():
    """Return x1 + 2·x2 + ½ and 3·x1 + 4·x2."""
    return NETWORK.module()


def test_rows_are_found_wherever_they_are_asked(model):
    """Alone or among others, once or twice; what nobody asked has none."""
    watched = ProbedForward.over(model)
    model(POINTS[[2, 0]])
    model(torch.cat([POINTS[:1] * 9, POINTS[:1]]))
    outputs = watched.outputs_at(POINTS)
    assert [rows.tolist() for rows in outputs] == [[[5.5, 11.0], [5.5, 11.0]], [], [[17.5, 39.0]]]


def test_named_arguments_and_other_shapes(model):
    """An input may be named; a batch of another shape is no batch of the points."""
    watched = ProbedForward.over(model)
    model(input=POINTS[:1])
    model(POINTS[None])
    assert [len(rows) for rows in watched.outputs_at(POINTS)] == [1, 0, 0]


def test_a_model_in_place_is_asked_what_it_was_asked():
    """What a first layer makes of the inputs, in place, is not the question."""
    model = Network((ReLU(),), (2,), Style(relu="inplace")).module()
    watched, asked = ProbedForward.over(model), torch.tensor([[-1.0, 1.0]], dtype=torch.float64)
    model(asked.clone())
    assert watched.outputs_at(asked)[0].tolist() == [[0.0, 1.0]]
    assert len(watched.outputs_at(torch.tensor([[0.0, 1.0]], dtype=torch.float64))[0]) == 0


def test_changes_of_the_model_show(model):
    """Weights, class and submodules are those of the moment."""
    watched = ProbedForward.over(model)
    with torch.no_grad():
        model.linear1.bias.zero_()
    model(POINTS)
    assert watched.outputs_at(POINTS)[0].tolist() == [[5.0, 11.0]]


def test_a_copy_is_not_watched(model):
    """What an explainer does with a copy of its own is the copy's: the weights, and what it is asked."""
    watched = ProbedForward.over(model, fails=1)
    copied = copy.deepcopy(model)
    with torch.no_grad():
        copied.linear1.weight.zero_()
    assert copied(POINTS[:1]).tolist() == [[0.5, 0.0]]
    assert copy.deepcopy(copied)(POINTS[:1]).tolist() == [[0.5, 0.0]]
    assert (watched.count, watched.seen) == (0, [])


def test_it_fails_at_the_call_it_is_told(model):
    """The call of that number runs, and raises then; those before and after do not."""
    watched = ProbedForward.over(model, fails=2)
    model(POINTS)
    with pytest.raises(Trouble):
        model(POINTS)
    model(POINTS)
    assert watched.count == 3


def test_it_fails_on_the_way_back(model):
    """Forward all is well; without gradients there is no way back."""
    ProbedForward.over(model, fails_back=True)
    with torch.no_grad():
        model(POINTS)
    with pytest.raises(Trouble):
        model(POINTS).sum().backward()


def test_what_traces_a_model_is_in_nobodys_way(model):
    """Names for numbers, and batches of torch.func, pass without being counted or failing."""
    watched = ProbedForward.over(model, fails=1)

    class Outer(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = model

        def forward(self, x):
            return self.inner.forward(x)

    assert fx.symbolic_trace(Outer())(POINTS[:1]).tolist() == [[5.5, 11.0]]
    assert torch.func.vmap(model)(POINTS)[0].tolist() == [5.5, 11.0]
    gradients = torch.func.vmap(torch.func.grad(lambda point: model(point)[0]))(POINTS)
    assert gradients[0].tolist() == [1.0, 2.0]
    assert watched.count == 0
