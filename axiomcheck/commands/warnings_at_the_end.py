"""Warnings of libraries, and of explainers: each told once, behind all that a command prints."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ..engine.runtime.warning_listener import listening
from ..results.visible import visible

MOST = 10
"""How many are told."""


@contextmanager
def warnings_at_the_end(*, quiet: bool) -> Iterator[None]:
    """Keep the warnings of a command, and print them to standard error when it ends; not if it is to be ``quiet``."""
    kept: dict[str, None] = {}
    try:
        with listening(kept.setdefault):
            yield
    finally:
        if kept and not quiet:
            sys.stdout.flush()
            print("\n".join(["\nwarnings, each once:", *_lines(list(kept))]), file=sys.stderr)


def _lines(kept: list[str]) -> Iterator[str]:
    yield from (f"  {visible(line)}" for line in kept[:MOST])
    if len(kept) > MOST:
        yield f"  and {len(kept) - MOST} more"
