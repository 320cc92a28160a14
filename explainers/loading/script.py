"""Explainers of libraries as Python that somebody can send to their authors: pieces of functions ``explain``."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any


def function(imports: Iterable[str], body: Iterable[str], *, baseline: bool) -> str:
    """Return imports and a function ``explain(model, inputs, target)``, which takes a ``baseline`` where it has one."""
    head = f"def explain(model, inputs, target{', *, baseline' if baseline else ''}):"
    lines = indent("\n".join(body), "    ")
    return "\n".join(dict.fromkeys(("import torch", *imports))) + f"\n\n\n{head}\n{lines}"


def arguments(options: Mapping[str, Any], *, but: str = "") -> str:
    """Return options as keyword arguments.

    >>> arguments({"n_steps": 20, "method": "riemann_left"})
    "n_steps=20, method='riemann_left'"
    """
    return ", ".join(f"{name}={value!r}" for name, value in options.items() if name != but)


def seeding(samples: bool) -> Iterator[str]:  # noqa: FBT001 - a fact about the method
    """Yield what makes a method that samples repeat itself."""
    if samples:
        yield "torch.manual_seed(0)"
        yield "__import__('numpy').random.seed(0)"
