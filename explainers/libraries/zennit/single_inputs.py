"""Layers that Zennit's hooks and canonizers do not take."""

from torch import nn

from ...protocol import Unsupported


def require_single_inputs(model: nn.Module) -> None:
    """Raise ``Unsupported`` for layers of several inputs: Zennit's hooks send relevance back to one."""
    if any(isinstance(module, nn.MultiheadAttention) for module in model.modules()):
        raise Unsupported(
            "Zennit's hooks and canonizers take layers of one input, and nn.MultiheadAttention has three: "
            "write the attention out"
        )
