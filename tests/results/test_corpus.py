"""The corpus: a thousand counterexamples that differ, have causes, and are still what they say."""

import lzma

import pytest

import axiomcheck
from axiomcheck.engine.replay import replay
from axiomcheck.networks import AxiomcheckError
from axiomcheck.results import corpus


def test_there_are_a_thousand_and_each_has_a_cause():
    """No two are of one method, one axiom and one case; the file is small."""
    entries = axiomcheck.load_corpus()
    assert len(entries) >= 1000
    assert len({(one.explainer, one.axiom, one.case) for one in entries}) == len(entries)
    assert len({(one.axiom, one.case) for one in entries}) >= 250
    assert all(one.cause is not None and not one.is_error for one in entries)
    assert corpus.HOME.stat().st_size < 500_000


def test_it_is_written_as_it_is_read():
    """So the order is one that nothing changes."""
    assert lzma.decompress(corpus.written(corpus.load_corpus())) == lzma.decompress(corpus.HOME.read_bytes())


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.long) for start in range(1, 40))])
def test_entries_are_still_violated(start):
    """Each on its own method, without a search."""
    for number, one in list(enumerate(corpus.load_corpus()))[start::40]:
        assert replay(one).status == "STILL VIOLATED", number


def test_a_broken_file_is_told_in_a_sentence(tmp_path, monkeypatch):
    """Also one of another version."""
    corpus._loaded.cache_clear()
    monkeypatch.setattr(corpus, "HOME", tmp_path / "corpus.xz")
    for content, said in (
        (b"no", "the corpus cannot be read"),
        (lzma.compress(b'{"corpus": "9"}'), "Expected version 1 of the corpus but the file has 9"),
    ):
        corpus.HOME.write_bytes(content)
        with pytest.raises(AxiomcheckError, match=said):
            corpus.load_corpus()
