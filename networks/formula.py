"""A network as a formula that people read."""

import re
from collections.abc import Sequence
from math import prod

from .layers import Branch, Shape
from .steps import Step
from .tree import leaves

FEW, LINE = 16, 90
"""How many numbers and letters a network has that is told by its formula."""
INLINE = 24
"""A unit that is used more than once gets a name of its own when its expression is longer than this."""

NAME = re.compile(r"h\d+")
CROWDED = 10_000
"""Letters of all units together from which on every long one gets a name: else maxima of maxima grow without end."""


def formula(steps: Sequence[Step], size: int, target: int | None = None) -> str:
    """Return ``f(x1, x2) = …`` of ``size`` variables; units that would be repeated are defined first, one a line.

    >>> from axiomcheck.networks.steps import Affine
    >>> print(formula([Affine.of_rows([[2.0, 0.0], [1.0, -0.5]], [0.0, -1.0])], 2))
    f1(x1, x2) = 2*x1
    f2(x1, x2) = x1 - 0.5*x2 - 1
    """
    definitions: list[str] = []
    inputs = [f"x{i + 1}" for i in range(size)]
    units = inputs
    for step in steps:
        least = 0 if sum(map(len, units)) > CROWDED else 2
        units = [_short(unit, uses >= least, definitions) for unit, uses in zip(units, step.uses(), strict=True)]
        units = step.text(units)
    chosen = range(len(units)) if target is None else [target]
    names = ["f" if len(chosen) == 1 else f"f{k + 1}" for k in chosen]
    lines = [f"{name}({', '.join(inputs)}) = {units[k]}" for name, k in zip(names, chosen, strict=True)]
    return "\n".join(_needed(definitions, lines) + lines)


def label(layers: Branch, shape: Shape, steps: Sequence[Step]) -> str:
    """Return a network in a line: its formula if that is short, else its kinds of layers."""
    if len([number for layer in leaves(layers) for number in layer.numbers]) <= FEW and prod(shape) <= FEW:
        text = "; ".join(formula(steps, prod(shape)).splitlines())
        if len(text) <= LINE:
            return text
    return " → ".join([f"input {'×'.join(map(str, shape))}", *(layer.kind for layer in layers)])


def _needed(definitions: list[str], lines: list[str]) -> list[str]:
    """Keep the definitions that the lines below them mention."""
    needed: list[str] = []
    mentioned = set[str]().union(*map(_mentioned, lines))
    for definition in reversed(definitions):
        if definition.split(" = ")[0] in mentioned:
            needed.append(definition)
            mentioned |= _mentioned(definition)
    return needed[::-1]


def _mentioned(line: str) -> set[str]:
    """Return the names on the right of a definition."""
    return set(NAME.findall(line.split(" = ", 1)[1]))


def _short(unit: str, repeated: bool, definitions: list[str]) -> str:  # noqa: FBT001
    """Return the unit, or the name that it is given among the ``definitions`` if it is long and ``repeated``."""
    if not repeated or len(unit) <= INLINE:
        return unit
    name = f"h{len(definitions) + 1}"
    definitions.append(f"{name} = {unit}")
    return name
