"""The pages of findings say what their scripts print, in an environment of the library alone."""

import pytest

from benchmarks import findings


def test_the_list_names_every_finding():
    """The list is what is stored."""
    assert (findings.HOME / "index.md").read_text(encoding="utf-8") == findings.index()
    assert {path.stem for path in findings.HOME.glob("*.json")} == set(findings.texts())


@pytest.mark.long
@pytest.mark.parametrize("name", findings.texts())
def test_a_page_is_what_its_script_shows(name):
    """Its script prints what the page says, without axiomcheck."""
    assert (findings.HOME / f"{name}.md").read_text(encoding="utf-8") == findings.page(name)
