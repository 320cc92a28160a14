"""Options of a library's method tried out, so that a value which it does not take is told before anything is judged."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from ...networks import AxiomcheckError, UnknownName
from ..protocol import Explainer, Unsupported, declaration

LARGE = 1_000
"""Numbers above are not tried: they may be right, and take long."""


def require_options(
    spec: str, method: Explainer, make: Callable[[dict[str, object]], Explainer], options: dict[str, object]
) -> None:
    """Raise ``AxiomcheckError`` where ``made`` fails on each small model on which it works if made without options."""
    if any(isinstance(value, int | float) and value > LARGE for value in options.values()):
        return
    try:
        plain = make({})
    except AxiomcheckError:
        return  # it needs some
    works = [arguments for arguments in _models() if _failure(plain, *arguments) is None]
    failures = [_failure(method, *arguments) for arguments in works]
    if failures and all(failures):
        options_text = ", ".join(f"{name}={value!r}" for name, value in options.items())
        raise AxiomcheckError(f"{spec} fails with {options_text} wherever it is tried: {failures[0]}")


def _models() -> Iterator[tuple[nn.Module, Tensor]]:
    """Yield models of short and long vectors and of images, with an input for each."""
    with torch.random.fork_rng(devices=[]):  # the generator is the user's
        short = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2))
        long = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 2))
        convolutional = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(32, 2))
    for model, shape in ((short, (1, 2)), (long, (1, 6)), (convolutional, (1, 1, 6, 6))):
        for parameter in model.parameters():
            parameter.data = torch.linspace(-1, 1.5, parameter.numel()).reshape(parameter.shape)
        yield model.eval(), torch.linspace(-1, 2, math.prod(shape)).reshape(shape)


def _failure(explain: Explainer, model: nn.Module, inputs: Tensor) -> str | None:
    """Return what an explainer raises, in one line, None if nothing; what it does not support is no failure.

    That it knows no such name says it all.
    """
    takes, arguments = declaration(explain), dict[str, Any]()
    if takes.has_baseline:
        arguments["baseline"] = torch.zeros_like(inputs)
    if takes.samples:
        arguments["seed"] = 0
    try:
        explain(model, inputs, torch.ones(1, dtype=torch.int64), **arguments)
    except Unsupported:
        return None
    except UnknownName:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a library raises
        return f"{type(error).__name__}: {(str(error).splitlines() or ['no message'])[0]}"
    return None
