"""Gradients of the target output."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers.methods.input_gradient import input_gradient, places, target_output

MODEL = nn.Linear(2, 3, bias=False)
with torch.no_grad():
    MODEL.weight.copy_(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))


def test_each_row_has_its_own_target():
    """Of each row of outputs the one is taken that its target names."""
    inputs = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    assert target_output(MODEL, inputs, torch.tensor([2, 0])).tolist() == [5.0, 2.0]
    assert input_gradient(MODEL, inputs, torch.tensor([2, 0])).tolist() == [[5.0, 6.0], [1.0, 2.0]]


def test_nothing_is_left_behind():
    """Neither the inputs nor the parameters get a gradient or lose one."""
    inputs = torch.ones(1, 2)
    input_gradient(MODEL, inputs, torch.tensor([0]))
    assert not inputs.requires_grad
    assert inputs.grad is None
    assert MODEL.weight.grad is None
    assert MODEL.weight.requires_grad


@pytest.mark.parametrize("shape", [(2,), (4, 3), (2, 3, 1)])
def test_a_row_of_outputs_for_each_target(shape):
    """More rows, or another number of axes, are refused: nothing is taken from the first rows in silence."""
    with pytest.raises(IndexError, match="for 2 targets"):
        places(torch.ones(shape), torch.tensor([0, 0]))
