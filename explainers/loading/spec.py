"""What a user writes for an explainer, taken apart: HOME:NAME:OPTIONS."""

import ast
from typing import NamedTuple

from ...networks import AxiomcheckError


class Spec(NamedTuple):
    """A home, which is None for a registered name; the name there; and the options."""

    home: str | None
    name: str
    options: dict[str, object]


def parse_spec(text: str) -> Spec:
    """Return the parts of a text, split from the right; ``AxiomcheckError`` if its options cannot be read.

    Colons and commas inside brackets and quotes belong to a value.

    >>> parse_spec("captum:IntegratedGradients:n_steps=200")
    Spec(home='captum', name='IntegratedGradients', options={'n_steps': 200})
    """
    *homes, last = split_at(text, ":")
    options = _options(last) if homes and "=" in last else {}
    *homes, name = homes if options else (*homes, last)
    return Spec(":".join(homes) if homes else None, name, options)


def home_of(name: str) -> str | None:
    """Return the home of an explainer's name; None for a registered name, and for one that cannot be parsed."""
    try:
        return parse_spec(name).home
    except AxiomcheckError:
        return None


def _options(text: str) -> dict[str, object]:
    """Return ``k=v,k=v`` as a mapping."""
    pairs = [item.partition("=") for item in split_at(text, ",")]
    for name, equals, _ in pairs:
        if not equals or not name.strip().isidentifier():
            raise AxiomcheckError(f"expected options as name=value but got {text!r}")
    names = [name.strip() for name, _, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise AxiomcheckError(f"expected each option once but got {twice!r} twice in {text!r}")
    return {name: _value(value.strip()) for name, (_, _, value) in zip(names, pairs, strict=True)}


def split_at(text: str, mark: str) -> list[str]:
    """Return the parts between marks that stand outside brackets, and outside quotes where a value begins with one.

    >>> split_at("s='a:b',t=[1,2]", ",")
    ["s='a:b'", 't=[1,2]']
    """
    parts, depth, quote = [""], 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
            parts[-1] += character
            continue
        quote = character if character in "'\"" and parts[-1].endswith("=") else ""
        depth += (character in "([{") - (character in ")]}")
        if character == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _value(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):  # the latter of very long texts
        return text
