"""Which rewrites a block of bytes stands for, on a given network."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import lru_cache
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
SECOND = TWIN.among("a second rewrite", CASE, {"none": 36, "code": 140, "function": 80})
"""Of the code alone, where the family has styles, or of the function."""
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
    "value-gauge": {"attention"},
    "key-gauge": {"attention"},
    "swap-heads": {"attention"},
    "dead-head": {"attention"},
    "key-shift": {"attention"},
    "scale-branches": {"product"},
    "associate": {"product"},
    "style-attention-written": {"attention", "styles"},
    "style-attention-fused": {"attention", "styles"},
    "style-attention-module": {"attention", "styles"},
}
"""The items without which no network of a family, and its re-implementation, admits the rewrite."""
TIMES = {
    "guard": 2,
    "guarded-bias": 4,
    "max-pair": 2,
    "max-tree": 2,
    "tail-as-dense": 2,
    "conv-as-dense": 2,
    "average-as-conv": 2,
    "max-pool-as-relu": 2,
    "residual-as-plain": 2,
    "dead-unit": 2,
    "style-relu-functional": 2,
    "style-relu-reused": 5,
    "style-relu-inplace": 4,
    "style-relu-clamp": 5,
    "style-linear-functional": 5,
    "style-residual-module": 12,
    "style-pool-functional": 12,
    "style-shared": 15,
    "value-gauge": 4,
    "key-gauge": 4,
    "swap-heads": 3,
    "dead-head": 2,
    "key-shift": 2,
    "scale-branches": 4,
    "associate": 4,
    "style-attention-written": 3,
    "style-attention-fused": 3,
    "style-attention-module": 3,
}
"""How often those come that find what they need less often than others, in families with more than perceptrons."""


WHOLLY = "tail-as-dense"
"""What most second rewrites of the function are, where that can be: it takes all layers with places for others, so that
a defect at any of them shows."""


def draw_twin(
    block: bytes, network: Network, family: Family, kinds: Sequence[str] = tuple(REWRITES), count: int | None = None
) -> Twin:
    """Return ``network``, changed a little if the first rewrite asks for it, with one or two rewrites of ``kinds``.

    Both networks are in ``family``; where no rewrite applies, the twin has none.
    """
    twin = Twin(network, ())
    for span, possible in zip(CHOSEN, _in_turn(block, tuple(kinds), family, count), strict=False):
        twin = _extend(twin, span(block), family, possible)
    return twin


def wanted(block: bytes, family: Family, kinds: Sequence[str] = tuple(REWRITES)) -> list[str]:
    """Return the names of the rewrites that are tried first: of ``kinds``, one or two, if any is possible."""
    turns = zip(CHOSEN, _in_turn(block, tuple(kinds), family, None), strict=False)
    return [KIND.of(span(block), possible).name for span, possible in turns if possible]


Kinds = tuple[type[Rewrite], ...]


def _in_turn(block: bytes, kinds: tuple[str, ...], family: Family, count: int | None) -> list[Kinds]:
    """Return what may be the first rewrite, and what the second: of any level where there is a ``count`` of them."""
    function, code = (_possible(kinds, family, level) for level in ("function", "code"))
    if count is not None:
        return [(*function, *code)] * count
    wholly = tuple(kind for kind in function if kind.name == WHOLLY) * (len(function) // 3)
    return [function or code, {"none": (), "code": code, "function": (*function, *wholly)}[SECOND(block)]]


@lru_cache(maxsize=256)
def _possible(kinds: tuple[str, ...], family: Family, level: str) -> Kinds:
    """Return the rewrites of ``kinds`` at a level that ``family`` has room for."""
    code = {"styles"}
    times = TIMES if family.items - {"mlp"} else {}
    return tuple(
        kind
        for kind in map(REWRITES.__getitem__, kinds)
        if kind.level == level and NEEDS.get(kind.name, code if level == "code" else set()) <= family.items
        for _ in range(times.get(kind.name, 1))
    )


def _extend(twin: Twin, block: bytes, family: Family, kinds: Sequence[type[Rewrite]]) -> Twin:
    """Add the rewrite that the block says or, where it does not apply, the first that does from another place on."""
    start = PLACE(block, 256)
    for kind in (
        *kinds[KIND(block, max(len(kinds), 1)) :][:1],
        *(kinds[(start + i) % len(kinds)] for i in range(len(kinds))),
    ):
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
