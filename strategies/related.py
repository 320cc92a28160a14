"""Cases of two networks, the second of another function that is known from the first one's."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ..networks import AxiomcheckError, Case, Family
from ..networks.derivations import Combined, Derivation, OthersScaled, Scaled, Shifted
from .cases import SINGLE, one_network
from .layout import CASE, OUTPUTS, case_layout
from .retry_until import and_perceptrons, is_non_vacuous, retry_until

FACTORS = (2.0, 3.0, 0.5, 5.0)
COEFFICIENTS = (1.0, 2.0, 3.0, 0.5)
OTHER_FACTORS = (2.0, -1.0, 0.0, 3.0, 0.5, -2.0)
SHIFTS = (1.0, 2.0, -1.0, 0.5, 3.0, -2.0)

SCALED = case_layout("a scaled function", SINGLE)
FACTOR = SCALED.index("factor", CASE)

COMBINED = case_layout("a combination of two outputs", SINGLE)
TERMS = tuple(COMBINED.index(f"coefficient {number}", CASE + number) for number in range(2))
SIGNS = tuple(COMBINED.chance(f"coefficient {number} below 0", CASE + 2 + number, 96) for number in range(2))
SECOND = COMBINED.index("the second output, beyond the target", CASE + 4)
ZERO = COMBINED.chance("a combination that is 0 at the first input", CASE + 5, 48)

OTHERS = case_layout("other outputs scaled", SINGLE)
OTHERS_FACTOR = OTHERS.index("factor of the other outputs", CASE)

SHIFTED = case_layout("a shifted function", SINGLE)
DISTANCES = tuple(SHIFTED.index(f"shift of channel {number}", CASE + number) for number in range(4))
ALONE = SHIFTED.index("the variable that is shifted alone", CASE + 8)
TOGETHER = SHIFTED.chance("all variables shifted", CASE + 9, 128)


def _derive(block: bytes, family: Family, derivations: Callable[[Case], Iterator[Derivation]]) -> Case:
    """Return a case with the first of the derivations that fits, of a perceptron if the network has none."""
    for chosen in and_perceptrons(family):
        case = one_network(block, chosen)
        for derivation in derivations(case):
            derived = replace(case, facts=(*case.facts, derivation))
            if _belongs(derived, family):
                return derived
    return case


def _belongs(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family) and case.networks[0] != case.networks[1]
    except AxiomcheckError:
        return False


def _scale(block: bytes, family: Family) -> Case:
    return _derive(block, family, lambda _: iter([Scaled(FACTOR.of(block, FACTORS))]))


scaled_functions = retry_until(_scale, is_non_vacuous)
"""A case of f and of c f, c > 0, which need not be a power of two."""


def _combine(block: bytes, family: Family) -> Case:
    many = OUTPUTS.at_least(block, 2)
    return _derive(many, family, lambda case: _combinations(block, family, case))


def _combinations(block: bytes, family: Family, case: Case) -> Iterator[Derivation]:
    """Yield a combination; with signs where outputs may be negative, in some of them such that it is 0 at an input."""
    outputs = case.network.out_features
    if outputs < 2:
        return
    second = (case.target + 1 + SECOND(block, outputs - 1)) % outputs
    a, b = (term.of(block, COEFFICIENTS) for term in TERMS)
    if family.output == "any":
        if ZERO(block) and not case.network.has_softmax:
            values = case.network.value(case.inputs[0])
            yield Combined(float(values[second]), -float(values[case.target]), second)
        a, b = (-c if negative(block) else c for c, negative in zip((a, b), SIGNS, strict=True))
    yield Combined(a, b, second)


def _both_matter(case: Case) -> bool:
    if not isinstance(case.derivation, Combined):
        return False
    return is_non_vacuous(case) and is_non_vacuous(replace(case, target=case.derivation.second, facts=()))


combined_outputs = retry_until(_combine, _both_matter)
"""A case of two outputs f and h of one network, and of a f + b h."""


def _scale_others(block: bytes, family: Family) -> Case:
    factor = OTHERS_FACTOR.of(block, OTHER_FACTORS)
    many = OUTPUTS.at_least(block, 2)
    return _derive(many, family, lambda _: iter([OthersScaled(factor), OthersScaled(abs(factor))]))


scaled_others = retry_until(_scale_others, lambda case: case.derivation is not None and is_non_vacuous(case))
"""A case of one output among several, and of a network in which the others are scaled."""


def _shift(block: bytes, family: Family) -> Case:
    return _derive(block, family, lambda case: _shifts(block, case))


def _shifts(block: bytes, case: Case) -> Iterator[Derivation]:
    """Yield shifts of all variables, of each channel by itself or of one variable; where inputs are ≥ 0, both ways."""
    shape = case.network.shape
    values = [distance.of(block, SHIFTS) for distance in DISTANCES[: shape[0]]]
    kept = [len(shape) > 1 or i == ALONE(block, shape[0]) or TOGETHER(block) for i in range(shape[0])]
    channels = np.where(kept, values, 0.0)
    for sign in (1, -1):
        shift = np.repeat(sign * channels, case.network.in_features // shape[0])
        yield Shifted(tuple((shift + 0.0).tolist()))
    least = np.min([*case.inputs, case.baseline], axis=0)
    yield Shifted(tuple(np.where(least > 0, 1.0, 0.0).tolist()))


shifted_inputs = retry_until(_shift, lambda case: case.derivation is not None and is_non_vacuous(case))
"""A case of f(x) and of f(x + s), which is to be asked at x - s."""
