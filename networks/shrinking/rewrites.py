"""Rewrites of a twin: fewer, plainer, with simpler numbers, or of another kind."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import combinations, product
from typing import Any

from ..case import Case
from ..dyadics import simpler
from ..errors import DoesNotApply
from ..facts import Irrelevant
from ..network import Network
from ..rewrites import REWRITES, Rewrite

PLAIN_NUMBERS = {"bias": (0.0,), "value": (1.0,), "weight": (1.0, -1.0), "share": (0.5,), "factor": (2.0,)}
"""The simplest numbers of a rewrite by the names of its fields; 1 for all others."""


def fewer_rewrites(case: Case) -> Iterator[Case]:
    """Yield the case with fewer rewrites; of several, the first may become part of the network."""
    for kept in combinations(case.rewrites, len(case.rewrites) - 1) if case.rewrites else ():
        yield replace(case, rewrites=kept)
    if len(case.rewrites) > 1:
        try:
            yield replace(case, network=case.rewrites[0].apply(case.network), rewrites=case.rewrites[1:])
        except DoesNotApply:
            return
        yield from (replace(case, rewrites=(plain,)) for plain in _of_levels(case))


def other_rewrites(case: Case) -> Iterator[Case]:
    """Exchange one rewrite for a plain one of another kind, which may show the same on a smaller network."""
    for index in range(0 if case.variables(Irrelevant) else len(case.rewrites)):
        yield from (_replace(case, index, other) for other in _of_levels(case))


def simpler_rewrites(case: Case) -> Iterator[Case]:
    """Exchange one number or one site of a rewrite for a simpler one."""
    for index, rewrite in enumerate(case.rewrites):
        for field in fields(rewrite):
            value = getattr(rewrite, field.name)
            smaller: Any = range(value) if isinstance(value, int) else simpler(value)
            yield from (_replace(case, index, replace(rewrite, **{field.name: new})) for new in smaller)


def plain_rewrites(network: Network) -> Iterator[Rewrite]:
    """Yield rewrites with simple numbers at every place of ``network``; not all of them apply."""
    for kind in REWRITES.values():
        for number in range(kind.count(network)):
            try:
                sizes = kind.choices(network, number)
            except DoesNotApply:
                continue
            yield from _at(kind, number, sizes)


def _at(kind: type[Rewrite], number: int, sizes: dict[str, int]) -> Iterator[Rewrite]:
    names = [field.name for field in fields(kind)]
    options: list[tuple[Any, ...]] = [
        (number,)
        if name == kind.where
        else tuple(range(sizes[name]))
        if name in sizes
        else PLAIN_NUMBERS.get(name, (1.0,))
        for name in names
    ]
    for chosen in product(*options):
        yield kind(**dict(zip(names, chosen, strict=True)))


def at_first_sites(rewrite: Rewrite) -> bool:
    """Whether it stands at the first units of each layer: where all units are alike, other sites are no different."""
    free_sites: dict[int, int] = {}
    for field, offset in rewrite.sites.items():
        site, first = getattr(rewrite, field), free_sites.get(offset, 0)
        if site > first:
            return False
        free_sites[offset] = max(first, site + 1)
    return True


def _of_levels(case: Case) -> Iterator[Rewrite]:
    """Yield plain rewrites that change what the rewrites of ``case`` change: the function's layers, or the code."""
    levels = {rewrite.level for rewrite in case.rewrites}
    return (rewrite for rewrite in plain_rewrites(case.network) if rewrite.level in levels)


def _replace(case: Case, index: int, rewrite: Rewrite) -> Case:
    return replace(case, rewrites=(*case.rewrites[:index], rewrite, *case.rewrites[index + 1 :]))
