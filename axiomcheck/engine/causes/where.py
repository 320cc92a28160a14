"""Where a failure arises: a layer, the layer of a kink, the rewrites of a twin, or an event."""

import re
from dataclasses import replace

from ...axioms import Observation
from ...explainers.refinement import steps_of
from ...networks import Case
from ...networks.layers import Layer
from ...results.cause import EVERYWHERE, REWRITTEN
from ..judge import Judge, Outcome
from .layer import is_everywhere, layer_of
from .softmax import PLACE, explains_softmax

COMPARES = "implementation_invariance"
"""The axiom that compares a network with its twin; elsewhere a twin is one more network."""
NEAR = 1e-6
"""How far from the parameter of a kink its jump is seen at most."""


def where(judge: Judge, case: Case, outcome: Outcome) -> tuple[str, tuple[str, ...]]:
    """Return where a failure arises, in words that are the same for every case of it, and what is special there."""
    observed = outcome.observed
    if judge.axiom.name == COMPARES and outcome.kind == "violated":
        return f"{REWRITTEN}{', '.join(guilty(judge, case))}", ()
    if judge.is_of_quadrature(case, outcome):
        return f"in the quadrature: the gap shrinks with more {steps_of(judge.explainer)}; declare a tolerance", ()
    if explains_softmax(judge, case, outcome):
        return PLACE, ()
    event = event_of(observed)
    if observed is not None and observed.place is not None:
        layer = kink_layer(case, observed.place)
        return f"at a kink of {_kind(layer)}" if layer else "off all kinks", layer.options if layer else ()
    if is_everywhere(judge, case, outcome):
        return f"{EVERYWHERE} {event}".strip(), ()
    layer = layer_of(judge, case, outcome)
    return " ".join(filter(None, (f"at {_kind(layer)}" if layer else "", event))), layer.options if layer else ()


def guilty(judge: Judge, case: Case) -> tuple[str, ...]:
    """Return the first rewrite of a twin that breaks the axiom alone, or else all of them, each name once."""
    names = {rewrite.name for rewrite in case.rewrites}
    if len(names) > 1:
        for rewrite in sorted(case.rewrites, key=lambda rewrite: rewrite.name):
            if judge(replace(case, rewrites=(rewrite,))).kind == "violated":
                return (rewrite.name,)
    return tuple(sorted(names))


def kink_layer(case: Case, place: float) -> Layer | None:
    """Return the layer of the kink at a parameter of the path; None if there is none."""
    near = [kink for kink in case.kinks if kink.at - NEAR <= place <= kink.until + NEAR]
    nearest = min(near, key=lambda kink: abs(float(kink.at) - place), default=None)
    return None if nearest is None else case.network.leaves[nearest.layer]


def _kind(layer: Layer) -> str:
    return without_dimensions(layer.kind)


def without_dimensions(kind: str) -> str:
    """Return the name of a kind of layer, whatever its dimensions.

    >>> without_dimensions("maxpool2d"), without_dimensions("linear")
    ('maxpool', 'linear')
    """
    return re.sub(r"[123]d$", "", kind)


def event_of(observed: Observation | None) -> str:
    """Return what happened, without the names and numbers of one case."""
    text = "" if observed is None else observed.event
    return re.sub(r"\d+(\.\d+)*|'[^']*'", "…", text)
