"""Certificates and counterexamples all of whose texts a terminal or a log shows as they are."""

from typing import Any

from ..results.certificate import Certificate
from ..results.certificate_reader import certificate_of
from ..results.counterexample import Counterexample
from ..results.reader import counterexample_of
from ..results.visible import visible


def printable(certificate: Certificate) -> Certificate:
    """Return a certificate all of whose texts can be printed."""
    data = certificate.as_data()
    shown = _visible(data)
    return certificate if shown == data else certificate_of(shown)


def printable_counterexample(counterexample: Counterexample) -> Counterexample:
    """Return a counterexample all of whose texts can be printed."""
    data = counterexample.as_data()
    shown = _visible(data)
    return counterexample if shown == data else counterexample_of(shown)


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {_visible(name): _visible(part) for name, part in value.items()}
    return [_visible(part) for part in value] if isinstance(value, (list, tuple)) else value
