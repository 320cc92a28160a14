"""How explainers with options are shown."""

from dataclasses import fields
from typing import Any


class Options:
    """A dataclass whose ``repr`` rebuilds it and leaves out what is the default."""

    def __repr__(self) -> str:
        of: Any = self
        given = [
            (field.name, getattr(self, field.name))
            for field in fields(of)
            if field.default != getattr(self, field.name)
        ]
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in given)})"
