"""Known violations: what a list says, and what is wrong with one."""

import pytest

import axiomcheck as ac
from axiomcheck.engine.known_violations import Known, KnownViolations
from axiomcheck.networks import AxiomcheckError
from axiomcheck.reports.write import write_counterexample

ENTRY = {"explainer": "uniform", "axiom": "selectivity", "reason": "it says nothing"}


@pytest.fixture
def listed(tmp_path):
    """Return a function that writes a TOML file."""

    def write(text):
        path = tmp_path / "known.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_and_a_list_say_the_same(listed):
    """Tables of a TOML file, or the same as mappings."""
    text = '[[violation]]\nexplainer = "uniform"\naxiom = "selectivity"\nreason = "it says nothing"\n'
    assert KnownViolations.of(listed(text)) == KnownViolations.of([ENTRY])
    assert KnownViolations.of(None).entries == ()


def test_entries_match_cells():
    """By explainer and axiom, and by family unless that is any."""
    known = KnownViolations.of([ENTRY, ENTRY | {"axiom": "null_player", "family": "mlp,bias=none"}])
    assert known.match("uniform", "selectivity", "ordinary") == Known("uniform", "selectivity", "*", "it says nothing")
    assert known.match("uniform", "null_player", "bias-free") is not None
    assert known.match("uniform", "null_player", "biased") is None
    assert known.match("gradient", "selectivity", "biased") is None


def test_entries_that_match_nothing_are_told():
    """An entry about no cell is stale, or misspelt."""
    known = KnownViolations.of([ENTRY])
    known.require_matched([("uniform", "selectivity", "biased")])
    with pytest.raises(AxiomcheckError, match="uniform on selectivity in any family matches no cell"):
        known.require_matched([("uniform", "continuity", "biased")])


def test_counterexamples_are_found_beside_the_list(listed, tmp_path):
    """The file's path is relative to the list."""
    found = ac.find_counterexample("uniform", "selectivity", family="bias-free", examples=100)
    write_counterexample(found, tmp_path / "sub" / "found.json")
    path = listed(
        '[[violation]]\nexplainer = "uniform"\naxiom = "selectivity"\nreason = "r"\ncounterexample = "sub/found.json"\n'
    )
    assert KnownViolations.of(path).entries[0].counterexample == tmp_path / "sub" / "found.json"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[violation]]\nexplainer = 'a'\naxiom = 'continuity'\n", "entry 1: it has no reason"),
        ("[[violation]]\nexplainer = 'a'\naxiom = 'continuity'\nreason = ' '\n", "it has no reason"),
        ("[[violation]]\naxiom = 'continuity'\nreason = 'r'\n", "it has no explainer"),
        ("[[violation]]\nexplainer = 'a'\naxiom = 'continuty'\nreason = 'r'\n", "did you mean 'continuity'?"),
        ("[[violation]]\nexplainer = 'a'\naxiom = 'continuity'\nreason = 'r'\nfamily = 'bised'", "mean 'biased'?"),
        ("[[violation]]\nexplainr = 'a'\n", "unknown field 'explainr'; did you mean 'explainer'?"),
        (
            "[[violation]]\nexplainer = 'a'\naxiom = 'continuity'\nreason = 'r'\ncounterexample = 'x.json'",
            "cannot read",
        ),
        ("[violations]\n", "where [[violation]] tables alone were expected"),
        ("violation = 3\n", "where [[violation]] tables alone were expected"),
        ("violation = [3]\n", "entry 1 is no table but 3"),
        ("[[violation", "is no TOML"),
    ],
)
def test_broken_lists_are_told(text, told, listed):
    """One sentence that names the list and the entry."""
    path = listed(text)
    with pytest.raises(AxiomcheckError) as raised:
        KnownViolations.of(path)
    assert told in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_list_that_is_not_there_is_told(tmp_path):
    """The system's reason stands in the sentence."""
    with pytest.raises(AxiomcheckError, match=r"cannot read .*none\.toml"):
        KnownViolations.of(tmp_path / "none.toml")
