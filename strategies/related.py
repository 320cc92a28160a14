"""Cases of two networks, the second of another function that is known from the first one's."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ..networks import AxiomcheckError, Case, Family
from ..networks.derivations import Combined, Derivation, Scaled, Shifted
from .cases import one_network
from .codec import REWRITES as START
from .codec import SHAPE
from .retry_until import and_perceptrons, is_lively, steered

FACTORS = (2.0, 3.0, 0.5, 5.0)
COEFFICIENTS = (1.0, 2.0, 3.0, 0.5)
SHIFTS = (1.0, 2.0, -1.0, 0.5, 3.0, -2.0)


def _derived(block: bytes, family: Family, derivations: Callable[[Case], Iterator[Derivation]]) -> Case:
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


def _scaled(block: bytes, family: Family) -> Case:
    return _derived(block, family, lambda _: iter([Scaled(FACTORS[block[START] % len(FACTORS)])]))


scaled_functions = steered(_scaled, is_lively)
"""A case of f and of c f, c > 0, which need not be a power of two."""


def _combined(block: bytes, family: Family) -> Case:
    many = bytes([*block[: SHAPE + 5], max(block[SHAPE + 5], 64), *block[SHAPE + 6 :]])
    return _derived(many, family, lambda case: _combinations(block, family, case))


def _combinations(block: bytes, family: Family, case: Case) -> Iterator[Derivation]:
    """Yield a combination; with signs where outputs may be negative, in some of them such that it is 0 at an input."""
    outputs = case.network.out_features
    if outputs < 2:
        return
    second = (case.target + 1 + block[START + 4] % (outputs - 1)) % outputs
    a, b = (COEFFICIENTS[byte % len(COEFFICIENTS)] for byte in block[START : START + 2])
    if family.output == "any":
        if block[START + 5] >= 208 and not case.network.has_softmax:
            values = case.network.exact(case.inputs[0])
            yield Combined(float(values[second]), -float(values[case.target]), second)
        a, b = (-c if byte >= 160 else c for c, byte in zip((a, b), block[START + 2 : START + 4], strict=True))
    yield Combined(a, b, second)


def _both_matter(case: Case) -> bool:
    if not isinstance(case.derivation, Combined):
        return False
    return is_lively(case) and is_lively(replace(case, target=case.derivation.second, facts=()))


combined_outputs = steered(_combined, _both_matter)
"""A case of two outputs f and h of one network, and of a f + b h."""


def _shifted(block: bytes, family: Family) -> Case:
    return _derived(block, family, lambda case: _shifts(block, case))


def _shifts(block: bytes, case: Case) -> Iterator[Derivation]:
    """Yield shifts of all variables, of each channel by itself or of one variable; where inputs are ≥ 0, both ways."""
    shape = case.network.shape
    values = [SHIFTS[byte % len(SHIFTS)] for byte in block[START : START + shape[0]]]
    kept = [len(shape) > 1 or i == block[START + 8] % shape[0] or block[START + 9] >= 128 for i in range(shape[0])]
    channels = np.where(kept, values, 0.0)
    for sign in (1, -1):
        shift = np.repeat(sign * channels, case.network.in_features // shape[0])
        yield Shifted(tuple((shift + 0.0).tolist()))
    least = np.min([*case.inputs, case.baseline], axis=0)
    yield Shifted(tuple(np.where(least > 0, 1.0, 0.0).tolist()))


shifted_inputs = steered(_shifted, lambda case: case.derivation is not None and is_lively(case))
"""A case of f(x) and of f(x + s), which is to be asked at x - s."""
