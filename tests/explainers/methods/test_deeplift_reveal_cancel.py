"""DeepLIFT with the reveal-cancel rule."""

from fractions import Fraction

import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.methods.deeplift_reveal_cancel import deeplift_reveal_cancel
from axiomcheck.networks import Linear


def _g(z):
    return max(z, Fraction(0))


def _forward(network, x, baseline, naive):
    """Return (Δ⁺, Δ⁻) of each unit of each layer."""
    before = naive(network, baseline)
    moved = [Fraction(a) - Fraction(b) for a, b in zip(x, baseline, strict=True)]
    changes = [[(max(d, 0), min(d, 0)) for d in moved]]
    for layer, start in zip(network.layers, before, strict=False):
        below = changes[-1]
        if isinstance(layer, Linear):
            terms = [[Fraction(w) * (p + n) for w, (p, n) in zip(row, below, strict=True)] for row in layer.weight]
            changes.append([(sum(max(t, 0) for t in row), sum(min(t, 0) for t in row)) for row in terms])
        else:
            changes.append([(_share(s, p, n), _share(s, n, p)) for s, (p, n) in zip(start, below, strict=True)])
    return changes


def _share(start, one, other):
    """Return the mean gain of the one change, before the other and after it."""
    return (_g(start + one) - _g(start) + _g(start + one + other) - _g(start + other)) / 2


def _oracle(naive):
    def scores(network, x, target, baseline):
        changes, entering = _forward(network, x, baseline, naive), naive(network, x)
        m = [(Fraction(k == target),) * 2 for k in range(len(entering[-1]))]
        for number in reversed(range(len(network.layers))):
            layer, below, above = network.layers[number], changes[number], changes[number + 1]
            if isinstance(layer, Linear):
                found = []
                for i, (p, n) in enumerate(below):
                    total = Fraction(0)
                    for row, (up, down) in zip(layer.weight, m, strict=True):
                        effect = Fraction(row[i]) * (p + n)
                        total += Fraction(row[i]) * (up if effect > 0 else down if effect < 0 else (up + down) / 2)
                    found.append((total, total))
                m = found
            else:
                slopes = [Fraction(z > 0) for z in entering[number]]
                m = [
                    tuple(v * (new / old if old else slope) for v, new, old in zip(pair, out, into, strict=True))
                    for pair, out, into, slope in zip(m, above, below, slopes, strict=True)
                ]
        return [up * p + down * n for (up, down), (p, n) in zip(m, changes[0], strict=True)], 1

    return scores


def test_formula(agree, naive):
    """Positive and negative changes have multipliers of their own, on random networks with random baselines."""
    agree(deeplift_reveal_cancel, _oracle(naive), seed=111, with_baseline=True)


def test_completeness(cases, explained):
    """The scores sum to f(x) - f(x̃), always."""
    for case in cases(30, seed=112):
        found = explained(deeplift_reveal_cancel, case.network, case.inputs, case.target, case.baseline)
        for x, scores in zip(case.inputs, found, strict=True):
            change = case.network.exact(x)[case.target] - case.network.exact(case.baseline)[case.target]
            assert sum(scores) == pytest.approx(float(change), rel=1e-9, abs=1e-9 * (1 + sum(map(abs, scores))))


class _Minimum(nn.Module):
    def forward(self, x):
        return x[:, :1] - (x[:, :1] - x[:, 1:]).clamp(min=0)


def test_a_minimum_is_shared():
    """min(x1, x2) = x1 - relu(x1 - x2) at (10, 6) from 0: 3 each, where rescaling says (6, 0)."""
    x = torch.tensor([[10.0, 6.0]])
    found = deeplift_reveal_cancel(_Minimum(), x, torch.tensor([0]), baseline=torch.zeros_like(x))
    assert found.tolist() == [[3.0, 3.0]]


def test_pools_are_told():
    """The rule does not say what a max pool does."""
    model = nn.Sequential(nn.Unflatten(1, (1, 2)), nn.MaxPool1d(2), nn.Flatten())
    with pytest.raises(Unsupported, match="MaxPool"):
        deeplift_reveal_cancel(model, torch.ones(1, 2), torch.tensor([0]), baseline=torch.zeros(1, 2))
