"""What a case cannot do without, and the families that leave it out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .case import Case
from .family import CURVED, ITEMS, OPTIONS, Family
from .layers import LAYERS

NARROWEST = Family(bias="none", output="relu", inputs="nonnegative", outputs="1")
"""What every family has."""


BOUND = {kind.needs().name for kind in LAYERS if vars(kind).get("is_homogeneous") is False}
"""Items whose layers no family without biases has."""


def widest() -> Family:
    """Return the family of all that there is."""
    return Family(items=frozenset(ITEMS))


def needed_by(case: Case) -> Family | None:
    """Return the narrowest family that may draw ``case``; None if none may.

    Each wider family may draw it too, and no other: a case asks something of each option and of each item by itself.
    """
    everything = widest()
    if not case.belongs_to(everything):
        return None
    options = {
        name: next(value for value in values if case.belongs_to(with_option(everything, name, value)))
        for name, values in OPTIONS.items()
    }
    items = {item for item in ITEMS if not case.belongs_to(_less(everything, item))}
    return Family(**options, items=frozenset(items))  # type: ignore[arg-type]


def largest_without(need: Family, family: Family) -> Iterator[Family]:
    """Yield the families within ``family``, which ``need`` is too, that just are not as wide as ``need``.

    >>> need = Family.parse("conv,bias=nonpositive,output=relu,inputs=nonnegative,outputs=1")
    >>> [str(family) for family in largest_without(need, Family.parse("conv"))]
    ['mlp,conv,bias=none,output=any,inputs=real,outputs=many', 'biased']
    """
    for name, values in OPTIONS.items():
        if below := values.index(getattr(need, name)):
            yield with_option(family, name, values[below - 1])
    yield from (_less(family, item) for item in ITEMS if item in need.items - {"mlp"})


def one_narrower(family: Family) -> Iterator[Family]:
    """Yield the families that are narrower by one step of an option, or by one item."""
    yield from largest_without(family, family)


def one_wider(family: Family, within: Family) -> Iterator[Family]:
    """Yield the families within another that are wider by one step of an option, or by one item."""
    for name, values in OPTIONS.items():
        above = values.index(getattr(family, name)) + 1
        if above <= values.index(getattr(within, name)):
            yield replace(family, **{name: values[above]})  # type: ignore[arg-type]
    for item in ITEMS:
        if item in within.items - family.items and (item not in CURVED or _admits_curved(family)):
            yield replace(family, items=family.items | {item})


def join(families: Iterable[Family]) -> Family:
    """Return the narrowest family that is as wide as each of ``families``.

    >>> str(join([Family.parse("bias-free"), Family.parse("conv,bias=nonpositive")]))
    'mlp,conv,bias=nonpositive,output=any,inputs=real,outputs=many'
    """
    members = list(families)
    return _of_options(members, max, frozenset.union(*(family.items for family in members)))


def meet(families: Iterable[Family]) -> Family:
    """Return the widest family that is within each of ``families``."""
    members = list(families)
    return _of_options(members, min, frozenset.intersection(*(family.items for family in members)))


def without_ingredients(case: Case, family: Family) -> Iterator[Family]:
    """Yield ``family`` less one item, or less its biases, wherever ``case`` is then no longer one of its."""
    narrower = [with_option(family, "bias", "none")] if family.bias != "none" else []
    narrower += [_less(family, item) for item in ITEMS if item in family.items - {"mlp"}]
    yield from (candidate for candidate in narrower if not case.belongs_to(candidate))


def each_alone(family: Family) -> Iterator[Family]:
    """Yield families of one kind of layer beside linear ones and ReLUs, without biases where it goes without.

    >>> [sorted(alone.items) for alone in each_alone(Family.parse("maxpool,softmax,styles"))]
    [['maxpool', 'mlp'], ['mlp', 'softmax']]
    >>> [alone.bias for alone in each_alone(Family.parse("maxpool,softmax,styles"))]
    ['none', 'any']
    """
    for item in ITEMS:
        if item in family.items & {kind.needs().name for kind in LAYERS} - {"mlp"}:
            alone = replace(family, items=frozenset({item}))
            free = with_option(alone, "bias", "none")
            yield free if item in free.items and item not in BOUND else alone


def lacks(narrow: Family, wide: Family) -> str:
    """Return in words what ``narrow`` leaves out of ``wide``.

    >>> lacks(Family.parse("conv,bias=none"), Family.parse("conv,residual,styles"))
    'biases, residual, styles'
    """
    biases = ["biases"] if narrow.bias != wide.bias else []
    curved = CURVED if biases else frozenset()
    return ", ".join(biases + [item for item in ITEMS if item in wide.items - narrow.items - curved])


def with_option(family: Family, name: str, value: str) -> Family:
    """Return the family with another value of an option, without what is curved where that excludes it."""
    chosen = {option: getattr(family, option) for option in OPTIONS} | {name: value}
    excluded = CURVED if (chosen["bias"], chosen["output"]) != ("any", "any") else frozenset()
    return Family(**chosen, items=family.items - excluded)


def _less(family: Family, item: str) -> Family:
    return replace(family, items=family.items - {item})


def _admits_curved(family: Family) -> bool:
    return family.bias == "any" and family.output == "any"


def _of_options(families: list[Family], pick: Callable[..., str], items: frozenset[str]) -> Family:
    options = {
        name: pick((getattr(family, name) for family in families), key=values.index) for name, values in OPTIONS.items()
    }
    return Family(**options, items=items)  # type: ignore[arg-type]
