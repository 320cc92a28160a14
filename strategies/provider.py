"""Hypothesis without the constants that it collects from imported modules.

Those make a draw depend on what else is imported, and leave a folder in the user's directory; a block of bytes of one
fixed length has no use for them. They are drawn by ``HypothesisProvider``, which the engine also makes by itself where
no backend can step in, so its method is exchanged while a search runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from hypothesis.internal.conjecture.providers import HypothesisProvider


@contextmanager
def without_constants() -> Iterator[None]:
    """Let searches that run inside draw from chance alone."""
    with patch.object(HypothesisProvider, "_maybe_draw_constant", lambda *_, **__: None):
        yield
