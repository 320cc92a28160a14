"""Lists of what there is."""

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.explainers import CATALOGUE
from axiomcheck.explainers.claims import CLAIMS
from axiomcheck.explainers.libraries.registry import library_names
from axiomcheck.reports.groups import GROUPS
from axiomcheck.reports.listing import listing


def test_axioms_come_in_groups():
    """Each group has a heading, and under it the lines of its axioms."""
    lines = listing("axioms")
    headings = [lines.index(f"{heading}:") for heading in GROUPS.values()]
    assert headings == sorted(headings)
    for (group, _), start, end in zip(GROUPS.items(), headings, [*headings[1:], len(lines) + 1], strict=True):
        names = [line.split()[0] for line in lines[start + 1 : end] if line and line[0] != " "]
        assert names == [name for name, axiom in AXIOMS.items() if axiom.group == group]


@pytest.mark.parametrize("what", ["explainers", "axioms", "families", "rewrites"])
def test_lines_fit_a_terminal(what):
    """No line is longer than a hundred columns."""
    assert max(map(len, listing(what))) <= 100


def test_explainers_stand_with_source_and_claims():
    """Each native one has a line with its source, and what it promises beside it; the libraries follow."""
    text = "\n".join(listing("explainers"))
    for name, entry in CATALOGUE.items():
        block = " ".join(text[text.index(f"{name} ") :].split())
        assert block.startswith(f"{name} {entry.summary} ({entry.cites})")
        for axiom in CLAIMS.get(name, ()):
            assert axiom in block.partition("(")[2].partition(f" {_next(name)} ")[0]
    assert all(f"{library}:NAME" in text for library in library_names())


def _next(name):
    names = [*CATALOGUE, "captum:NAME"]
    return names[names.index(name) + 1]
