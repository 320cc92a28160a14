"""The ladder: the smallest cases of a family, in order, from nothing upward.

What fails on a low rung is the same whatever case was found first: that makes shrunk cases alike for all seeds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from ..case import Case
from ..derivations import Combined, Derivation
from ..errors import AxiomcheckError
from ..facts import Irrelevant, Symmetric
from ..family import Family
from ..layers import Linear
from ..network import Network
from ..path import Path
from ..rewrites import Rewrite
from ..style import PLAIN
from .assignments import VALUES, Choices, assignments, level
from .necessary import is_alive, necessary_groups
from .points import numbers_of, with_numbers
from .rewrites import at_first_sites, plain_rewrites
from .skeletons import skeletons, weight_of
from .symmetry import is_first, symmetries

ROUNDS = ((30, 0, 70), (6, 24, 70))
"""How many cases of a network are tried, and then of each again, until the ladder ends; the second of what is odd."""
ROUNDS_OF_TWINS = ((40, 0, 60), (10, 30, 60))
"""How many of a network with one rewrite of its function; the second of what is odd or has a kink."""
RUNGS = 120
"""How many skeletons the ladder has at most; a rewrite on a skeleton is one of its own."""
PLACES = 12
"""How many numbers of a case are chosen all at once, at most."""
LOOKED_AT = 2000
"""How many assignments of one skeleton are looked at, most of which are not worth a judgement."""


def smallest_cases(case: Case, family: Family, *, measured: bool) -> Iterator[Case]:
    """Yield the smallest cases of ``family`` of the same form as ``case``: points or a path, a twin or none.

    ``measured`` says whether the baseline counts. Networks larger than that of ``case`` are left out.
    """
    templates = [] if case.rewrites and not _needs_another(case) else list(_templates(case, family))
    templates += _twins(case, family) if case.rewrites else []
    rungs = [(_rounds(t), fill(t, family, measured=measured)) for t in templates[:RUNGS]]
    for number in range(3):
        for rounds, rung in rungs:
            yield from islice(rung, rounds[number])


def _rounds(template: Case) -> tuple[int, ...]:
    network = template.network
    usual = network.is_plain and network.style == PLAIN
    if not template.rewrites or template.rewrites[0].level == "code":
        return ROUNDS[bool(template.rewrites) or not usual]
    return ROUNDS_OF_TWINS[network.size[0] > 0 or not usual]


def renumber(case: Case, family: Family, *, measured: bool) -> Iterator[Case]:
    """Yield the case with other small numbers in all places at once, as far as that is simpler."""
    until = level(numbers_of(case), len(case.network.numbers))
    yield from fill(case, family, measured=measured, until=until)


def _templates(case: Case, family: Family) -> Iterator[Case]:
    least = 1 + _needs_another(case)
    for network in skeletons(family):
        if isinstance(case.derivation, Combined):
            network = _double(network)  # noqa: PLW2901 - the same with two outputs
        if network.in_features >= least and network.size[:4] <= case.network.size[:4]:
            yield _on(network, case)


def _needs_another(case: Case) -> bool:
    """Whether it takes one more variable than its function does."""
    return bool(case.variables(Irrelevant) or case.variables(Symmetric))


def _double(network: Network) -> Network:
    """Return the network with its last Linear's units twice, if it ends in one: all skeletons have one output."""
    end = network.layers[-1:] if network.ends_in_relu else ()
    below = network.layers[: len(network.layers) - len(end)]
    if not below or not isinstance(last := below[-1], Linear):
        return network
    return replace(network, layers=(*below[:-1], Linear(last.weight * 2, last.bias * 2), *end))


def _on(network: Network, case: Case) -> Case:
    """Return a case of ``network`` of the form of ``case``, with zeros for points."""
    zero = (0.0,) * network.in_features
    path = None if case.path is None else Path((zero, zero))
    return Case(
        network,
        zero,
        () if path else (zero,),
        path,
        facts=tuple(fact.on(network) for fact in case.facts),
    )


