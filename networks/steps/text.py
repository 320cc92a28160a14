"""Formulas of units, put together."""

import re
from collections.abc import Sequence
from fractions import Fraction

from ..dyadics import decimal

_CALL = re.compile(r"[a-z_]+\(")


def weighted_sum(weights: Sequence[Fraction], units: Sequence[str], bias: Fraction) -> str:
    """Return ``2*x1 - x2 + 0.5``; terms that are 0 are left out.

    >>> weighted_sum([Fraction(2), Fraction(-1)], ["x1", "relu(x2) + 1"], Fraction(1, 2))
    '2*x1 - (relu(x2) + 1) + 0.5'
    """
    terms = [(weight, unit) for weight, unit in zip(weights, units, strict=True) if weight and unit != "0"]
    if len(terms) == 1 and terms[0][0] == 1 and not bias:
        return terms[0][1]
    text = "".join(_term(weight, _atom(unit), first=i == 0) for i, (weight, unit) in enumerate(terms))
    if bias or not text:
        text += _term(bias, "", first=not text)
    return text


def product(one: str, other: str) -> str:
    """Return ``a*b``, sums in parentheses.

    >>> product("x1 + x2", "relu(x3)")
    '(x1 + x2)*relu(x3)'
    """
    return "0" if "0" in (one, other) else f"{_atom(one)}*{_atom(other)}"


def _term(weight: Fraction, unit: str, *, first: bool) -> str:
    sign = ("-" if weight < 0 else "") if first else (" - " if weight < 0 else " + ")
    if not unit:
        return sign + decimal(abs(weight))
    return sign + (unit if abs(weight) == 1 else f"{decimal(abs(weight))}*{unit}")


def _atom(unit: str) -> str:
    """Put a sum or a product in parentheses before it is multiplied or subtracted."""
    if unit.isalnum() or (_CALL.match(unit) and _closes_at_end(unit)):
        return unit
    return f"({unit})"


def _closes_at_end(unit: str) -> bool:
    depth = 0
    for position, character in enumerate(unit):
        depth += (character == "(") - (character == ")")
        if depth == 0 and character == ")":
            return position == len(unit) - 1
    return False
