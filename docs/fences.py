"""Doctests of docstrings, fenced so that pages show them as code."""

import re
from typing import Any

from griffe import Extension, Object

SESSION = re.compile(r"(?:^>>> .*\n?(?:^(?!>>> )\S.*\n?)*)+", re.MULTILINE)


class Fences(Extension):
    """Put every interactive session into a block of code."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Fence the sessions of one docstring."""
        if obj.docstring is not None:
            obj.docstring.value = SESSION.sub(lambda session: f"```pycon\n{session.group().rstrip()}\n```\n", obj.docstring.value)
