"""How a graph is written down while a model is read."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .operations import Operation, Unknown


class Node(NamedTuple):
    """An operation, and the numbers of the values that enter it. Value 0 is the input; node k makes value k + 1."""

    operation: Operation
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Value:
    """The number of a value; constants are themselves."""

    number: int

    @property
    def name(self) -> str:
        """What a model that prints its values shows."""
        return f"value {self.number}"


@dataclass
class Recorder:
    """The nodes so far."""

    nodes: list[Node] = field(default_factory=list)

    def add(self, operation: Operation | None, *sources: Value) -> Value:
        """Note an operation and return its value; None is what changes nothing."""
        if operation is None:
            return sources[0]
        self.nodes.append(Node(operation, tuple(source.number for source in sources)))
        return Value(len(self.nodes))

    def origin(self, value: Value) -> Operation | None:
        """Return the operation that a value comes from; None for the input."""
        return self.nodes[value.number - 1].operation if value.number else None

    def is_shape(self, value: Value) -> bool:
        """Return whether a value is a number that depends on shapes alone."""
        operation = self.origin(value)
        return operation is not None and operation.is_shape

    def unknown(self, reason: str, *sources: Value) -> Value:
        """Note what cannot be propagated through."""
        return self.add(Unknown(reason), *sources)

    def memory(self, value: Value) -> int:
        """Return the number of the value in whose memory this one may lie; it may be its own."""
        operation = self.origin(value)
        if operation is not None and operation.is_view:
            return self.memory(Value(self.nodes[value.number - 1].sources[0]))
        return value.number
