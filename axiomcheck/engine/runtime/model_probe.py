"""Observing: what a call of an explainer asks of the model, and what happens if that fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from types import MethodType
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ...networks import Array

_NONE: Array = np.zeros((0, 0))


class Trouble(RuntimeError):
    """What a model raises if it is told to, as it would if memory ran out."""


@dataclass
class ProbedForward:
    """A model's ``forward`` that notes what it is asked, and fails if it is told to.

    It fails once the call of number ``fails`` has run, counted from 1; with ``fails_back`` on the way back.
    Copies of the model that an explainer makes are no longer watched.
    """

    model: nn.Module
    fails: int = 0
    fails_back: bool = False
    count: int = 0
    seen: list[tuple[Tensor, Tensor]] = field(default_factory=list)

    @classmethod
    def over(cls, model: nn.Module, *, fails: int = 0, fails_back: bool = False) -> "ProbedForward":
        """Put it in the place of ``forward`` of ``model``."""
        watched = cls(model, fails, fails_back)
        model.forward = watched
        return watched

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the model does."""
        run = MethodType(type(self.model).forward, self.model)
        points_asked: Any = args[0] if args else next(iter(kwargs.values()), None)
        if not _is_concrete(points_asked):
            return run(*args, **kwargs)
        points = points_asked.detach().clone()  # a model may begin with a layer that works in place
        outputs = run(*args, **kwargs)
        self.count += 1
        if self.count == self.fails:
            raise Trouble("provoked")
        if isinstance(outputs, Tensor):
            self.seen.append((points, outputs.detach().clone()))
            if self.fails_back and outputs.requires_grad:
                outputs.register_hook(_fail)  # type: ignore[no-untyped-call]
        return outputs

    def __deepcopy__(self, memo: dict[int, Any]) -> Callable[..., Any]:
        copied = memo[id(self.model)]
        return MethodType(type(copied).forward, copied)

    @property
    def lowest(self) -> float:
        """The smallest coordinate of all points at which it was asked."""
        return min((float(points_asked.min()) for points_asked, _ in self.seen if points_asked.numel()), default=inf)

    def outputs_at(self, points: Tensor) -> list[Array]:
        """Return for each of ``points`` (B, *shape) the outputs (n, K) that the model gave when it was asked there."""
        outputs_found: list[list[Tensor]] = [[] for _ in points]
        for points_asked, outputs in self.seen:
            if points_asked.shape[1:] == points.shape[1:] and outputs.shape[:1] == points_asked.shape[:1]:
                alike = (points_asked[:, None] == points).flatten(2).all(2)
                for number, row in alike.T.nonzero().tolist():
                    outputs_found[number].append(outputs[row])
        return [torch.stack(rows).double().cpu().numpy() if rows else _NONE for rows in outputs_found]


def _fail(_: Tensor) -> None:
    raise Trouble("provoked")


def _is_concrete(points_asked: object) -> bool:
    """Whether it holds numbers: neither a name for them, in tracing, nor a batch that torch.func has wrapped."""
    wrapped = torch._C._functorch.is_functorch_wrapped_tensor  # noqa: SLF001
    return isinstance(points_asked, Tensor) and not wrapped(points_asked)
