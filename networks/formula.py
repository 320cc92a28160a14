"""A network as a formula that people read."""

from collections.abc import Sequence

from .dyadics import written
from .layers import Linear
from .network import Network

INLINE = 24
"""A unit that is used more than once gets a name of its own when its expression is longer than this."""


def formula(network: Network, target: int | None = None) -> str:
    """Return ``f(x1, x2) = …``; units that would be repeated are defined first, one a line.

    >>> print(formula(Network((Linear(((2.0, 0.0), (1.0, -0.5)), (0.0, -1.0)),))))
    f1(x1, x2) = 2*x1
    f2(x1, x2) = x1 - 0.5*x2 - 1
    """
    definitions: list[str] = []
    units = [f"x{i + 1}" for i in range(network.in_features)]
    for index, layer in enumerate(network.layers):
        if isinstance(layer, Linear):
            units = [_sum(row, units, bias) for row, bias in zip(layer.weight, layer.bias, strict=True)]
        else:
            units = [_relu(unit) for unit in units]
        above = network.layers[index + 1] if index + 1 < len(network.layers) else None
        if isinstance(above, Linear):
            units = [_named(unit, _uses(above, j), definitions) for j, unit in enumerate(units)]
    variables = ", ".join(f"x{i + 1}" for i in range(network.in_features))
    chosen = range(len(units)) if target is None else [target]
    names = ["f" if len(chosen) == 1 else f"f{k + 1}" for k in chosen]
    lines = [f"{name}({variables}) = {units[k]}" for name, k in zip(names, chosen, strict=True)]
    return "\n".join(_needed(definitions, lines) + lines)


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


def _uses(layer: Linear, unit: int) -> int:
    return sum(row[unit] != 0 for row in layer.weight)


def _named(unit: str, uses: int, definitions: list[str]) -> str:
    if uses < 2 or len(unit) <= INLINE:
        return unit
    name = f"h{len(definitions) + 1}"
    definitions.append(f"{name} = {unit}")
    return name


def _relu(unit: str) -> str:
    return f"relu({unit})"


def _sum(row: Sequence[float], units: Sequence[str], bias: float) -> str:
    terms = [(weight, _atom(unit)) for weight, unit in zip(row, units, strict=True) if weight and unit != "0"]
    if len(terms) == 1 and terms[0][0] == 1 and not bias:
        return next(unit for weight, unit in zip(row, units, strict=True) if weight and unit != "0")
    text = "".join(_term(weight, unit, first=i == 0) for i, (weight, unit) in enumerate(terms))
    if bias or not text:
        text += _term(bias, "", first=not text)
    return text


def _term(weight: float, unit: str, *, first: bool) -> str:
    sign = ("-" if weight < 0 else "") if first else (" - " if weight < 0 else " + ")
    if not unit:
        return sign + written(abs(weight))
    return sign + (unit if abs(weight) == 1 else f"{written(abs(weight))}*{unit}")


def _atom(unit: str) -> str:
    """Put a sum or a product in parentheses before it is multiplied or subtracted."""
    if unit.isalnum() or (unit.startswith("relu(") and _closes_at_end(unit)):
        return unit
    return f"({unit})"


def _closes_at_end(unit: str) -> bool:
    depth = 0
    for position, character in enumerate(unit):
        depth += (character == "(") - (character == ")")
        if depth == 0 and character == ")":
            return position == len(unit) - 1
    return False
