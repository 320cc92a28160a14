"""The corpus: minimal counterexamples of known methods, with their causes, as one compressed file of the package."""

import json
import lzma
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .counterexample import Counterexample
from .reader import BrokenFile
from .structure import structured

HOME = Path(__file__).with_name("corpus.jsonl.xz")
VERSION = "1"
"""Of what is in it: it changes whenever an entry does."""
LICENCE = "MIT"


@dataclass(frozen=True)
class Answer:
    """What an explainer says on the case of an entry, by its number from 1: its verdict, and why.

    The verdict is ``holds``, ``violated``, ``error`` or ``silent``: the case says nothing of this explainer.
    """

    number: int
    counterexample: Counterexample
    verdict: str
    reason: str


def load_corpus() -> Sequence[Counterexample]:
    """Return the counterexamples of the corpus, ordered by axiom, then by method; those of one version never change.

    Each is the smallest network with some kind of layer, style or rewrite on which a method was found to break an
    axiom: the ``explainer`` is that method, ``cause`` says what went wrong there, and ``case`` what it is asked.

    >>> corpus = load_corpus()
    >>> len(corpus) >= 1000, corpus[0].axiom
    (True, 'conservation')
    """
    return _loaded()


def ordered(counterexamples: Iterable[Counterexample]) -> list[Counterexample]:
    """Return counterexamples in the order of the corpus: by axiom, then by method, the simplest first."""
    return sorted(counterexamples, key=lambda one: (one.axiom, one.explainer, one.case.simplicity, one.formula))


def written(counterexamples: Iterable[Counterexample]) -> bytes:
    """Return the file of a corpus: a line about it, and one for each counterexample."""
    entries = ordered(counterexamples)
    about = {"corpus": VERSION, "licence": LICENCE, "counterexamples": len(entries)}
    data = (about, *(one.as_data() for one in entries))
    lines = (json.dumps(entry, ensure_ascii=False, allow_nan=False) for entry in data)
    return lzma.compress("\n".join(lines).encode(), preset=9)


@cache
def _loaded() -> tuple[Counterexample, ...]:
    try:
        about, *lines = map(json.loads, lzma.decompress(HOME.read_bytes()).decode().splitlines())
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise BrokenFile(f"the corpus cannot be read: {error}") from error
    if about["corpus"] != VERSION:
        raise BrokenFile(f"Expected version {VERSION} of the corpus but the file has {about['corpus']}")
    return tuple(structured(line, Counterexample) for line in lines)
