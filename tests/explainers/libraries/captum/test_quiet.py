"""Captum's log while it is asked."""

import logging
import warnings

import pytest

from axiomcheck.explainers.libraries.captum.quiet import quiet


def test_it_is_silent_while_it_is_asked(caplog):
    """Whatever module of it speaks; before and afterwards it is heard."""
    log = logging.getLogger("captum.attr.somewhere")
    log.warning("before")
    with quiet():
        log.warning("meanwhile")
        warnings.warn("meanwhile", stacklevel=1)
    log.warning("afterwards")
    assert caplog.messages == ["before", "afterwards"]


def test_it_is_heard_again_after_a_failure(caplog):
    """Where Captum raises, its log is put back too."""
    with pytest.raises(ValueError, match="no"), quiet():
        raise ValueError("no")
    logging.getLogger("captum").warning("heard")
    assert caplog.messages == ["heard"]
