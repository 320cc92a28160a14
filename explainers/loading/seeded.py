"""Seeds for what draws from global generators: Captum draws from those of torch and of numpy."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed both global generators, and put them back afterwards."""
    before = np.random.get_state()  # noqa: NPY002 - it is the global generator that is drawn from
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            np.random.seed(seed % 2**32)  # noqa: NPY002
            yield
    finally:
        np.random.set_state(before)  # noqa: NPY002
