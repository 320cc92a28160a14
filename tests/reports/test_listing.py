"""Lists of what there is."""

from axiomcheck.axioms import AXIOMS
from axiomcheck.reports.grouping import GROUPS
from axiomcheck.reports.listing import listing


def test_axioms_come_in_groups():
    """Each group has a heading, and under it the lines of its axioms."""
    lines = listing("axioms")
    headings = [lines.index(f"{heading}:") for heading in GROUPS.values()]
    assert headings == sorted(headings)
    for (group, _), start, end in zip(GROUPS.items(), headings, [*headings[1:], len(lines) + 1], strict=True):
        names = [line.split()[0] for line in lines[start + 1 : end] if line]
        assert names == [name for name, axiom in AXIOMS.items() if axiom.group == group]
