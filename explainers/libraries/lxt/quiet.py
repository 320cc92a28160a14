"""What LXT warns of at each call, and what torch.fx logs once."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Silence both, and put the log back."""
    log = logging.getLogger("torch.fx._symbolic_trace")
    before = log.disabled
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log.disabled = True
        try:
            yield
        finally:
            log.disabled = before
