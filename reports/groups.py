"""The groups of axioms, with their headings."""

from collections.abc import Sequence

from ..axioms import AXIOMS

GROUPS: dict[str, str] = {
    "tutorial": "axioms of the tutorial",
    "further": "further axioms",
    "contract": "contracts",
}
"""The groups of axioms, in order, with their headings."""


def grouped(axioms: Sequence[str]) -> dict[str, list[str]]:
    """Return the axioms by the heading of their group, as far as there are any."""
    groups = {heading: [name for name in axioms if AXIOMS[name].group == group] for group, heading in GROUPS.items()}
    return {heading: names for heading, names in groups.items() if names}
