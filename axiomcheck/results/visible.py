"""Text that a terminal or a log shows as it is, whatever is in it."""

import re

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, changes colours or the direction of writing, or is no letter at all."""
COMMAND = re.compile(r"^(\s*)(?=::)", re.MULTILINE)
"""How a line begins that GitHub Actions takes for a command, wherever it is printed."""


def visible(text: str) -> str:
    r"""Return a text in which what cannot be seen, or would be run, is escaped; lines remain lines.

    >>> print(visible("\x1b[31mred"))
    \x1b[31mred
    >>> print(visible("::error::x"))
    \::error::x
    """
    text = COMMAND.sub(r"\1\\", text)
    return HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
