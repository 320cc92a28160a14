"""Draws: what the bytes of a block stand for, by name, each with its place and its shares.

A byte has 256 values, and smaller ones stand for simpler things, so that a block shrinks well; the shares of 256 are
exact for random bytes. A draw is declared once, in the layout of what it belongs to, and read wherever it is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
BYTE = 256
"""How many values a byte has."""


@dataclass(frozen=True)
class Draw(Generic[T]):
    """One of some values, from the byte at ``place``; ``table`` has the value of each byte, the simplest first."""

    name: str
    place: int
    table: tuple[T, ...]

    def __call__(self, block: bytes) -> T:
        """Return the value that ``block`` stands for."""
        return self.table[block[self.place]]

    def share(self, *values: T) -> Fraction:
        """Return how often a random byte stands for one of ``values``."""
        return Fraction(sum(value in values for value in self.table), BYTE)

    def at_least(self, block: bytes, value: T) -> bytes:
        """Return ``block`` with its byte raised to the first that stands for ``value``, if it is below."""
        return replace_bytes(block, {self.place: max(block[self.place], self.table.index(value))})


@dataclass(frozen=True)
class Index:
    """A number below a count that is known when it is read, each as often as another.

    By "remainder" neighbouring bytes differ; by "proportion" larger bytes are larger numbers.
    """

    name: str
    place: int
    by: Literal["remainder", "proportion"] = "remainder"

    def __call__(self, block: bytes, count: int) -> int:
        """Return the number below ``count`` that ``block`` stands for."""
        byte = block[self.place]
        return byte % count if self.by == "remainder" else byte * count // BYTE

    def byte(self, number: int, count: int) -> int:
        """Return the smallest byte that stands for ``number`` below ``count``."""
        return number if self.by == "remainder" else -(-BYTE * number // count)

    def of(self, block: bytes, values: Sequence[T]) -> T:
        """Return one of ``values``."""
        return values[self(block, len(values))]


@dataclass(frozen=True)
class Span:
    """A run of ``count`` bytes from ``place`` on."""

    name: str
    place: int
    count: int

    def __call__(self, block: bytes) -> bytes:
        """Return the bytes."""
        return block[self.place : self.place + self.count]


@dataclass
class Layout:
    """Which draw has which byte of ``size``; ``base`` is the layout whose draws all that is laid out here has too.

    No byte has two owners, unless one of them says that it ``shares`` its own.
    """

    name: str
    size: int
    base: "Layout | None" = None
    owners: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owners |= self.base.owners if self.base else {}

    def chance(self, name: str, place: int, share: int, *, shares: bool = False) -> Draw[bool]:
        """Return a draw that is true for the largest ``share`` of 256 bytes."""
        return self.among(name, place, {False: BYTE - share, True: share}, shares=shares)

    def among(self, name: str, place: int, counts: Mapping[T, int], *, shares: bool = False) -> Draw[T]:
        """Return a draw of values, the simplest first, each for so many of 256 bytes."""
        if sum(counts.values()) != BYTE:
            raise ValueError(f"Expected shares of {BYTE} for {name!r} but got {sum(counts.values())}")
        self._own(name, place, 1, shares=shares)
        return Draw(name, place, tuple(value for value, count in counts.items() for _ in range(count)))

    def choice(self, name: str, place: int, values: Sequence[T], *, shares: bool = False) -> Draw[T]:
        """Return a draw of ``values`` in equal shares, as far as 256 can be parted; one may stand there repeatedly."""
        self._own(name, place, 1, shares=shares)
        return Draw(name, place, tuple(values[byte * len(values) // BYTE] for byte in range(BYTE)))

    def index(
        self, name: str, place: int, by: Literal["remainder", "proportion"] = "remainder", *, shares: bool = False
    ) -> Index:
        """Return a draw of a number below what is known when it is read."""
        self._own(name, place, 1, shares=shares)
        return Index(name, place, by)

    def span(self, name: str, place: int, count: int, *, shares: bool = False) -> Span:
        """Return a run of bytes, which tables of values stand behind."""
        self._own(name, place, count, shares=shares)
        return Span(name, place, count)

    def _own(self, name: str, place: int, count: int, *, shares: bool) -> None:
        if not 0 <= place <= place + count <= self.size:
            raise ValueError(f"Expected a place in {self.size} bytes for {name!r} but got {place}")
        for byte in range(place, place + count):
            owner = self.owners.setdefault(byte, name)
            if owner != name and not shares:
                raise ValueError(f"byte {byte} of {self.name} is both {owner!r} and {name!r}")


def replace_bytes(block: bytes, new: Mapping[int, int]) -> bytes:
    """Return ``block`` with some bytes exchanged, by their places."""
    changed = bytearray(block)
    for place, byte in new.items():
        changed[place] = byte
    return bytes(changed)
