"""What relevance cannot be propagated through."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import UnknownName

INPUTS = torch.ones(3, 1, 4, 4, dtype=torch.float64)
TARGET = torch.tensor([0, 1, 1])


class _Branches(nn.Module):
    def forward(self, x):
        return x.flatten(1) if x.sum() > 0 else -x.flatten(1)


class _Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(4, 2)

    def forward(self, x):
        return self.attention(x.flatten(0, 1), x.flatten(0, 1), x.flatten(0, 1))[0].flatten(1)


def _looking(x):
    """Fail where the input is a tensor of numbers no more."""
    if not isinstance(x, torch.Tensor):
        raise LookupError("Unseen")  # noqa: TRY004 - any error will do
    return x.flatten(1)


class _Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


UNSUPPORTED = {
    "sigmoid module": (lambda: nn.Sequential(nn.Flatten(), nn.Sigmoid()), "Sigmoid"),
    "sigmoid function": (lambda: _Function(torch.sigmoid), "Sigmoid"),
    "method": (lambda: _Function(lambda x: x.exp()), "exp"),
    "branches": (_Branches, "a comparison of values"),
    "branches on the shape": (lambda: _Function(lambda x: x.flatten(1) if x.shape[0] > 1 else x), "cannot be traced"),
    "an error of its own": (lambda: _Function(_looking), "cannot be traced: Unseen"),
    "square": (lambda: _Function(lambda x: x * x), "product"),
    "reciprocal": (lambda: _Function(lambda x: 1 / x), "quotient"),
    "weight from the input": (lambda: _Function(lambda x: functional.linear(x, x[0, 0])), "linear"),
    "two results": (lambda: _Function(lambda x: (x, x)), "one tensor"),
    "constant": (lambda: _Function(lambda _: torch.ones(1, 1)), "one tensor"),
    "attention": (_Attention, "cannot"),
    "recurrence": (lambda: nn.Sequential(nn.Flatten(), nn.GRU(16, 4), _Function(lambda x: x[0])), "GRU"),
    "softmax": (lambda: nn.Sequential(nn.Flatten(), nn.Softmax(1)), "LRP starts from the logits, not behind a softmax"),
    "softmax function": (lambda: _Function(lambda x: x.flatten(1).softmax(-1)), "LRP starts from the logits"),
    "rounded": (lambda: _Function(lambda x: torch.div(x.flatten(1), 2, rounding_mode="floor")), "with such arguments"),
    "by its size": (lambda: _Function(lambda x: x.flatten(1) / x.size(-1)), "depends on the shape of the input"),
    "one more": (lambda: _Function(lambda x: x.flatten(1) + x.new_ones(x.shape[0], 16)), "new_ones"),
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
