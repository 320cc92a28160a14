"""LXT against our AttnLRP and CP-LRP on random networks, to 1e-9 in float64, wherever LXT has its rules.

LXT adds 1e-6, 1e-8 or 1e-10 to what it divides by, of either sign. Without that, its rules are those of the paper.
"""

import pytest
import torch

from axiomcheck.explainers import locate
from axiomcheck.explainers.libraries.library import imported
from axiomcheck.explainers.protocol import Unsupported

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]
EACH = 90
ATTENTION = ("attention,residual", "attention,styles")
"""Attention and ReLU in modules: LXT loses what it puts on other modules when it traces them."""
ACTIVATIONS = ("gelu,mlp,bias=any", "silu,mlp", "tanh,mlp", "layernorm,gelu,mlp,bias=any")
AGREE = {
    "attention, explicit": ("attn-lrp", "lxt:explicit", ATTENTION),
    "fused attention, efficient": ("attn-lrp", "lxt:efficient", ATTENTION),
    "activations and norms, efficient": ("attn-lrp", "lxt:efficient", ACTIVATIONS),
    "activations and norms, explicit": ("attn-lrp", "lxt:explicit:trace=False", ACTIVATIONS[:3]),
}


@pytest.fixture
def _unstabilized(monkeypatch):
    """Take out what LXT adds to denominators."""
    for module in ("functional", "rules"):
        monkeypatch.setattr(
            imported(f"lxt.explicit.{module}"), "_stabilize", lambda values, epsilon=0.0, inplace=False: values
        )
    identity = imported("lxt.efficient.rules").identity_rule_implicit_fn.forward
    monkeypatch.setattr(identity, "__defaults__", (0.0,))


@pytest.mark.usefixtures("_unstabilized")
@pytest.mark.parametrize("name", AGREE)
def test_what_both_have_a_rule_for_is_the_same(name, drawn, scores):
    """Also on biases and sums; inputs at which LXT divides by 0 are left out."""
    ours, theirs, families = AGREE[name]
    one, other = locate(ours).explain, locate(theirs).explain
    compared = 0
    for case in drawn(families, EACH, seed=85):
        if theirs == "lxt:efficient" and any("nn.MultiheadAttention" in layer.options for layer in case.network.leaves):
            continue  # LXT holds the shares of torch's module: CP-LRP
        try:
            found, expected = scores(other, case), scores(one, case)
        except Unsupported:
            continue
        for first, second in zip(found, expected, strict=True):
            if not torch.isfinite(first).all():
                continue
            scale = max(1e-9, float(second.abs().max()))
            assert (first - second).abs().max() <= 1e-9 * scale, case.network
            compared += 1
    assert compared >= 60
