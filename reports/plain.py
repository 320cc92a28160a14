"""Text that a terminal or a log shows as it is, whatever is in it."""

import re
from typing import Any

from ..results.certificate import Certificate

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, changes colours or the direction of writing, or is no letter at all."""


def visible(text: str) -> str:
    r"""Return a text in which what cannot be seen is escaped; lines remain lines.

    >>> print(visible("\x1b[31mred"))
    \x1b[31mred
    """
    return HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def printable(certificate: Certificate) -> Certificate:
    """Return a certificate all of whose texts can be printed."""
    from ..results.certificate_reader import certificate_of

    data = certificate.as_data()
    shown = _visible(data)
    return certificate if shown == data else certificate_of(shown)


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {_visible(name): _visible(part) for name, part in value.items()}
    return [_visible(part) for part in value] if isinstance(value, (list, tuple)) else value
