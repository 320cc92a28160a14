"""What relevance cannot be propagated through."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.lrp_gamma import LRPGamma
from axiomcheck.networks import UnknownName

INPUTS = torch.ones(3, 1, 4, 4, dtype=torch.float64)
TARGET = torch.tensor([0, 1, 1])


class _Branches(nn.Module):
    def forward(self, x):
        return x.flatten(1) if x.sum() > 0 else -x.flatten(1)


class _Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


UNSUPPORTED = {
    "sigmoid module": (lambda: nn.Sequential(nn.Flatten(), nn.Sigmoid()), "Sigmoid"),
    "sigmoid function": (lambda: _Function(torch.sigmoid), "sigmoid"),
    "method": (lambda: _Function(lambda x: x.exp()), "exp"),
    "branches": (_Branches, "a comparison of values"),
    "branches on the shape": (lambda: _Function(lambda x: x.flatten(1) if x.shape[0] > 1 else x), "cannot be traced"),
    "an error of its own": (lambda: _Function(lambda x: x.flatten(1) + {}["none"]), "cannot be traced: 'none'"),
    "square": (lambda: _Function(lambda x: x * x), "product"),
    "reciprocal": (lambda: _Function(lambda x: 1 / x), "quotient"),
    "weight from the input": (lambda: _Function(lambda x: functional.linear(x, x[0, 0])), "linear"),
    "two results": (lambda: _Function(lambda x: (x, x)), "one tensor"),
    "constant": (lambda: _Function(lambda _: torch.ones(1, 1)), "one tensor"),
    "mirrored padding": (lambda: nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect"), "padding_mode"),
    "attention": (lambda: nn.MultiheadAttention(4, 2), "MultiheadAttention"),
    "softmax": (lambda: nn.Sequential(nn.Flatten(), nn.Softmax(1)), "LRP starts from the logits, not behind a softmax"),
    "softmax function": (lambda: _Function(lambda x: x.flatten(1).softmax(-1)), "LRP starts from the logits"),
    "strange bias": (lambda: _Function(lambda x: functional.relu(x, 1, 2)), "cannot"),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_cannot_be_propagated_through_is_told_in_a_sentence(name):
    """Other layers, branches and products raise Unsupported, and its one line names what stands in the way."""
    build, word = UNSUPPORTED[name]
    model = build()
    with pytest.raises(Unsupported, match=word) as told:
        LRPGamma()(model.eval().double(), INPUTS, TARGET)
    assert "\n" not in str(told.value)


def test_a_bias_is_kept_or_dropped():
    """Any other word is told."""
    with pytest.raises(UnknownName, match="unknown bias of LRPGamma 'gone'; known are kept, dropped"):
        LRPGamma(bias="gone")
