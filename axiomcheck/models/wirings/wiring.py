"""What a wiring is: what is built of a model so that something is known of the function that comes of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ...networks import Array, Shape
from ...networks.facts import Fact

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Sizes:
    """What a model takes, inputs of ``shape``, and how many outputs it gives, of which ``target`` is asked about."""

    shape: Shape
    out_features: int
    target: int


@dataclass(frozen=True)
class Wiring(ABC):
    """A module built of a copy of a model, and the fact that is known of it; its fields are numbers and names.

    ``proof`` says why the fact is true. One that is asked ``is_beside`` the model is of another function; the others
    stand in its place. One that ``is_within`` changes the model's own layers. Where one ``is_guessed``, the outputs say
    whether it is where it should be.
    """

    name: ClassVar[str]
    proof: ClassVar[str]
    is_beside: ClassVar[bool] = False
    is_within: ClassVar[bool] = False
    is_guessed: ClassVar[bool] = False

    @abstractmethod
    def fact(self, shape: Shape) -> Fact:
        """Return what is known of it, for a model with inputs of ``shape``."""

    @abstractmethod
    def module(self, model: "nn.Module", sizes: Sizes) -> "nn.Module":
        """Return the module, of a copy of the model that may be changed; ``DoesNotApply`` where it cannot be built."""

    @abstractmethod
    def require(self, sizes: Sizes) -> None:
        """Raise ``AxiomcheckError`` where its numbers do not fit a model of these sizes."""

    def shape(self, shape: Shape) -> Shape:
        """Return the shape of its inputs."""
        return shape

    def points(self, data: Array, shape: Shape) -> Iterator[Array]:  # noqa: ARG002
        """Yield points (N, …) at which it is held to what the model gives at ``data`` (N, d)."""
        yield data

    def expected(self, outputs: Array, target: int) -> Array:  # noqa: ARG002
        """Return what it gives there, from the outputs (N, K) of the model."""
        return outputs

    @property
    def remark(self) -> str:
        """What else a formula needs to be understood."""
        return ""

    def simpler(self) -> Iterator["Wiring"]:
        """Yield wirings of the same fact that are easier to read."""
        yield from ()
