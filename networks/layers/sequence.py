"""Sequences: what layers one upon the other do as one, each of them asked in turn."""

from ..errors import AxiomcheckError, DoesNotApply
from .layer import Branch, Layer
from .origin import Origin, Places, Shape
from .values import Array


def after(layers: Branch, shape: Shape) -> Shape:
    """Return the shape after ``layers`` one upon the other."""
    for layer in layers:
        shape = layer.shape_after(shape)
    return shape


def restrict_inputs(layers: Branch, origin: Origin) -> tuple[Branch, Origin]:
    """Return ``layers`` adapted to inputs of ``origin``, and the origin of what they make of them."""
    adapted: list[Layer] = []
    for layer in layers:
        new, origin = layer.restrict_inputs(origin)
        adapted.append(new)
    return tuple(adapted), origin


def restrict_outputs(layers: Branch, kept: Places) -> Branch:
    """Return ``layers`` that end in the channels ``kept`` alone; raise where that cannot be said."""
    if not layers:
        raise AxiomcheckError("an empty branch gives all that it reads")
    *below, last = layers
    fewer = last.restrict_outputs(kept)
    return (*below, fewer) if last.owns_outputs else (*restrict_outputs(tuple(below), kept), fewer)


def flatten(layers: Branch, shape: Shape) -> Branch:
    """Return ``layers`` on flat inputs: what is affine as Linear, a max-pool as the first unit of each window."""
    flat: list[Layer] = []
    for layer in layers:
        flat += layer.flatten(shape)
        shape = layer.shape_after(shape)
    return tuple(flat)


def scale(layers: Branch, factor: float) -> Branch:
    """Return layers of ``factor`` > 0 times the outputs; past the last weights all must commute with a factor."""
    if not layers:
        raise DoesNotApply("no weights take the factor in")
    *below, last = layers
    larger = last.scale(factor)
    return (*scale(tuple(below), factor), last) if larger is None else (*below, larger)


def shift(layers: Branch, shape: Shape, by: Array) -> Branch:
    """Return layers that make of x what ``layers`` make of x + ``by`` (d,), inputs of ``shape``.

    The first layer with a bias takes the shift in. ``DoesNotApply`` where none can: a padding does not shift, a
    convolution has one bias for all places, a ReLU comes first.
    """
    if not by.any():
        return layers
    if not layers:
        raise DoesNotApply("nothing takes the shift in")
    first, *rest = layers
    new, left = first.shift(by, shape)
    return (new, *(rest if left is None else shift(tuple(rest), first.shape_after(shape), left)))
