"""How commands print: in the letters that the terminal has, with colour or without."""

import codecs
import os
import sys
from io import TextIOWrapper
from unicodedata import normalize

ERRORS = "axiomcheck.plain"
"""The name under which ``plain`` is known to codecs."""
PLAIN = {
    "✔": "+",
    "✘": "x",
    "≈": "~",
    "ε": "eps",
    "γ": "gamma",
    "α": "alpha",
    "β": "beta",
    "Σ": "sum",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "≡": "==",
    "·": "*",
    "×": "x",
    "–": "-",
    "…": "...",
    "‖": "||",
    "−": "-",
    "√": "sqrt",
    "∞": "inf",
    "⁺": "+",
    "ᴮ": "B",
    "²": "2",
    "½": "1/2",
}
"""What is printed for a letter that the terminal does not have; a question mark for all others."""


def plain(error: UnicodeError) -> tuple[str, int]:
    """Return letters of ASCII for those that cannot be encoded, and where to go on.

    >>> codecs.register_error(ERRORS, plain)
    >>> "Müller: LRP-ε ≥ 0 ✔ 网".encode("ascii", ERRORS)
    b'Muller: LRP-eps >= 0 + ?'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_ascii, error.object[error.start : error.end])), error.end


def _ascii(letter: str) -> str:
    without_accent = normalize("NFKD", letter)[0]
    return PLAIN.get(letter, without_accent if without_accent.isascii() else "?")


def set_up(color: str) -> None:
    """Let all that is printed be letters that the terminal has; ``color`` is auto, always or never."""
    codecs.register_error(ERRORS, plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ERRORS)
    if color == "never":
        os.environ["NO_COLOR"] = "1"
    elif color == "always":
        os.environ["FORCE_COLOR"] = "1"
