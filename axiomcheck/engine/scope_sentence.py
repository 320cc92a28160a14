"""Scopes in words: the widest families without a counterexample, and what breaks the axiom just outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..networks import Family
from ..networks.family import CURVED, OPTIONS
from ..networks.ingredients import NARROWEST, meet, one_wider
from ..reports.phrases import clauses, listed, restriction, shown
from ..results.counterexample import Counterexample
from ..results.scope import Edge


@dataclass(frozen=True)
class Failure:
    """A counterexample, and the narrowest family that it belongs to."""

    need: Family
    counterexample: Counterexample


def edges(inside: Family, within: Family, failures: Iterable[Failure]) -> list[Edge]:
    """Return what one step out of a widest family meets: of each step the smallest counterexample known."""
    edges = []
    for wider in one_wider(inside, within):
        there = [failure for failure in failures if failure.need <= wider]
        if there:
            smallest = simplest(there)
            shown = smallest.counterexample
            change = listed(clauses(smallest.need, inside, shown.case), "and")
            edges.append(Edge(str(inside), str(wider), change, shown.formula, shown.circumstances, shown.reason))
    return edges


def simplest(failures: Iterable[Failure]) -> Failure:
    """Return the failure of the smallest case."""
    return min(failures, key=lambda failure: (failure.counterexample.case.simplicity, str(failure.need)))


def _narrowest(failures: Sequence[Failure]) -> Failure:
    """Return the smallest failure of those that need the least."""
    needs = {failure.need for failure in failures}
    least = {need for need in needs if not any(other <= need and other != need for other in needs)}
    return simplest(failure for failure in failures if failure.need in least)


def sentence(
    verb: str,
    within: Family,
    widest: Sequence[tuple[Family, str]],
    failures: Sequence[Failure],
    undecided: Sequence[tuple[Family, str]],
    *,
    complete: bool,
) -> str:
    """Return the scope in words. ``widest`` and ``undecided`` come with what was refused, and why."""
    if failures and complete and not widest and not undecided:
        return f"fails already on {shown(_narrowest(failures).counterexample)}"
    parts = [_where(verb, within, [family for family, _ in widest])] if widest else []
    parts += _outside([family for family, _ in widest] or [NARROWEST], failures)
    parts += [f"it refuses some: {refused}" for refused in dict.fromkeys(refused for _, refused in widest if refused)]
    parts += [f"nothing can be said {_place(family, within)}: {reason}" for family, reason in undecided[:1]]
    parts += [] if complete else ["not searched to the end"]
    return "; ".join(parts)


SHOWN = 3
"""How many widest families a sentence names."""
CHANGES = 5
"""How many of the changes that break it."""


def _where(verb: str, within: Family, widest: Sequence[Family]) -> str:
    places = [_place(family, within) for family in widest]
    more = len(places) - SHOWN
    return f"{verb} " + "; also ".join(places[:SHOWN]) + (f"; and in {more} more families" if more > 0 else "")


def _place(family: Family, within: Family) -> str:
    return f"in all of {within}" if family == within else restriction(family, within)


def _outside(widest: Sequence[Family], failures: Sequence[Failure]) -> list[str]:
    """Return what breaks the axiom, the simplest first: what is needed beyond what the widest families share."""
    common = meet(widest)
    smallest: dict[Family, Failure] = {}
    for failure in failures:
        beyond = _beyond(failure.need, common)
        smallest[beyond] = simplest([failure, smallest.get(beyond, failure)])
    least = [beyond for beyond in smallest if not any(other <= beyond and other != beyond for other in smallest)]
    least.sort(key=lambda beyond: simplest([smallest[beyond]]).counterexample.case.simplicity)
    parts = [
        f"once {listed(clauses(beyond, common, smallest[beyond].counterexample.case), 'and')}: "
        f"{shown(smallest[beyond].counterexample)}"
        for beyond in least[:CHANGES]
    ]
    more = len(least) - CHANGES
    parts += [f"and in {more} more ways"] if more > 0 else []
    return [f"fails {parts[0]}", *parts[1:]] if parts else []


def _beyond(need: Family, common: Family) -> Family:
    """Return ``need`` without what ``common`` has too: what is left is what breaks the axiom."""
    options = {
        name: getattr(need, name)
        if values.index(getattr(need, name)) > values.index(getattr(common, name))
        else values[0]
        for name, values in OPTIONS.items()
    }
    items = need.items - common.items
    # A softmax, or what else is curved, brings its options along, whatever they are in common.
    options |= {"bias": "any", "output": "any"} if CURVED & items else {}
    return Family(**options, items=items)  # type: ignore[arg-type]
