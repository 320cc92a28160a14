"""A hunt that is interrupted keeps what it has found until then."""

import json

import pytest

from axiomcheck.cli import main

PRESSES = """
from pathlib import Path

import torch

calls = 0


def explain(model, inputs, target):
    global calls
    calls += 1
    Path(__file__).with_name("calls").write_text(str(calls))
    if calls == {at}:
        raise KeyboardInterrupt  # as Ctrl-C does
    return inputs.clone()  # conserves nothing
"""


def hunted(tmp_path, at, *options):
    """Hunt with an explainer in whose call number ``at`` Ctrl-C is pressed."""
    (tmp_path / "presses.py").write_text(PRESSES.format(at=at))
    out = tmp_path / "found.json"
    return out, main(["hunt", f"{tmp_path / 'presses.py'}:explain", "conservation", "--out", str(out), *options])


@pytest.mark.parametrize(
    ("at", "options"), [(8, ()), (100, ("--largest", "--time", "60"))], ids=["shrinking", "largest"]
)
def test_what_was_found_is_told_and_written(tmp_path, capsys, at, options):
    """While it is shrunk, or while a larger gap is looked for."""
    out, status = hunted(tmp_path, at, *options)
    told = capsys.readouterr()
    assert status == 130
    assert "interrupted, not shrunk" in told.out
    assert "violates conservation" in told.out
    assert f"wrote {out}" in told.out
    assert told.err == "axiomcheck: interrupted\n"
    assert json.loads(out.read_text())["gap"] > 0
    assert main(["replay", str(out), "--trust"]) == 1


def test_before_anything_is_found_there_is_nothing_to_keep(tmp_path, capsys):
    """The first call of all."""
    out, status = hunted(tmp_path, 1)
    told = capsys.readouterr()
    assert (status, told.out, told.err) == (130, "", "axiomcheck: interrupted\n")
    assert not out.exists()


@pytest.mark.long
def test_what_is_shrunk_stays_shrunk(tmp_path, capsys):
    """Where the search for further causes is interrupted, the first stands as it was told."""
    few = ("--family", "bias-free", "--examples", "20")
    out, status = hunted(tmp_path, -1, *few)
    whole = out.read_text()
    calls = int((tmp_path / "calls").read_text())
    assert status == 1
    out, status = hunted(tmp_path, calls, *few)
    assert status == 130
    assert out.read_text() == whole
    assert "not shrunk" not in capsys.readouterr().out
