"""Slides 20–21: an input pattern moves over an image, and its explanation jumps."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..axioms import AXIOMS, Explain, Gap, Rejected
from ..axioms.subject import SubjectCase
from ..engine.question import Budget, Question
from ..explainers import locate
from ..networks import Case, Family, Path, Shape
from ..strategies.cases import COURSE, one_path
from ..strategies.draws import replace_bytes
from .search import Answer, answer, search
from .slide import Slide

IMAGES = "conv"
MOVING = 255
"""The byte that asks for the path of a moving pattern."""


def continuity() -> Slide:
    """Find a pattern that moves, and at whose places the scores jump."""
    moving, smooth = _on_moving("grad-x-input").counterexample, answer("lrp-epsilon", "continuity", "biased")
    jumps = moving.along.jumps if moving and moving.along else ()
    sentences = (
        f"A pattern moves over an image, and the scores of gradient × input jump at {len(jumps)} of its places: "
        f"{moving.reason}."
        if moving
        else "No jump on a moving pattern was found.",
        f"LRP-ε did not jump in {smooth.effective} cases on perceptrons."
        if smooth.counterexample is None
        else f"LRP-ε jumped too: {smooth.counterexample.reason}.",
    )
    return Slide(
        "20–21",
        "Continuity, as an animation",
        "Scores must vary continuously with the input (Montavon 2018).",
        "axiomcheck hunt grad-x-input continuity --family conv",
        sentences,
        bool(jumps) and smooth.counterexample is None,
        counterexamples=(moving,) if moving else (),
        moving=True,
    )


def _on_moving(name: str) -> Answer:
    """Search along patterns that move over images alone."""
    axiom = AXIOMS["continuity"]

    def draws(block: bytes, family: Family) -> Case:
        return one_path(replace_bytes(block, {COURSE.place: MOVING}), family)

    def gaps(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        if case.path is None or not is_moving(case.path, case.subject.shape):
            raise Rejected("no pattern moves on its path")
        yield from axiom.gaps(explain, case)

    question = Question(locate(name), replace(axiom, draws=draws, gaps=gaps), Family.parse(IMAGES), Budget(300))
    return search(question)


def is_moving(path: Path, shape: Shape) -> bool:
    """Return whether each vertex, as an image, is the one before it, moved by one column.

    >>> is_moving(Path(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))), (1, 3))
    True
    """
    if len(shape) < 2 or shape[-1] < 3 or path.segments < 2:
        return False
    frames = [np.array(vertex).reshape(-1, shape[-1]) for vertex in path.vertices]
    moved = all(
        np.array_equal(new[:, 1:], old[:, :-1]) and not new[:, 0].any() and not old[:, -1].any()
        for old, new in pairwise(frames)
    )
    return moved and bool(frames[0].any())
