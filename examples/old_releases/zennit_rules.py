"""Rules of whatever Zennit comes first on the path, 0.3 and later, on every layer with weights.

    pip install --no-deps --target old zennit==0.4.4
    PYTHONPATH=old axiomcheck hunt examples/old_releases/zennit_rules.py:z_plus conservation --like lrp-z-plus --tolerance 1%
"""

import torch
from zennit.composites import LayerMapComposite
from zennit.rules import AlphaBeta, Pass, ZPlus
from zennit.types import Linear

try:
    from zennit.types import Activation
except ImportError:  # 0.2 and 0.3 call it otherwise, or have none
    Activation = torch.nn.ReLU


def _relevance(model, inputs, target, rule):
    """Return f(x) times the relevance of one unit put in at the output, by a rule on each ``nn.Linear``."""
    known = (torch.nn.Linear, torch.nn.ReLU, torch.nn.Sequential, torch.nn.Dropout)
    for module in model.modules():
        if not isinstance(module, known):
            raise NotImplementedError(type(module).__name__)
    composite = LayerMapComposite([(Activation, Pass()), (Linear, rule)])
    leaf = inputs.detach().clone().requires_grad_()
    composite.register(model)
    try:
        outputs = model(leaf)
        unit = torch.zeros_like(outputs).scatter(1, target[:, None], 1.0)
        (relevance,) = torch.autograd.grad(outputs, leaf, unit)
    finally:
        composite.remove()
    return (relevance * outputs.gather(1, target[:, None])).detach()


def z_plus(model, inputs, target):
    """LRP-z⁺."""
    return _relevance(model, inputs, target, ZPlus())


def alpha_1_beta_0(model, inputs, target):
    """LRP-αβ(1, 0), which is z⁺."""
    return _relevance(model, inputs, target, AlphaBeta(alpha=1.0, beta=0.0))


def alpha_2_beta_1(model, inputs, target):
    """LRP-αβ(2, 1)."""
    return _relevance(model, inputs, target, AlphaBeta(alpha=2.0, beta=1.0))
