"""Layer: what every kind of layer says of itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, cast

from ..errors import AxiomcheckError, DoesNotApply
from ..steps import Step
from .item import Item
from .origin import Origin, Places, Shape
from .roles import Roles
from .values import Array

if TYPE_CHECKING:
    from ..style import Style

Branch = tuple["Layer", ...]


class Layer(Roles, ABC):
    """A layer as a plain value, frozen and hashable. Its numbers are floats, best small dyadic rationals.

    What is abstract every kind must say; for all else, here and in ``Roles``, there is an answer that is safe.
    """

    branches: tuple[Branch, ...] = ()
    """The branches of a block; no other layer has any."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """What data and code call it."""

    @property
    @abstractmethod
    def family_item(self) -> Item:
        """What a family must have for a network with this layer."""

    @property
    @abstractmethod
    def is_homogeneous(self) -> bool:
        """Whether c times the input makes c times the output, for c > 0, if its ``biases`` are 0."""

    @abstractmethod
    def shape_after(self, shape: Shape) -> Shape:
        """Return the shape of the output for one input of ``shape``; raise if the layer does not fit."""

    @abstractmethod
    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return what the layer does to one input of ``shape``, as a flat vector, in primitive steps."""

    @abstractmethod
    def constructor(self, shape: Shape) -> str:
        """Return the Python that builds it for inputs of ``shape``: ``nn.Linear(2, 1)``."""

    @abstractmethod
    def restrict_inputs(self, origin: Origin) -> tuple["Layer", Origin]:
        """Return it adapted to inputs of ``origin``, and the origin of its outputs; raise if it cannot be."""

    @abstractmethod
    def restrict_outputs(self, kept: Places) -> "Layer":
        """Return it with the channels ``kept`` alone; raise if that cannot be.

        A layer without ``owns_outputs`` is the same but for what it has for each channel: it reads fewer.
        """

    @abstractmethod
    def flatten(self, shape: Shape) -> Branch:
        """Return layers that do the same to flat inputs: dense ones in place of all that knows places."""

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return all that ``kind`` may be."""
        return (cast("str", cls.kind),)

    @classmethod
    def needs(cls) -> Item:
        """Return the family item of all layers of the kind."""
        return cast("Item", cls.family_item)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield the smallest networks with such a layer, which shrinking tries first, and the shapes of their inputs.

        Their numbers are still to be chosen.
        """
        return iter(())

    @classmethod
    def samples(cls, shape: Shape) -> Sequence["Layer"]:  # noqa: ARG003 - others depend on it
        """Return layers of this kind to draw from on inputs of ``shape``, the simplest first.

        None if ``strategies.slots`` says how they are drawn, or if they are not.
        """
        return ()

    @property
    def item(self) -> str:
        """The name of its family item."""
        return self.family_item.name

    @property
    def state(self) -> Mapping[str, Any]:
        """Its parameters and buffers by the names that PyTorch gives them, as nested tuples."""
        return {}

    def connections(self, shape: Shape) -> int:
        """Return how many numbers stand in the matrices and windows of its steps, about, before any is made."""
        return prod(self.shape_after(shape)) * (prod(shape) + prod(self.window))

    def with_branches(self, branches: tuple[Branch, ...]) -> "Layer":
        """Return the block with other branches."""
        return self

    def functional(self, style: "Style", name: str) -> str | None:
        """Return how it is applied to ``{}`` where ``style`` wants no module; None if it is one all the same.

        Its parameters are then ``self.<name>_weight`` and the like.
        """
        return None

    def scale(self, factor: float) -> "Layer | None":
        """Return the layer with ``factor`` > 0 times its outputs; None if it commutes with factors instead."""
        if not self.is_channelwise:
            raise DoesNotApply(f"{self.kind} does not commute with a factor")
        return None

    def shift(self, by: Array, shape: Shape) -> tuple["Layer", Array | None]:
        """Return the layer that makes of x what this one makes of x + ``by`` (d,), on inputs of ``shape``.

        What it cannot take in itself, so that its outputs are shifted, is the second value; None if all is taken in.
        """
        raise DoesNotApply(f"{self.kind} takes no shift in")

    def with_positive_weights(self) -> "Layer":
        """Return the layer near to it that never falls in what it reads, as far as its weights decide."""
        return self

    def plainer(self) -> Iterator["Layer"]:
        """Yield the layer in plainer geometries."""
        return iter(())

    def shorten(self, axis: int) -> Iterator["Layer"]:
        """Yield the layer with a window smaller by one along an axis."""
        return iter(())

    def unpadded(self) -> Iterator["Layer"]:
        """Yield the layer with windows that end where its inputs do, if some go beyond."""
        return iter(())


def require_fit(condition: object, layer: Layer, shape: Shape, why: str) -> None:
    """Raise unless ``condition`` holds: ``layer`` cannot read inputs of ``shape``."""
    if not condition:
        raise AxiomcheckError(f"{layer.constructor(shape)} does not fit inputs of shape {shape}: {why}")
