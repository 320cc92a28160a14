"""Replay: a stored counterexample looked at again."""

from dataclasses import replace

import pytest

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.engine.replay import replay
from axiomcheck.explainers import Located, Unsupported, locate
from axiomcheck.reports.write import write_counterexample


@pytest.fixture(scope="module")
def jump():
    """Return a path on which gradients jump."""
    return ac.find_counterexample("grad-x-input", "continuity", family="bias-free", examples=100)


def test_what_is_still_wrong(jump):
    """The same explainer: still violated, as it was."""
    again = replay(jump)
    assert (again.status, again.reason) == ("STILL VIOLATED", jump.reason)
    assert again.counterexample == jump


def test_what_another_does_right(jump):
    """Shapley values do not jump there."""
    assert replay(jump, locate("shapley")).status == "FIXED"


def test_another_may_be_wrong_too(jump):
    """The gradient jumps as well; what is seen is its own."""
    again = replay(jump, locate("gradient"))
    assert again.status == "STILL VIOLATED"
    assert again.counterexample.explainer == "gradient"
    assert again.counterexample.observed != jump.observed


def test_what_cannot_be_had_is_an_error(jump):
    """A missing library, a refusal, an exception: none is a fix."""

    def refuses(model, inputs, target):
        raise Unsupported("not for me")

    def breaks(model, inputs, target):
        raise ValueError("broken")

    assert replay(jump, Located("x:y", None, "", "x is missing")).reason == "x is missing"
    assert (replay(jump, locate(refuses)).status, replay(jump, locate(refuses)).reason) == ("ERROR", "not for me")
    assert replay(jump, locate(breaks)).status == "ERROR"


def test_equalities_are_replayed():
    """The other explainer is found by its name."""
    found = ac.find_counterexample("lrp-0", equals="grad-x-input", family="bias-free", examples=3000)
    assert replay(found).status == "STILL VIOLATED"
    assert replay(found, locate("gradient")).status == "STILL VIOLATED"
    assert replay(found, locate("grad-x-input")).status == "FIXED"


def test_the_command(jump, tmp_path, capsys):
    """A line for each file; status 1 while one is violated, 2 for a broken file."""
    path = tmp_path / "jump.json"
    write_counterexample(jump, path)
    assert main(["replay", str(path)]) == 1
    assert capsys.readouterr().out.startswith(f"STILL VIOLATED  {path}: grad-x-input on continuity: at x = ")
    assert main(["replay", str(path), str(path), "--explainer", "shapley"]) == 0
    assert capsys.readouterr().out.count("HOLDS") == 2
    path.write_text("{}")
    assert main(["replay", str(path)]) == 2
    assert "is no counterexample" in capsys.readouterr().err


def test_show_prints_what_is_stored(jump, tmp_path, capsys):
    """In words and as a script, without its explainer."""
    path = tmp_path / "jump.json"
    write_counterexample(replace(jump, explainer="nowhere.py:none"), path)
    assert main(["show", str(path)]) == 0
    told = capsys.readouterr().out
    assert "nowhere.py:none violates continuity in bias-free" in told
    assert jump.formula in told
    assert jump.code() in told


def test_hunt_stores_what_it_finds(tmp_path, capsys):
    """With --out, in folders that are made; it replays."""
    path = tmp_path / "kept" / "found.json"
    assert (
        main(["hunt", "uniform", "selectivity", "--family", "bias-free", "--examples", "60", "--out", str(path)]) == 1
    )
    assert f"wrote {path}" in capsys.readouterr().out
    assert main(["replay", str(path)]) == 1
