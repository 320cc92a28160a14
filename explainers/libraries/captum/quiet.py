"""Captum's warnings and log, which would be told once a call."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Silence both, and put the handlers of the log back: a change of its level costs as much as a gradient."""
    log = logging.getLogger("captum")
    before = log.handlers, log.propagate
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log.handlers, log.propagate = [logging.NullHandler()], False
        try:
            yield
        finally:
            log.handlers, log.propagate = before
