"""A name and options for Zennit: which attributor, with whose hooks."""

import inspect
from dataclasses import dataclass
from typing import Any

from ..promises import promised_by
from .names import attributors, conserves, hooking

OURS = frozenset(
    {"self", "model", "composite", "attr_output", "create_graph", "retain_graph", "baseline_fn", "occlusion_fn"}
)
"""Parameters of attributors that are no options."""


@dataclass(frozen=True)
class Named:
    """A composite, a rule or an attributor, by its name and its options."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        hooks = None if self.hooks is None else hooking()[self.hooks].__name__
        method = hooks if hooks is not None and self.name not in attributors() else self.name
        claims = promised_by("zennit", method, dict(self.options))
        return {"conserves": conserves(self.attributor, hooks), "claims": claims}

    @property
    def attributor(self) -> str:
        """The name of the attributor."""
        return self.name if self.name in attributors() else str(dict(self.options).get("attributor", "Gradient"))

    @property
    def hooks(self) -> str | None:
        """The name of the composite or rule whose hooks change the gradient, if there is one."""
        asked = dict(self.options).get("composite") if self.name in attributors() else self.name
        return None if asked is None else str(asked)


def attributor_options(name: str) -> frozenset[str]:
    """Return the options of an attributor."""
    parameters = frozenset(inspect.signature(attributors()[name]).parameters) - OURS
    return parameters | {"invert"} if name == "Occlusion" else parameters
