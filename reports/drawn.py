"""What a screen drew: on how many effective networks of each kind of layer, option, style and rewrite verdicts rest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..models.name import is_model
from ..networks import Family
from ..networks.composition import outside, undrawn
from ..results.certificate import Cell, Certificate

PLAIN_KINDS = {"linear", "relu"}
GROUPS = ("network", "style", "rewrite")
"""What else is counted, beside kinds of layers."""
TWINS = "rewrite: "


@dataclass(frozen=True)
class Drawn:
    """What was drawn of one family: ``counts`` are networks, by kind and by "kind: option"."""

    family: str
    counts: Mapping[str, int]

    @property
    def never(self) -> Sequence[str]:
        """What was never drawn: of the family, and of what people ship."""
        items = Family.parse(self.family).items
        return *undrawn(self.counts, items), *outside(items)

    @cached_property
    def of_any_dimension(self) -> Mapping[str, int]:
        """The counts of each kind in all its dimensions together; no network has two of these."""
        counts = Counter[str]()
        for name, count in self.counts.items():
            counts[_of_any_dimension(name)] += count
        return dict(sorted(counts.items()))

    @property
    def rows(self) -> Iterator[tuple[str, int]]:
        """What each row of a table says, and how many networks: each kind of layer before its options."""
        yield from ((name.replace(": ", ", "), count) for name, count in self.of_any_dimension.items())

    def __str__(self) -> str:
        return f"in {self.family} at least {'; '.join(self._kinds())}; never drawn: {', '.join(self.never)}"

    def _kinds(self) -> Iterator[str]:
        counts = self.of_any_dimension
        for kind in (name for name in counts if ":" not in name):
            yield ", ".join([f"{kind}: {counts[kind]} networks{self._dimensions(kind)}", *self._options(kind)])
        for group in GROUPS:
            if options := list(self._options(group)):
                yield f"{group}s: {', '.join(options)}"

    def _dimensions(self, kind: str) -> str:
        parts = {name: count for name, count in self.counts.items() if name != kind and _of_any_dimension(name) == kind}
        return f" ({', '.join(f'{count} {name.removeprefix(kind)}' for name, count in sorted(parts.items()))})" * bool(
            parts
        )

    def _options(self, of: str) -> Iterator[str]:
        start = f"{of}: "
        yield from (
            f"{n.removeprefix(start)} {count}" for n, count in self.of_any_dimension.items() if n.startswith(start)
        )


def drawn(certificate: Certificate) -> Iterator[Drawn]:
    """Yield what was drawn of each family that has more than perceptrons.

    Of the cells of a family that hold, or of all if none does, the one with the fewest counts; of rewrites, those of
    cells that have any.
    """
    for family in certificate.families:
        cells = [cell for cell in certificate.cells if cell.family == family and cell.evidence]
        cells = [cell for cell in cells if cell.verdict == "holds"] or cells
        names = sorted(set().union(*(cell.evidence for cell in cells)))
        if not PLAIN_KINDS.issuperset(names) and not is_model(family):
            yield Drawn(family, {name: _least(name, cells) for name in names})


def _least(name: str, cells: Sequence[Cell]) -> int:
    twins = [cell for cell in cells if any(other.startswith(TWINS) for other in cell.evidence)]
    return min(cell.evidence.get(name, 0) for cell in (twins if name.startswith(TWINS) else cells))


def _of_any_dimension(name: str) -> str:
    """Return the name of a kind, or of its option, without its dimensions.

    >>> _of_any_dimension("conv2d: dilated"), _of_any_dimension("batchnorm"), _of_any_dimension("style: relu=clamp")
    ('conv: dilated', 'batchnorm', 'style: relu=clamp')
    """
    kind, colon, option = name.partition(":")
    is_spatial = kind[-2:] in ("1d", "2d", "3d")
    return (kind[:-2] if is_spatial else kind) + colon + option
