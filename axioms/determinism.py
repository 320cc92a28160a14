"""Determinism: the same question gets the same answer."""

from collections.abc import Iterator
from math import fsum

import numpy as np

from ..networks import Case
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom


@axiom(
    cites="Paszke et al. 2019 (PyTorch, notes on reproducibility)",
    draws=one_network,
    says="at x = {x} the scores are {relevance} in one call, and {other} {how}",
    code="""
import random

import numpy as np


def called(seed, x):
    torch.manual_seed(seed), np.random.seed(seed), random.seed(seed)
    return scores(model, x.clone())


first = called(0, x)
copied = first.clone()
second = called(1, x).clone()
called(1, x + 1)
print("gap:", max((copied - other).abs().max().item() for other in (first, second)))
""",
    verb="is deterministic",
    group="contract",
)
def determinism(explain: Explain, case: Case) -> Iterator[Gap]:
    """Two calls agree whatever the global random state is, and one more leaves the result of the first alone."""
    first, second, kept = explain.repeat(case.network, np.array(case.inputs))
    repeats = {"in the next": second, "in the same result after a call on another input": kept}
    how, other = max(repeats.items(), key=lambda repeat: float(np.abs(first - repeat[1]).max()))
    differences = np.abs(first - other).max(1)
    worst = int(differences.argmax())
    yield Gap(
        size=float(differences[worst]),
        scale=float(max(np.abs(first).max(), np.abs(other).max())),
        rounding=fsum(np.abs([*first.ravel(), *other.ravel()])) + max(map(case.magnitude, case.inputs)),
        vacuous=all(map(case.is_dead, case.inputs)),
        observed={
            "x": list(case.inputs[worst]),
            "relevance": first[worst].tolist(),
            "other": other[worst].tolist(),
            "how": how,
            "batch": [list(x) for x in case.inputs],
        },
    )
