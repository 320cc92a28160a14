"""Source: the Python of a network in its style, and the numbers that it is loaded with."""

from .forward import Forward
from .leaf import State
from .model import Model
from .sequential import Sequential

__all__ = ["State", "source"]


def source(network: Model) -> tuple[str, State]:
    """Return code that binds ``model``, and the model's parameters and buffers by name, as nested tuples."""
    writer = Forward(network) if network.style.has_forward else Sequential(network)
    return writer.structure(), writer.state
