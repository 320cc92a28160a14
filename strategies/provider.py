"""Hypothesis' own provider, without the constants it collects from imported modules.

Those make a draw depend on what else is imported, and leave a folder in the user's directory. A block of bytes of one
fixed length has no use for them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider


class BlockProvider(HypothesisProvider):
    """Draws blocks of bytes uniformly, and nothing from a pool."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:
        return None

    def draw_bytes(self, min_size: int = 0, max_size: int = 2**10) -> bytes:
        """Return random bytes; a block of fixed length in one go."""
        if min_size == max_size and self._random is not None:
            return self._random.randbytes(min_size)
        return super().draw_bytes(min_size, max_size)


@contextmanager
def block_provider() -> Iterator[None]:
    """Let searches that start inside draw from ``BlockProvider``, with all else that Hypothesis' own engine does."""
    before = AVAILABLE_PROVIDERS["hypothesis"]
    AVAILABLE_PROVIDERS["hypothesis"] = f"{__name__}.{BlockProvider.__name__}"
    try:
        yield
    finally:
        AVAILABLE_PROVIDERS["hypothesis"] = before
