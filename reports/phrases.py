"""Phrases: families, what sets them apart, and counterexamples, within a sentence."""

from collections.abc import Iterator, Sequence

from ..models.case import ModelCase
from ..networks import Family
from ..networks.family import CATALOGUE, CURVED, ITEMS, OPTIONS
from ..results.counterexample import AnyCase, Counterexample

LONGEST = 100
"""Letters of a formula within a sentence."""


def restriction(family: Family, within: Family) -> str:
    """Return what sets ``family`` apart from the wider one.

    >>> restriction(Family.parse("deep-taylor"), Family.parse("biased"))
    'for biases ≤ 0 and inputs ≥ 0 with a ReLU behind every layer'
    >>> restriction(Family.parse("conv,bias=none"), Family.parse("conv,maxpool,styles"))
    'without biases, max pools or other styles of code'
    """
    missing = [item for item in ITEMS if item in within.items - family.items]
    parts = []
    if family.items == {"mlp"} and len(missing) > 3:
        parts.append("on chains of Linear and ReLU")
        missing = []
    if (family.bias, family.output) != ("any", "any"):
        missing = [item for item in missing if item not in CURVED]
    without = ["biases"] if family.bias == "none" != within.bias else []
    if without or missing:
        parts.append("without " + listed([*without, *(CATALOGUE[item].noun for item in missing)], "or"))
    if bounds := list(_bounds(family, within)):
        parts.append("for " + listed(bounds, "and"))
    if family.output != within.output:
        parts.append("with a ReLU behind every layer")
    return (" " if len(parts) < 3 and len(missing) < 2 else ", ").join(parts)


def _bounds(family: Family, within: Family) -> Iterator[str]:
    if family.bias == "nonpositive" != within.bias:
        yield "biases ≤ 0"
    if family.inputs != within.inputs:
        yield "inputs ≥ 0"
    if family.outputs != within.outputs:
        yield "a single output"


def clauses(need: Family, beyond: Family, case: AnyCase) -> list[str]:
    """Return what ``need`` has that ``beyond`` has not, seen on ``case``, which needs it.

    What is curved, a softmax say, speaks for the options that it brings along.
    """
    items = [CATALOGUE[item].clause for item in ITEMS if item in need.items - beyond.items]
    wider = [
        name
        for name, values in OPTIONS.items()
        if values.index(getattr(need, name)) > values.index(getattr(beyond, name))
    ]
    if CURVED & need.items:
        wider = [name for name in wider if name not in ("bias", "output")]
    return [_option(name, need, case) for name in wider] + items


def _option(name: str, need: Family, case: AnyCase) -> str:
    if name == "bias":
        if any(not layer.is_homogeneous for network in case.networks for layer in network.leaves):
            return "there are biases or bounded activations"
        return "biases are positive" if need.bias == "any" else "biases are negative"
    if name == "output":
        return "a hidden layer is linear" if case.networks[0].ends_in_relu else "the output is linear"
    return {"inputs": "inputs are negative", "outputs": "there are several outputs"}[name]


def shown(counterexample: Counterexample) -> str:
    """Return a counterexample in a phrase: its formula, how it was rewritten, in which style it is written."""
    case = counterexample.case
    if case.derivation or isinstance(case, ModelCase):
        formula = ", ".join(counterexample.formula.splitlines())
    else:
        *units, last = case.network.formula(case.target).splitlines()
        formula = f"{last} where {', '.join(units)}" if units else last
    formula = formula if len(formula) <= LONGEST else formula[: LONGEST - 1] + "…"
    styles = [
        circumstance
        for circumstance in counterexample.circumstances
        if circumstance.startswith(("written", "rewritten"))
    ]
    return " ".join([formula, *styles])


def listed(words: Sequence[str], last: str) -> str:
    """Return words as people list them.

    >>> listed(["biases", "max pools", "a softmax"], "or")
    'biases, max pools or a softmax'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
