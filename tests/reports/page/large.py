"""A certificate as large as they come: 40 explainers, 12 axioms, 6 families."""

from dataclasses import replace

import axiomcheck as ac
from axiomcheck.axioms import Observation
from axiomcheck.engine.campaign import environment
from axiomcheck.engine.question import Budget
from axiomcheck.networks import Path
from axiomcheck.results.certificate import GAPS, Cell, Certificate

VIOLATED = {
    "conservation": "lrp-epsilon",
    "continuity": "grad-x-input",
    "implementation_invariance": "lrp-epsilon",
    "selectivity": "uniform",
    "null_player": "uniform",
    "sensitivity": "lrp-z-plus",
    "linearity": "lrp-z-plus",
    "shift_invariance": "grad-x-input",
    "demand_monotonicity": "grad-x-input",
}
"""Whom an axiom is broken by; counterexamples to others stand for those to the rest."""
AXIOMS = (*VIOLATED, "symmetry", "homogeneity", "positivity")
FAMILIES = ("bias-free", "deep-taylor", "biased", "ordinary", "mlp,conv", "mlp,maxpool")
EXPLAINERS = 40


def hunted():
    """Return a counterexample to each axiom that has a name for it."""
    return [ac.find_counterexample(explainer, axiom, family="ordinary") for axiom, explainer in VIOLATED.items()]


def large(pool):
    """Return the certificate: three of five cells are violated, by counterexamples of ``pool`` with other numbers.

    Of an explainer and an axiom two families of three share theirs, so that 960 of 1728 differ.
    """
    cells = [
        _cell(explainer, axiom, family, pool)
        for explainer in range(EXPLAINERS)
        for axiom in range(len(AXIOMS))
        for family in range(len(FAMILIES))
    ]
    return Certificate(
        environment(Budget(), [], "as they are drawn"), 0, tuple(sorted(cells, key=lambda cell: cell.key))
    )


def _cell(explainer, axiom, family, pool):
    names = (f"library:Explainer{explainer}", AXIOMS[axiom], FAMILIES[family])
    counted = {
        "search": {"drawn": 512, "effective": 500, "rejected": 12},
        "screen": {"drawn": 540, "effective": 500, "violations": 0, "timed_out": 0},
        "violation_rate_upper_bound": 0.00597,
        "tolerance": {"relative": 1e-6, "rounding": 2.0**-40},
        "curves": {GAPS: [(n / 20, n / 20 * (1 + explainer + axiom / 16)) for n in range(21)]},
    }
    if (7 * explainer + 5 * axiom + 3 * family) % 5 >= 3:
        return Cell(*names, "holds", "no counterexample in 500 effective cases", **counted)
    found = varied(pool[axiom % len(pool)], 24 * explainer + 2 * axiom + family // 3, *names)
    return Cell(*names, "violated", found.reason, counterexample=found, **counted)


def varied(found, number, explainer, axiom, family):
    """Return a counterexample with other numbers in all that is drawn and told."""
    factor = 1 + number / 1024
    case = replace(found.case, inputs=_scaled(found.case.inputs, factor))
    if case.path is not None:
        case = replace(case, path=Path(_scaled(case.path.vertices, factor)))
    along = found.along and replace(found.along, scores=_scaled(found.along.scores, factor))
    told = {"explainer": explainer, "axiom": axiom, "family": family, "reason": f"{found.reason}, times {factor}"}
    return replace(found, case=case, along=along, observed=_scaled(found.observed, factor), **told)


def _scaled(value, factor):
    if isinstance(value, Observation):
        return replace(value, **{name: _scaled(one, factor) for name, one in vars(value).items()})
    if isinstance(value, (tuple, list)):
        return type(value)(_scaled(one, factor) for one in value)
    return value * factor if isinstance(value, float) else value
