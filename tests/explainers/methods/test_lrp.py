"""The backward pass that all rules of LRP share."""

import pytest
import torch

from axiomcheck.explainers.methods.lrp import Part, exactly, propagate
from axiomcheck.networks import Linear, Network, ReLU


def test_dividing_by_zero_gives_zero():
    """Relevance over a denominator of 0 ends there; anything else is divided by itself."""
    divided = torch.ones(3) / exactly(torch.tensor([0.0, 2.0, -0.5]))
    assert divided.tolist() == [0.0, 0.5, -2.0]


def test_rules_see_every_affine_layer_from_above(max_pair):
    """A rule is asked for each affine layer, the last one first, with the activations that enter it."""
    seen = []

    def rule(a, layer):
        seen.append((a.tolist(), layer.weight.tolist()))
        return [Part(a, *layer)]

    propagate(max_pair[0].module(), torch.tensor([[2.0, 1.0]], dtype=torch.float64), torch.tensor([0]), rule)
    assert seen == [([[1.0, 1.0]], [[1.0, 1.0]]), ([[2.0, 1.0]], [[1.0, -1.0], [0.0, 1.0]])]


def test_relevance_starts_at_the_target():
    """Only the output that was asked for is shared, in each row its own."""
    model = Network((Linear(((1.0,), (10.0,)), (0.0, 0.0)), ReLU())).module()
    inputs = torch.tensor([[2.0], [3.0]], dtype=torch.float64)
    relevance = propagate(model, inputs, torch.tensor([0, 1]), lambda a, layer: [Part(a, *layer)])
    assert relevance.tolist() == [[2.0], [30.0]]


def test_parts_share_one_denominator():
    """Two parts of a layer are added up before anything is divided."""
    model = Network((Linear(((2.0,),), (0.0,)),)).module()

    def halves(a, layer):
        return [Part(a, layer.weight / 2, layer.bias)] * 2

    relevance = propagate(model, torch.tensor([[3.0]], dtype=torch.float64), torch.tensor([0]), halves)
    assert relevance.item() == pytest.approx(6.0)
