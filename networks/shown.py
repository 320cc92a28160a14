"""What notebooks show of a value: HTML, by a writer that is looked up by name, for values know no writers."""

from importlib import import_module
from typing import ClassVar


class Shown:
    """A value that a notebook shows by the function ``writer`` of ``reports.notebook``."""

    writer: ClassVar[str]

    def _repr_html_(self) -> str:
        """Return the value as a fragment of HTML."""
        writers = import_module("..reports.notebook", __package__)
        return str(getattr(writers, self.writer)(self))
