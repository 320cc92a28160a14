"""What makes layers a network: shapes that fit each other, and one vector of outputs at the end."""

from .errors import AxiomcheckError
from .layers import Branch, Shape, after
from .tree import every_layer


def validate(layers: Branch, shape: Shape) -> None:
    """Raise ``AxiomcheckError`` unless ``layers`` lead from inputs of ``shape`` to outputs (K,)."""
    if not layers or min(shape) < 1:
        raise AxiomcheckError(f"Expected layers, on inputs of a positive shape, but got shape={shape}")
    if len(after(layers, shape)) != 1:
        raise AxiomcheckError(f"Expected outputs (K,) but got {after(layers, shape)}: flatten them")
    below = layers[:-1] if layers[-1].is_last else layers
    if any(layer.is_last for layer in every_layer(below)):
        raise AxiomcheckError("Expected a softmax at the end alone")
