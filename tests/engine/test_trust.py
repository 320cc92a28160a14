"""What a file names is not run before somebody says so."""

import json
from pathlib import Path

import pytest

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.engine.trust import is_trusted
from axiomcheck.reports.write import write_counterexample

EVIL = 'from pathlib import Path\nPath("evil was here").touch()\n\ndef run(model, inputs, target):\n    return inputs\n'


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Return a function that stores a counterexample with some of its words exchanged, beside a module that tells."""
    monkeypatch.chdir(tmp_path)
    Path("evil.py").write_text(EVIL)
    write_counterexample(ac.find_counterexample("gradient", "conservation", family="biased"), Path("found.json"))

    def store(**words):
        Path("found.json").write_text(json.dumps(json.loads(Path("found.json").read_text()) | words))
        return "found.json"

    return store


@pytest.mark.parametrize(
    "words",
    [
        {"explainer": "evil.py:run"},
        {"explainer": "evil:run"},
        {"explainer": "evil:run:s=1"},
        {"axiom": "equality with evil.py:run"},
        {"axiom": "equality with evil:run"},
    ],
)
def test_code_that_a_file_names_is_not_run(stored, capsys, words):
    """Neither an explainer's nor an axiom's: one line says what would be run, and how to allow it."""
    assert main(["replay", stored(**words)]) == 2
    assert "whose code would run" in capsys.readouterr().err
    assert not Path("evil was here").exists()


def test_it_is_run_for_who_trusts_it(stored, capsys):
    """Or names another explainer, so that the one of the file does not matter."""
    path = stored(explainer="evil.py:run")
    assert main(["replay", path, "--explainer", "gradient"]) == 1
    assert not Path("evil was here").exists()
    assert main(["replay", path, "--trust"]) in (0, 1)
    assert Path("evil was here").exists()


def test_an_axiom_is_not_made_harmless_by_naming_the_explainer(stored, capsys):
    """It names an explainer of its own."""
    assert main(["replay", stored(axiom="equality with evil:run"), "--explainer", "gradient"]) == 2
    assert "allow it with --trust" in capsys.readouterr().err
    assert not Path("evil was here").exists()


def test_names_of_the_catalogue_and_of_libraries_are_fine():
    """They lead to code that is installed, whatever the file says."""
    assert all(map(is_trusted, ["lrp-0", "lrp-gamma:gamma=1", "captum:LRP", "zennit:EpsilonPlus:epsilon=0.1"]))
    assert not any(map(is_trusted, ["os:system", "evil.py:run", "captum.attr:LRP", "unknown", "a:b=c,,"]))


def test_what_is_no_file_is_not_read(tmp_path, capsys):
    """A directory, a device: neither waited for nor read."""
    for path in (tmp_path, Path("/dev/zero")):
        assert main(["replay", str(path)]) == 2
        assert "is no file" in capsys.readouterr().err
        assert main(["certify", "uniform", "--expect", str(path), "--out", str(tmp_path / "out")]) == 2
        assert "is no file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = " + "[" * 5000, "is nested too deeply"),
        ("x = " + "9" * 5000, "is no TOML"),
        ("#" * 1_000_001, "is larger than"),
    ],
)
def test_known_violations_have_limits(tmp_path, capsys, text, sentence):
    """Of size, depth and digits."""
    path = tmp_path / "known.toml"
    path.write_text(text)
    assert main(["certify", "uniform", "--expect", str(path), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
