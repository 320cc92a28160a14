"""CP-LRP and AttnLRP, each beside the formulas of its paper, written out for one head of attention."""

from math import erf, exp, sqrt

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers.methods.attention_lrp import attn_lrp, cp_lrp
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.protocol import Unsupported
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

TOKENS, SIZE = 3, 2
X = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 1.25]])
QUERY, KEY, VALUE = (
    np.array([[1.0, 0.5], [-0.5, 1.0]]),
    np.array([[0.25, 1.0], [1.0, -1.0]]),
    np.array([[2.0, -1.0], [0.5, 2.0]]),
)


class Head(nn.Module):
    """The sum of one head of attention, in one of three styles."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self.style = style
        self.query, self.key, self.value = (_linear(weight) for weight in (QUERY, KEY, VALUE))

    def forward(self, x):
        """Return it, (B, 1)."""
        query, key, value = self.query(x), self.key(x), self.value(x)
        if self.style == "fused":
            mixed = functional.scaled_dot_product_attention(query, key, value)
        elif self.style == "operators":
            mixed = torch.softmax(query @ key.mT / sqrt(SIZE), -1) @ value
        else:
            mixed = torch.bmm((torch.bmm(query, key.transpose(1, 2)) / sqrt(SIZE)).softmax(-1), value)
        return mixed.sum((1, 2))[:, None]


def _linear(weight):
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias=False, dtype=torch.float64)
    layer.weight.data.copy_(torch.tensor(weight))
    return layer


def _shares():
    scores = (X @ QUERY.T) @ (X @ KEY.T).T / sqrt(SIZE)
    grown = np.exp(scores)
    return scores, grown / grown.sum(axis=1, keepdims=True)


def _of_values(relevance):
    """LRP-0 through the value matrix: R_td = Σ_e x_td V_ed / v_te R_te."""
    return X * ((relevance / (X @ VALUE.T)) @ VALUE)


def _held():
    """Ali et al. 2022: with the shares p held, the value v_te gets Σ_i p_it v_te of the outputs that are summed."""
    _, shares = _shares()
    return _of_values(shares.sum(axis=0)[:, None] * (X @ VALUE.T))


def _expanded():
    """Achtibat et al. 2024, by loops: halves of p_ij v_je, the softmax by Taylor, halves of q_id k_jd, then LRP-0."""
    scores, shares = _shares()
    query, key, value = X @ QUERY.T, X @ KEY.T, X @ VALUE.T
    to_values, to_shares = np.zeros_like(value), np.zeros_like(shares)
    for i in range(TOKENS):
        for j in range(TOKENS):
            for e in range(SIZE):
                product = shares[i, j] * value[j, e]
                to_values[j, e] += product / 2
                to_shares[i, j] += product / 2
    to_scores = np.zeros_like(scores)
    for i in range(TOKENS):
        for j in range(TOKENS):
            to_scores[i, j] = scores[i, j] * (to_shares[i, j] - shares[i, j] * to_shares[i].sum())
    to_queries, to_keys = np.zeros_like(query), np.zeros_like(key)
    for i in range(TOKENS):
        for j in range(TOKENS):
            for d in range(SIZE):
                half = query[i, d] * key[j, d] / sqrt(SIZE) / scores[i, j] * to_scores[i, j] / 2
                to_queries[i, d] += half
                to_keys[j, d] += half
    through = [(to_queries / query) @ QUERY, (to_keys / key) @ KEY]
    return _of_values(to_values) + X * sum(through)


@pytest.mark.parametrize("style", ["fused", "operators", "functions"])
@pytest.mark.parametrize(("explain", "oracle"), [(cp_lrp, _held), (attn_lrp, _expanded)], ids=["cp", "attn"])
def test_one_head(explain, oracle, style):
    """In each style of code the scores are those of the formulas."""
    scores = explain(Head(style), torch.tensor(X)[None], torch.tensor([0]))
    assert scores[0].numpy() == pytest.approx(oracle(), rel=1e-12)


@pytest.mark.parametrize(
    ("activation", "value"),
    [
        (nn.GELU(), lambda v: v * (1 + erf(v / sqrt(2))) / 2),
        (nn.SiLU(), lambda v: v / (1 + exp(-v))),
        (nn.Tanh(), lambda v: (exp(2 * v) - 1) / (exp(2 * v) + 1)),
    ],
    ids=["gelu", "silu", "tanh"],
)
def test_the_identity_rule(activation, value):
    """All of g(v) for v = 2 x1 - x2 goes back, in shares of v; at v = 0 the share is that of the derivative there."""
    model = nn.Sequential(_linear(np.array([[2.0, -1.0]])), activation)
    scores = cp_lrp(model, torch.tensor([[1.0, 0.5], [0.5, 1.0]], dtype=torch.float64), torch.tensor([0, 0]))
    assert scores[0].numpy() == pytest.approx([value(1.5) * 2 / 1.5, -value(1.5) * 0.5 / 1.5], rel=1e-12)
    slope = value(1e-6) / 1e-6
    assert scores[1].numpy() == pytest.approx([slope, -slope], rel=1e-5)


@pytest.mark.parametrize("norm", [nn.LayerNorm, nn.RMSNorm])
def test_norms(norm):
    """With the deviation held, 3 times the first entry of a norm of (1, 4) is linear."""
    model = nn.Sequential(norm(2, eps=0.0), _linear(np.array([[3.0, 0.0]])))
    model[0].to(torch.float64)
    scores = cp_lrp(model, torch.tensor([[1.0, 4.0]], dtype=torch.float64), torch.tensor([0]))
    by_hand = [3 * 0.5 / 1.5, -3 * 2 / 1.5] if norm is nn.LayerNorm else [3 / sqrt(8.5), 0]
    assert scores[0].numpy() == pytest.approx(by_hand, rel=1e-12)


def test_a_softmax():
    """Of softmax(x, 0)[0] at 1 the Taylor rule gives s (1 - s) = 0.1966, though f is 0.7311; held, nothing is left."""

    class Share(nn.Module):
        def forward(self, x):
            return torch.cat([x, torch.zeros_like(x)], 1).softmax(-1)[:, :1]

    share = 1 / (1 + exp(-1))
    x = torch.ones(1, 1, dtype=torch.float64)
    assert attn_lrp(Share(), x, torch.tensor([0])).item() == pytest.approx(share * (1 - share), rel=1e-12)
    with pytest.raises(Unsupported, match="explain the logits"):
        cp_lrp(Share(), x, torch.tensor([0]))


def test_a_product_by_a_constant():
    """3 x gives all of its relevance to x, and x² half to each factor, however the arguments are named."""

    class Product(nn.Module):
        def forward(self, x):
            three = torch.full_like(x, 3.0)
            return torch.mul(input=x, other=three) + torch.mul(x, other=x) + three * x + x * 2

    scores = attn_lrp(Product(), torch.tensor([[5.0]], dtype=torch.float64), torch.tensor([0]))
    assert scores.item() == pytest.approx(15 + 25 + 15 + 10, rel=1e-12)


@pytest.mark.parametrize("activation", [nn.Sigmoid(), nn.Softplus()])
def test_what_is_not_0_at_0_is_refused(activation):
    """The identity rule has no share for it."""
    with pytest.raises(Unsupported, match="activations that are 0 at 0"):
        attn_lrp(nn.Sequential(nn.Flatten(), activation), torch.ones(1, 1), torch.tensor([0]))


class Block(nn.Module):
    """A block as libraries write it: two heads behind a norm, a residual sum, and a GELU."""

    def __init__(self):
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        self.norm = nn.LayerNorm(4, bias=False)
        self.attention = nn.MultiheadAttention(4, 2, bias=False, batch_first=True)
        self.inner, self.head = nn.Linear(4, 4, bias=False), nn.Linear(12, 2, bias=False)
        for weight in self.parameters():
            nn.init.normal_(weight, generator=generator)

    def forward(self, x):
        """Return both outputs, (B, 2)."""
        normed = self.norm(x)
        x = x + self.attention(normed, normed, normed, need_weights=self.training)[0]
        return self.head((x + functional.gelu(self.inner(x))).flatten(1))


def test_a_block_of_heads_conserves():
    """Without biases all of f is given back by CP-LRP, and the weights of the model are as they were."""
    block = Block().to(torch.float64).eval()
    before = {name: weight.clone() for name, weight in block.state_dict().items()}
    x = torch.tensor(np.stack([np.hstack([X, 2 * X]), np.hstack([-X, X])]))
    target = torch.tensor([0, 1])
    sums = cp_lrp(block, x, target).sum((1, 2))
    assert sums.numpy() == pytest.approx(block(x)[range(2), target].detach().numpy(), rel=1e-9)
    assert all(torch.equal(weight, before[name]) for name, weight in block.state_dict().items())
    assert all(weight.requires_grad and weight.grad is None for weight in block.parameters())


@pytest.mark.parametrize("explain", [cp_lrp, attn_lrp], ids=["cp", "attn"])
@pytest.mark.parametrize("preset", ["biased", "ordinary"])
def test_without_attention_it_is_gradient_x_input(explain, preset, draw_blocks):
    """On affine layers, sums, pools and ReLUs, however they are written, the rules are the chain rule."""
    family, compared = PRESETS[preset], 0
    for block in draw_blocks(40, 154, block_size(family)):
        case = one_network(block, family)
        if case.network.has_softmax:
            continue
        model, inputs = (
            case.network.module(),
            torch.tensor(case.inputs[:1], dtype=torch.float64).reshape(1, *case.network.shape),
        )
        target = torch.tensor([case.target])
        assert torch.equal(explain(model, inputs, target), grad_x_input(model, inputs, target))
        compared += 1
    assert compared > 20
