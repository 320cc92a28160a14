"""Failures at many kinds of layers: one cause, that of the method and of no layer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from ...results.cause import ANY, Cause

MANY = 3
"""Kinds of layers at which one thing goes wrong as badly, under the same conditions, before it does at any."""


def at_any_layer(causes: Sequence[Cause]) -> list[Cause]:
    """Return the causes that differ in the kind of layer alone as one, where they are ``MANY``.

    Those with other conditions, or of another severity, are others: one layer may fail where the rest needs biases.

    >>> sums = [Cause("Sum", f"at {kind}", (), ("biases",), "gross") for kind in ("linear", "conv", "residual")]
    >>> pool = Cause("Sum", "at maxpool", (), (), "gross")
    >>> [cause.sentence for cause in at_any_layer([*sums, pool])]
    ['arises at any layer; where biases; gross']
    >>> at_any_layer([*sums[:2], pool]), at_any_layer([*sums[:2], replace(sums[2], severity="approximate")])
    ([], [])
    """
    alike: dict[tuple[str, ...], list[Cause]] = defaultdict(list)
    for cause in causes:
        if cause.layer not in ("", ANY):
            alike[cause.failure, cause.at_any, cause.severity, *cause.conditions].append(cause)
    many = [group for group in alike.values() if len({cause.layer for cause in group}) >= MANY]
    common = [replace(reduce(Cause.common, group), where=group[0].at_any, traits=()) for group in many]
    return [cause for cause in common if cause not in causes]