def _twins(case: Case, family: Family) -> list[Case]:
    """Return templates with one rewrite of the levels that the rewrites of ``case`` have, smaller twins first."""
    levels = {rewrite.level for rewrite in case.rewrites}
    rungs: list[tuple[tuple[object, ...], Case]] = []
    for template in (template for template in _templates(case, family) if template.network.style == PLAIN):
        weight = weight_of(template.network)
        for rewrite in plain_rewrites(template.network):
            planted = _plant(template, rewrite)
            if rewrite.level in levels and at_first_sites(rewrite) and planted is not None and _is_of(planted, family):
                key = (weight, planted.simplicity[:2], len(rungs))
                rungs.append((key, replace(template, rewrites=(rewrite,))))
    return [template for _, template in sorted(rungs, key=lambda rung: rung[0])]


def _plant(template: Case, rewrite: Rewrite) -> Case | None:
    try:
        return replace(template, network=rewrite.plant(template.network), rewrites=(rewrite,))
    except AxiomcheckError:
        return None


def _is_of(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family) and len(set(case.networks)) > 1
    except AxiomcheckError:
        return False


def fill(template: Case, family: Family, *, measured: bool, until: tuple[int, int] | None = None) -> Iterator[Case]:
    """Yield ``template`` with small numbers in all places, simplest first; without what symmetry makes superfluous."""
    choices = _choices(template, family, measured=measured)
    if sum(len(choice) > 1 for choice in choices) > PLACES:
        return
    alike, groups = symmetries(template), necessary_groups(template)
    learnt = len(template.network.numbers)
    for numbers in islice(assignments(choices, learnt, until), LOOKED_AT):
        if is_alive(numbers, groups) and is_first(numbers, alike):
            yield from _build(template, numbers, family)


def _choices(template: Case, family: Family, *, measured: bool) -> Choices:
    """Return the numbers that the family allows in each place."""
    network = template.network
    size, learnt = network.in_features, len(network.numbers)
    points = (0.0, *(value for value in VALUES if family.admits_point((value,))))
    baseline = points if measured else (0.0,)
    return [
        *((0.0, *(v for v in VALUES if _admits(family, network, place, v))) for place in range(learnt)),
        *[points] * (size * len(template.points)),
        *[baseline] * size,
        *(_derived_choices(template.derivation) if template.derivation else []),
    ]


def _derived_choices(derivation: Derivation) -> Choices:
    return [derivation.choices(VALUES)] * len(derivation.numbers)


def _admits(family: Family, network: Network, place: int, value: float) -> bool:
    numbers = [0.0] * len(network.numbers)
    numbers[place] = value
    return network.with_numbers(numbers) in family


def _build(template: Case, numbers: tuple[float, ...], family: Family) -> Iterable[Case]:
    """Return the case, if it is one of the family and nothing in it is dead."""
    try:
        case = with_numbers(template, numbers)
        if template.facts:
            fitted = (fact.fitted(case.network, case.target) for fact in case.facts)
            case = replace(case, facts=tuple(filter(None, fitted)))
        return (case,) if _is_non_vacuous(case) and case.belongs_to(family) else ()
    except AxiomcheckError:
        return ()


def _is_non_vacuous(case: Case) -> bool:
    """Whether the path leads somewhere, every variable is used or irrelevant, and the networks of a twin differ."""
    if case.path is not None and len(set(case.path.vertices)) < len(case.path.vertices):
        return False
    irrelevant = case.variables(Irrelevant)
    if len(irrelevant) == case.network.in_features or (case.rewrites and len(set(case.networks)) == 1):
        return False
    return case.network.in_features == 1 or _idle(case) <= set(irrelevant)


def _idle(case: Case) -> set[int]:
    """Return the variables that neither network reads."""
    if all(network.is_plain for network in case.networks):
        columns = zip(*(row for network in case.networks for row in network.linears[0].weight), strict=True)
        return {place for place, column in enumerate(columns) if not any(column)}
    outputs = zip(case.networks, case.targets, strict=True)
    read = np.any([network.influence[:, target] for network, target in outputs], axis=0)
    return set(np.flatnonzero(~read).tolist())
