"""``axiomcheck init`` and ``doctor``, help by task, completion, and letters that a terminal does not have."""

import io
import subprocess
import sys
import tomllib

import pytest

from axiomcheck.cli import main
from axiomcheck.commands import COMMANDS


def test_a_started_project_tests_its_explainers(pytester):
    """The test runs as it is written: one test a cell, which fails where the explainer does."""
    assert main(["init", "uniform", "--into", str(pytester.path)]) == 0
    tomllib.loads((pytester.path / "tests" / "known.toml").read_text(encoding="utf-8"))
    result = pytester.runpytest_subprocess(
        "tests", "-q", "-k", "(conservation or null_player) and biased", "-p", "no:cacheprovider"
    )
    assert result.parseoutcomes() == {"passed": 1, "failed": 1, "deselected": result.parseoutcomes()["deselected"]}


def test_nothing_is_written_over(tmp_path, capsys):
    """Not even one of the files, if another is there."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "known.toml").write_text("# mine\n", encoding="utf-8")
    assert main(["init", "uniform", "--into", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert not (tmp_path / "tests" / "test_axioms.py").exists()


def test_what_init_is_given_must_exist(tmp_path, capsys):
    """A misspelt name is told, and nothing is written."""
    assert main(["init", "unifrom", "--into", str(tmp_path)]) == 2
    assert "did you mean 'uniform'?" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_doctor_says_what_there_is(capsys):
    """torch and captum with their versions; for what is missing what to install."""
    assert main(["doctor"]) == 0
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if line[:1] in "✔–"}
    assert lines["torch"].startswith("✔")
    assert "captum:NAME" in lines["captum"]
    assert all("pip install" in line for line in lines.values() if line.startswith("–"))


def test_help_tells_every_command_by_task(capsys):
    """Each once, with what it does."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(told.count(f"\n  {name} ") == 1 for name in COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_gets_its_completions(shell, capsys):
    """The script names the commands and their options."""
    with pytest.raises(SystemExit) as end:
        main(["--print-completion", shell])
    told = capsys.readouterr().out
    assert end.value.code == 0
    assert "--tolerance" in told
    assert "doctor" in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_terminals_without_the_letters_get_others(encoding, monkeypatch):
    """Never an exception: ε is eps, an accent is dropped where it has to be."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["list", "explainers"]) == 0
    stream.flush()
    told = stream.buffer.getvalue().decode(encoding)
    assert "LRP-0 with eps in the denominator" in told
    assert ("Müller" if encoding == "cp1252" else "Muller") in told


def test_misspelt_names_are_told_before_torch_is_imported():
    """It takes torch seconds to be there."""
    code = "import sys; from axiomcheck.cli import main; main(sys.argv[1:]); print('torch' in sys.modules)"
    for words in (["certify", "gradiend"], ["hunt", "gradient", "continuty"], ["select", "lrp-gama"]):
        run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "False", words
        assert "did you mean" in run.stderr


def test_without_a_command_all_are_told(capsys):
    """The help, as wrong use; one that is misspelt is told with the one that is meant."""
    assert main([]) == 2
    told = capsys.readouterr().out
    assert all(f"  {name}" in told for name in COMMANDS)
    assert main(["certfy", "uniform"]) == 2
    assert "unknown command 'certfy'; did you mean 'certify'?" in capsys.readouterr().err
