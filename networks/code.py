"""A network as Python code."""

from .layers import Layer, Linear
from .names import layer_names
from .network import Network


def code(network: Network) -> str:
    """Return a snippet that builds ``network`` as ``model`` and imports torch alone.

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
    named = list(zip(layer_names(network.layers), network.layers, strict=True))
    modules = [f'model.add_module("{name}", {_constructor(layer)})' for name, layer in named]
    state = [
        f'    "{name}.{part}": torch.tensor({value}),'
        for name, layer in named
        if isinstance(layer, Linear)
        for part, value in _state(layer)
    ]
    return "\n".join(
        [
            "import torch",
            "from torch import nn",
            "",
            "torch.set_default_dtype(torch.float64)",
            "model = nn.Sequential()",
            *modules,
            "model.load_state_dict({",
            *state,
            "})",
        ]
    )


def _constructor(layer: Layer) -> str:
    if not isinstance(layer, Linear):
        return "nn.ReLU()"
    without = "" if layer.has_bias else ", bias=False"
    return f"nn.Linear({layer.in_features}, {layer.out_features}{without})"


def _state(layer: Linear) -> list[tuple[str, list[list[float]] | list[float]]]:
    state: list[tuple[str, list[list[float]] | list[float]]] = [("weight", [list(row) for row in layer.weight])]
    if layer.has_bias:
        state.append(("bias", list(layer.bias)))
    return state
