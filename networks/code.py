"""A network as Python code."""

from typing import Any

from .codegen import source
from .codegen.model import Model


def code(network: Model) -> str:
    """Return a snippet that builds ``network`` as ``model`` and imports torch alone.

    >>> from axiomcheck.networks import Linear, Network
    >>> print(code(Network((Linear(((1.0, -1.0),), (0.5,)),))))
    import torch
    from torch import nn
    <BLANKLINE>
    torch.set_default_dtype(torch.float64)
    model = nn.Sequential()
    model.add_module("linear1", nn.Linear(2, 1))
    model.load_state_dict({
        "linear1.weight": torch.tensor([[1.0, -1.0]]),
        "linear1.bias": torch.tensor([0.5]),
    })
    """
    text = body(network)
    gap = "\n\n\n" if text.startswith("class") else "\n"
    return preamble(text) + gap + text


def preamble(text: str, dtype: str = "float64") -> str:
    """Return the imports that ``text``, the body of one network or of several, needs; and sets the ``dtype``."""
    functional = ["from torch.nn import functional as F"] if "F." in text else []
    return "\n".join(
        ["import torch", "from torch import nn", *functional, "", f"torch.set_default_dtype(torch.{dtype})"]
    )


def body(network: Model) -> str:
    """Return the code that binds ``model``, without imports."""
    structure, state = source(network)
    loaded = [
        "model.load_state_dict({",
        *(f'    "{name}": torch.tensor({_as_lists(value)}),' for name, value in state.items()),
        "})",
    ]
    evaluated = ["model.eval()"] if "nn.BatchNorm" in structure or "nn.Dropout" in structure else []
    return "\n".join([structure, *(loaded if state else []), *evaluated])


def _as_lists(value: Any) -> Any:
    return [_as_lists(inner) for inner in value] if isinstance(value, tuple) else value
