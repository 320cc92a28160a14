"""Snapshots: what has changed, in words."""

import pytest
import torch
from torch import nn

from axiomcheck.engine.runtime.snapshot import changes, snapshot


@pytest.fixture
def model():
    """Return a linear layer and a ReLU."""
    return nn.Sequential(nn.Linear(2, 2), nn.ReLU())


def _changes(model, act, **tensors):
    before = snapshot(model, tensors)
    act()
    return changes(before, snapshot(model, tensors))


def test_nothing_changes_by_looking(model):
    """Running a model, looking at its state and taking hooks away again leave nothing."""

    def look():
        model(torch.ones(1, 2))
        model.state_dict()
        for register in (model[1].register_forward_hook, model[1].register_full_backward_hook):
            register(lambda *_: None).remove()

    assert _changes(model, look) == ()


def test_values_are_compared_as_numbers(model):
    """-0 is 0 and NaN is NaN; another dtype or shape is another value."""
    zero = torch.zeros(2)
    assert _changes(model, zero.neg_, x=zero) == ()
    nothing = torch.full((2,), torch.nan)
    assert _changes(model, lambda: nothing.mul_(2), x=nothing) == ()
    assert _changes(model, lambda: nothing.resize_(1), x=nothing) == ("x changed",)
    assert _changes(model, model.double) == ("0.weight changed", "0.bias changed")
    assert _changes(model, model.bfloat16) == ("0.weight changed", "0.bias changed")


def test_lists_are_kept_as_they_were(model):
    """What grows inside of an attribute is seen, though the attribute is the same object."""
    model.seen = []
    assert _changes(model, lambda: model.seen.append(torch.ones(1))) == ("the attribute seen of the model changed",)


def test_an_object_is_nobody_but_itself(model):
    """An equal Parameter is another one, which no optimiser knows; so is an equal layer."""

    def exchange():
        model[0].weight = nn.Parameter(model[0].weight.detach().clone())

    assert _changes(model, exchange) == ("the tensor 0.weight exchanged",)
    assert _changes(model, lambda: setattr(model, "1", nn.ReLU())) == ("the module 1 exchanged",)


def test_of_what_is_new_or_gone_no_more_is_told(model):
    """A new layer with all that is in it, a buffer that is gone: one line for each name."""
    assert _changes(model, lambda: model.append(nn.ReLU())) == ("the module 2 left",)
    model.register_buffer("mean", torch.ones(1))
    assert _changes(model, lambda: model.__delattr__("mean")) == ("mean gone",)


def test_hooks_are_counted_and_compared(model):
    """More, fewer, others."""
    first = model.register_forward_hook(lambda *_: None)
    assert _changes(model, first.remove) == ("1 forward hook on the model gone",)
    second = model.register_forward_hook(lambda *_: None)

    def exchange():
        second.remove()
        model.register_forward_hook(lambda *_: None)

    assert _changes(model, exchange) == ("forward hook on the model exchanged",)


def test_a_patched_class_is_seen(model, monkeypatch):
    """Another forward for all objects of a class."""

    class Mine(nn.ReLU):
        pass

    model[1] = Mine()
    assert _changes(model, lambda: monkeypatch.setattr(Mine, "forward", nn.functional.relu)) == (
        "forward of the class of 1 exchanged",
    )
