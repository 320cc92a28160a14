"""Which rule of LXT stands where in a plain torch model, by names that a script can write down as they are."""

from collections.abc import Mapping
from typing import Any

from ..library import imported

HOMES = {
    "nn": "torch.nn",
    "functional": "torch.nn.functional",
    "torch": "torch",
    "operator": "operator",
    "lf": "lxt.explicit.functional",
    "lm": "lxt.explicit.modules",
    "lr": "lxt.explicit.rules",
    "patches": "lxt.efficient.patches",
}
"""What the part of a name before the dot stands for."""

ATTENTIONS: Mapping[str, str] = {"attnLRP": "wrap_attention_forward", "cp_LRP": "cp_wrap_attention_forward"}
"""By LXT's names of its sets of patches: what LXT wraps around functions that attend."""
CLASSES: Mapping[str, tuple[str, bool]] = {
    "nn.GELU": ("patches.non_linear_forward", True),
    "nn.SiLU": ("patches.non_linear_forward", True),
    "nn.Tanh": ("patches.non_linear_forward", True),
    "nn.LayerNorm": ("patches.layer_norm_forward", False),
    "nn.Dropout": ("patches.dropout_forward", False),
    "nn.MultiheadAttention": ("patches.cp_multi_head_attention_forward", True),
}
"""What ``lxt:efficient`` exchanges: the patch of a class, and whether it asks for the method that was there.

These are LXT's own for vision transformers of torchvision, and its patch of GELU for the activations of other models.
"""

MODULES: Mapping[str, str] = {
    "nn.Linear": "lm.LinearEpsilon",
    "nn.LayerNorm": "lm.LayerNormEpsilon",
    "nn.Softmax": "lm.SoftmaxDT",
    "nn.ReLU": "lr.IdentityRule",
    "nn.GELU": "lr.IdentityRule",
    "nn.SiLU": "lr.IdentityRule",
    "nn.Tanh": "lr.IdentityRule",
}
"""What ``lxt:explicit`` exchanges by LXT's ``Composite``: the rule of a module."""
FUNCTIONS: Mapping[str, str] = {
    "operator.add": "lf.add2",
    "torch.add": "lf.add2",
    "operator.mul": "lf.mul2",
    "torch.mul": "lf.mul2",
    "operator.matmul": "lf.matmul",
    "torch.matmul": "lf.matmul",
    "torch.bmm": "lf.matmul",
    "torch.softmax": "lf.softmax",
    "functional.softmax": "lf.softmax",
    "functional.linear": "lf.linear_epsilon",
}
"""The same for functions, where the model is traced by torch.fx."""
IDENTITIES = ("functional.relu", "functional.gelu", "functional.silu", "torch.tanh")
"""Functions that get LXT's identity rule."""


def resolve(name: str) -> Any:
    """Return what a name of the tables stands for; ``Unsupported`` if LXT cannot be loaded."""
    home, _, attribute = name.partition(".")
    return getattr(imported(HOMES[home]), attribute)
