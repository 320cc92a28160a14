"""How cases are drawn: the codec, what the axioms ask of it, and the strategies for tests of one's own.

Hypothesis is loaded with the first strategy that is used: the codec, and the axioms above it, do without.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .public import baselines, input_paths, inputs, relu_networks, twins

__all__ = ["baselines", "input_paths", "inputs", "relu_networks", "twins"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import public

    return getattr(public, name)
