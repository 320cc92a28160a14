"""The journal: each cell on disk at once, whole or not at all."""

import json

import pytest

from axiomcheck.engine.journal import NAME, Journal
from axiomcheck.networks import AxiomcheckError
from axiomcheck.results.certificate import Cell

HEADER = {"budget": {"examples": 60, "seed": 0}, "versions": {"torch": "2"}}
ONE = Cell(
    *("a", "conservation", "biased", "holds", "no counterexample"),
    search={"drawn": 3, "effective": 3, "rejected": 0},
    tolerance={"relative": 1e-6, "rounding": 2.0**-40},
    worst_gap=0.1 + 0.2,
)
OTHER = Cell("b", "conservation", "biased", "error", 'it raised "☠\n"')


def test_what_was_added_is_there_again(tmp_path):
    """Cells come back as they were, by their keys."""
    journal = Journal.begin(tmp_path, HEADER)
    journal.add(ONE)
    journal.add(OTHER)
    again, cells = Journal.resume(tmp_path, HEADER)
    assert cells == {ONE.key: ONE, OTHER.key: OTHER}
    assert again == journal


def test_a_line_that_was_not_written_to_the_end_is_cut_off(tmp_path):
    """At every byte at which the machine may have stopped, the cells before are kept, and the next is written whole."""
    journal = Journal.begin(tmp_path, HEADER)
    journal.add(ONE)
    kept = journal.path.read_bytes()
    journal.add(OTHER)
    whole = journal.path.read_bytes()
    for size in range(len(kept), len(whole)):
        journal.path.write_bytes(whole[:size])
        again, cells = Journal.resume(tmp_path, HEADER)
        assert cells == {ONE.key: ONE}
        again.add(OTHER)
        assert journal.path.read_bytes() == whole


@pytest.mark.parametrize("size", [0, 5])
def test_a_journal_without_a_header_is_begun_anew(tmp_path, size):
    """It was interrupted before anything was judged."""
    journal = Journal.begin(tmp_path, HEADER)
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:size])
    assert Journal.resume(tmp_path, HEADER)[1] == {}
    assert journal.path.read_bytes() == whole


def test_where_there_is_none_one_is_begun(tmp_path):
    """To resume what was never begun is to begin it."""
    journal, cells = Journal.resume(tmp_path, HEADER)
    assert cells == {}
    assert json.loads(journal.path.read_text()) == {"campaign": HEADER}


def test_another_campaign_is_not_resumed(tmp_path):
    """With another seed they are other cells: what differs is said."""
    Journal.begin(tmp_path, HEADER)
    with pytest.raises(AxiomcheckError, match=r"budget is .*'seed': 0.* there and .*'seed': 1.* here") as raised:
        Journal.resume(tmp_path, HEADER | {"budget": {"examples": 60, "seed": 1}})
    assert "leave out --resume to begin anew" in str(raised.value)


@pytest.mark.parametrize("content", ["[]\n", "{}\n", "nonsense\n", '{"campaign": 3}\n'])
def test_a_file_that_is_no_journal_raises_a_one_line_error(tmp_path, content):
    """It is left as it is."""
    (tmp_path / NAME).write_text(content)
    with pytest.raises(AxiomcheckError, match=r"is no journal of a campaign|is no JSON"):
        Journal.resume(tmp_path, HEADER)
    assert (tmp_path / NAME).read_text() == content


def test_a_line_that_is_no_cell_raises_a_one_line_error(tmp_path):
    """What somebody edited is not guessed at."""
    journal = Journal.begin(tmp_path, HEADER)
    with journal.path.open("a") as file:
        file.write('{"cell": {"explainer": 3}}\n')
    with pytest.raises(AxiomcheckError, match=r"is no journal of a campaign in line 2: .*'axiom' is a required"):
        Journal.resume(tmp_path, HEADER)


def test_without_resume_it_begins_anew(tmp_path):
    """Old cells are gone."""
    Journal.begin(tmp_path, HEADER).add(ONE)
    Journal.begin(tmp_path, HEADER)
    assert Journal.resume(tmp_path, HEADER)[1] == {}
