"""Which rewrites a block of bytes stands for, on a given network."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from ..networks import REWRITES, DoesNotApply, Family, Network, Rewrite, Twin
from .draws import Index, Span
from .layout import CASE, COMMON, MAX_REWRITES, case_layout
from .tables import bias_value

SHARES = (0.5, 0.25, 0.75)
FACTORS = (2.0, 0.5, 4.0, 0.25)
VALUES = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5)
POOLS = {"share": SHARES, "factor": FACTORS, "value": VALUES, "weight": VALUES, "amount": VALUES}

FIELDS = 7
"""Bytes of a rewrite: its kind, its place, then a byte for each of its fields."""
TWIN = case_layout("a twin", COMMON)
SECOND = TWIN.chance("a second rewrite", CASE, 80)
CHOSEN = tuple(
    TWIN.span(f"rewrite {number}", CASE + 1 + FIELDS * number, FIELDS, shares=number > 0)
    for number in range(MAX_REWRITES)
)
"""The second shares bytes with what else is asked of a case."""
KIND, PLACE, NUMBERS = Index("kind", 0), Index("place", 1), Span("fields", 2, FIELDS - 2)

NEEDS = {
    "fold-batch-norm": {"batchnorm"},
    "conv-as-dense": {"conv"},
    "tail-as-dense": {"conv"},
    "average-as-conv": {"avgpool", "conv"},
    "max-pool-as-relu": {"maxpool", "conv"},
    "residual-as-plain": {"residual"},
    "style-shared": {"shared"},
}
"""The items without which no network of a family, and its re-implementation, admits the rewrite."""
TIMES = {
    "tail-as-dense": 12,
    "conv-as-dense": 3,
    "average-as-conv": 7,
    "max-pool-as-relu": 7,
    "residual-as-plain": 3,
    "max-pair": 5,
    "max-tree": 7,
    "guarded-bias": 2,
    "style-residual-module": 6,
    "style-pool-functional": 3,
    "style-shared": 4,
}
"""How often rewrites that need some layer, or much else, come in families with more than perceptrons: alone, they would
seldom find what they need."""


def draw_twin(
    block: bytes, network: Network, family: Family, kinds: Sequence[str] = tuple(REWRITES), count: int | None = None
) -> Twin:
    """Return ``network``, changed a little if the first rewrite asks for it, with one or two rewrites of ``kinds``.

    Both networks are in ``family``; where no rewrite applies, the twin has none.
    """
    if count is None:
        count = 1 + SECOND(block)
    twin, possible = Twin(network, ()), _possible(tuple(kinds), family)
    for span in CHOSEN[:count]:
        twin = _extend(twin, span(block), family, possible)
    return twin


@lru_cache(maxsize=256)
def _possible(kinds: tuple[str, ...], family: Family) -> tuple[type[Rewrite], ...]:
    """Return the rewrites of ``kinds`` that ``family`` has room for."""
    code = {"styles"}
    possible = [
        kind
        for kind in map(REWRITES.__getitem__, kinds)
        if NEEDS.get(kind.name, code if kind.level == "code" else set()) <= family.items
    ]
    times = TIMES if family.items - {"mlp"} else {}
    often = [kind for kind in possible for _ in range(times.get(kind.name, 0))]
    others = [kind for kind in possible if kind.name not in times]
    # They alternate, so that the next in turn is another where one does not apply.
    return tuple(kind for pair in zip_longest(others, often) for kind in pair if kind is not None)


def _extend(twin: Twin, block: bytes, family: Family, kinds: Sequence[type[Rewrite]]) -> Twin:
    """Add the first rewrite that applies, going through kinds and places from where the block points."""
    for step in range(len(kinds)):
        kind = kinds[(KIND(block, len(kinds)) + step) % len(kinds)]
        places = kind.count(twin.rewritten)
        for shift in range(places):
            try:
                return _with_rewrite(twin, kind, (PLACE(block, places) + shift) % places, block, family)
            except DoesNotApply:
                continue
    return twin


def _with_rewrite(twin: Twin, kind: type[Rewrite], place: int, block: bytes, family: Family) -> Twin:
    rewrite = _instance(kind, twin.rewritten, place, block, family)
    network = twin.network if twin.rewrites else rewrite.plant(twin.network)
    extended = replace(twin, network=network, rewrites=(*twin.rewrites, rewrite))
    if extended.rewritten in (twin.rewritten, network):
        raise DoesNotApply(f"{kind.name} changes nothing here")
    if extended.network not in family or extended.rewritten not in family:
        raise DoesNotApply(f"{kind.name} leaves the family {family}")
    return extended


def _instance(kind: type[Rewrite], network: Network, place: int, block: bytes, family: Family) -> Rewrite:
    """Fill the fields of a rewrite by their names."""
    choices = kind.choices(network, place)
    arguments: dict[str, Any] = {kind.where: place} if kind.where else {}
    names = [field.name for field in fields(kind) if field.name != kind.where]
    for name, byte in zip(names, NUMBERS(block), strict=False):
        if name in choices:
            arguments[name] = byte % choices[name]
        elif name == "bias":
            arguments["bias"] = bias_value(byte, family)
        else:
            arguments[name] = POOLS[name][byte % len(POOLS[name])]
    return kind(**arguments)
