"""What an axiom may be called: by its name in the registry, or, of two explainers, equality with the other."""

from collections.abc import Iterable

from ..networks import UnknownName

EQUALITY = "equality with "
"""What the name of an equality begins with; the name of the other explainer follows."""
OFF_ZEROS = ", off zero pre-activations"
"""What it ends with where inputs of zero pre-activations do not count."""


def require_axiom(name: str, known: Iterable[str]) -> None:
    """Raise ``UnknownName`` unless it is ``known``, or the name of an equality."""
    if name not in known and not name.startswith(EQUALITY):
        raise UnknownName("axiom", name, known)
