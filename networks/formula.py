"""A network as a formula that people read."""

from collections.abc import Sequence
from fractions import Fraction

from .dyadics import written
from .network import Network
from .steps import Affine, Largest, Rectify, Step

INLINE = 24
"""A unit that is used more than once gets a name of its own when its expression is longer than this."""


def formula(network: Network, target: int | None = None) -> str:
    """Return ``f(x1, x2) = …``; units that would be repeated are defined first, one a line.

    >>> from axiomcheck.networks import Linear
    >>> print(formula(Network((Linear(((2.0, 0.0), (1.0, -0.5)), (0.0, -1.0)),))))
    f1(x1, x2) = 2*x1
    f2(x1, x2) = x1 - 0.5*x2 - 1
    """
    definitions: list[str] = []
    units = [f"x{i + 1}" for i in range(network.in_features)]
    for index, step in enumerate(network.steps):
        if isinstance(step, Affine) and index:
            units = [_named(unit, _uses(step, j), definitions) for j, unit in enumerate(units)]
        units = _through(step, units)
    variables = ", ".join(f"x{i + 1}" for i in range(network.in_features))
    chosen = range(len(units)) if target is None else [target]
    names = ["f" if len(chosen) == 1 else f"f{k + 1}" for k in chosen]
    lines = [f"{name}({variables}) = {units[k]}" for name, k in zip(names, chosen, strict=True)]
    return "\n".join(_needed(definitions, lines) + lines)


def _through(step: Step, units: list[str]) -> list[str]:
    if isinstance(step, Affine):
        columns = zip(step.weight.T.tolist(), step.bias.tolist(), strict=True)
        return [_sum([Fraction(w, step.scale) for w in row], units, Fraction(b, step.scale)) for row, b in columns]
    if isinstance(step, Rectify):
        return [_relu(unit) if rectified else unit for unit, rectified in zip(units, step.mask.tolist(), strict=True)]
    if isinstance(step, Largest):
        return [_largest([units[unit] for unit in group]) for group in step.groups]
    return [f"softmax({', '.join(units)})[{unit + 1}]" for unit in range(len(units))]


def _needed(definitions: list[str], lines: list[str]) -> list[str]:
    """Keep the definitions that the lines below them mention."""
    kept: list[str] = []
    for definition in reversed(definitions):
        name = definition.split(" = ")[0]
        if any(_mentions(line, name) for line in lines + kept):
            kept.insert(0, definition)
    return kept


def _mentions(line: str, name: str) -> bool:
    words = "".join(c if c.isalnum() else " " for c in line.split(" = ", 1)[1])
    return name in words.split()


def _uses(step: Affine, unit: int) -> int:
    return int((step.weight[unit] != 0).sum())


def _named(unit: str, uses: int, definitions: list[str]) -> str:
    if uses < 2 or len(unit) <= INLINE:
        return unit
    name = f"h{len(definitions) + 1}"
    definitions.append(f"{name} = {unit}")
    return name


def _relu(unit: str) -> str:
    return f"relu({unit})"


def _largest(units: list[str]) -> str:
    return f"max({', '.join(units)})" if len(units) > 1 else units[0]


def _sum(row: Sequence[Fraction], units: Sequence[str], bias: Fraction) -> str:
    terms = [(weight, _atom(unit)) for weight, unit in zip(row, units, strict=True) if weight and unit != "0"]
    if len(terms) == 1 and terms[0][0] == 1 and not bias:
        return next(unit for weight, unit in zip(row, units, strict=True) if weight and unit != "0")
    text = "".join(_term(weight, unit, first=i == 0) for i, (weight, unit) in enumerate(terms))
    if bias or not text:
        text += _term(bias, "", first=not text)
    return text


def _term(weight: Fraction, unit: str, *, first: bool) -> str:
    sign = ("-" if weight < 0 else "") if first else (" - " if weight < 0 else " + ")
    if not unit:
        return sign + written(abs(weight))
    return sign + (unit if abs(weight) == 1 else f"{written(abs(weight))}*{unit}")


def _atom(unit: str) -> str:
    """Put a sum or a product in parentheses before it is multiplied or subtracted."""
    if unit.isalnum() or (unit.startswith(("relu(", "max(", "softmax(")) and _closes_at_end(unit)):
        return unit
    return f"({unit})"


def _closes_at_end(unit: str) -> bool:
    depth = 0
    for position, character in enumerate(unit):
        depth += (character == "(") - (character == ")")
        if depth == 0 and character == ")":
            return position == len(unit) - 1
    return False
