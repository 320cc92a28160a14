"""What happens along the path of a counterexample, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from ..models.case import ModelCase
from ..networks import Case
from ..networks.layers import Vector, frozen


@dataclass(frozen=True)
class PathProfile:
    """n places of a path: ``at`` (n,) in segments, ``inputs`` and ``scores`` (n, d), ``outputs`` (n,), and ``jumps``.

    Both sides of a kink are two places of the same ``at``, whose scores are a step of the resolution apart. Outputs are
    kept in files where they do not follow from these: those of a model of one's own.
    """

    at: Vector
    inputs: tuple[Vector, ...]
    scores: tuple[Vector, ...]
    outputs: Vector
    jumps: Vector
    keeps_outputs: bool = False

    @classmethod
    def on(cls, case: Case | ModelCase, at: Vector, scores: tuple[Vector, ...], jumps: Vector) -> "PathProfile":
        """Return the places of a case's path with what follows from them: the inputs, and the output asked about."""
        assert case.path is not None
        points = case.path.points(np.array(at))
        outputs = case.subject.outputs(points)[:, case.target]
        return cls(at, frozen(points), scores, frozen(outputs), jumps, not case.networks)

    def as_data(self) -> dict[str, Any]:
        """Return what does not follow from the case, as JSON knows it; the scores variable by variable."""
        columns = [list(column) for column in zip(*self.scores, strict=True)]
        outputs = {"outputs": list(self.outputs)} if self.keeps_outputs else {}
        return {"at": list(self.at), "scores": columns, "jumps": list(self.jumps)} | outputs

    @classmethod
    def of(cls, data: Mapping[str, Any], case: Case | ModelCase) -> "PathProfile":
        """Return what ``as_data`` told of ``case``; ``ValueError`` if its parts do not fit each other."""
        at, columns, jumps = (frozen(data[name]) for name in ("at", "scores", "jumps"))
        scores = tuple(zip(*columns, strict=True))
        if case.path is None or len(columns) != prod(case.shape) or not 0 < len(scores) == len(at):
            raise ValueError("the scores along its path are not as many as its places")
        ends = min((*at, *jumps)), max((*at, *jumps))
        if ends[0] < 0 or ends[1] > case.path.segments or at[-1] == 0 or list(at) != sorted(at):
            raise ValueError("places that are not on its path, in order")
        if not np.isfinite(scores).all():
            raise ValueError("scores along its path that are no numbers")
        if case.networks:
            return cls.on(case, at, scores, jumps)
        outputs = frozen(data["outputs"])
        if len(outputs) != len(at) or not np.isfinite(outputs).all():
            raise ValueError("outputs along its path that are not as many as its places")
        return cls(at, frozen(case.path.points(np.array(at))), scores, outputs, jumps, keeps_outputs=True)
