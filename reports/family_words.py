"""Families as people call them: presets by their names, mixes of items by what is in them."""

from collections.abc import Iterator
from functools import cache

from ..networks import AxiomcheckError, Family
from ..networks.family import CATALOGUE, DESCRIPTIONS, ITEMS, PRESETS
from ..networks.ingredients import widest
from .phrases import listed

SHOWN = 3
"""So many kinds of layers are named in a label; of more, all but one of these and how many others there are."""


@cache
def label(family: str) -> str:
    """Return what a family is called in a table; a model keeps its name.

    >>> label("ordinary"), label("conv,maxpool,bias=none"), label("mlp,bias=none")
    ('ordinary', 'convolutions and max pools, no biases', 'bias-free')
    >>> label("inputs=nonnegative,outputs=1")
    'perceptrons, inputs ≥ 0, a single output'
    >>> label("residual,concat,styles,kinks,softmax")
    'residual sums, concatenations and 3 more'
    """
    mix = _mix(family)
    if mix is None:
        return _name(family)
    nouns = _nouns(mix)
    if len(nouns) > SHOWN:
        nouns = [*nouns[: SHOWN - 1], f"{len(nouns) - SHOWN + 1} more"]
    return ", ".join([listed(nouns, "and"), *_options(mix)])


def quoted(family: str) -> str:
    """Return what a family is called within a sentence: in quotes where that has commas of its own.

    >>> quoted("ordinary"), quoted("conv,bias=none")
    ('ordinary', '“convolutions, no biases”')
    """
    return label(family) if _mix(family) is None else f"“{label(family)}”"


def place(family: str) -> str:
    """Return where a family is, within a sentence.

    >>> place("ordinary"), place("conv,bias=none"), place(str(widest()))
    ('in ordinary', 'in “convolutions, no biases”', 'everywhere')
    """
    return "everywhere" if _mix(family) == widest() else f"in {quoted(family)}"


def description(family: str) -> str:
    """Return in full what a family draws; nothing of a model.

    >>> description("conv,bias=none")
    'perceptrons with convolutions, no biases: mlp,conv,bias=none,output=any,inputs=real,outputs=many'
    """
    mix = _mix(family)
    if mix is None:
        return DESCRIPTIONS.get(_name(family), "")
    layers = "" if mix.items == {"mlp"} else f" with {listed(_nouns(mix), 'and')}"
    return f"{', '.join([f'perceptrons{layers}', *_options(mix)])}: {mix}"


@cache
def _mix(family: str) -> Family | None:
    """Return the mix that a text names; None of a preset, and of a model."""
    try:
        parsed = Family.parse(family)
    except AxiomcheckError:
        return None
    return None if str(parsed) in PRESETS else parsed


def _name(family: str) -> str:
    """Return the name of a preset, or the items of a mix; another text as it is."""
    try:
        return str(Family.parse(family))
    except AxiomcheckError:
        return family


def _nouns(family: Family) -> list[str]:
    return [CATALOGUE[item].noun for item in ITEMS if item in family.items - {"mlp"}] or ["perceptrons"]


def _options(family: Family) -> Iterator[str]:
    if family.bias != "any":
        yield "no biases" if family.bias == "none" else "biases ≤ 0"
    if family.output == "relu":
        yield "a ReLU behind every layer"
    if family.inputs == "nonnegative":
        yield "inputs ≥ 0"
    if family.outputs == "1":
        yield "a single output"
