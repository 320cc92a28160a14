"""How much is printed: ``--quiet`` the result alone, ``--verbose`` all that it rests on."""

import json
from dataclasses import replace

import pytest

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.reports.write import write_certificate, write_counterexample

CERTIFY = ["certify", "gradient", "--axiom", "conservation", "--family", "bias-free", "--examples", "60", "--no-fail"]
HUNT = ["hunt", "gradient", "conservation", "--family", "biased", "--examples", "60"]


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Return a function that runs a command in a folder, and returns what it printed and what it complained."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        capsys.readouterr()
        main(list(arguments))
        said = capsys.readouterr()
        return said.out, said.err

    return run


def test_a_quiet_certify_prints_the_matrix_alone(told, tmp_path):
    """No progress, no counterexample, no paths; the certificate is written all the same."""
    out, err = told(*CERTIFY, "--quiet", "--in-process", "--out", "there")
    heading, columns, row, *legend = filter(None, out.splitlines())
    assert (heading, columns.split()) == ("axioms of the tutorial", ["explainer", "conservation"])
    assert row.startswith("gradient")
    assert "✘" in row
    assert " ".join(legend).endswith("in each column, the families bias-free")
    assert "f(x1)" not in out
    assert "wrote" not in out
    assert err == ""
    assert json.loads((tmp_path / "there" / "certificate.json").read_text())["cells"][0]["verdict"] == "violated"


def test_a_verbose_certify_tells_what_was_drawn(told):
    """And the versions; by itself it does not."""
    usual, _ = told(*CERTIFY, "--in-process")
    verbose, _ = told(*CERTIFY, "--in-process", "-v")
    assert "Drawn were independent draws" not in usual
    assert "Drawn were independent draws" in verbose
    assert "Ran with axiomcheck " in verbose
    assert "Slowest: gradient × conservation × bias-free " in verbose


def test_a_quiet_hunt_prints_no_code(told):
    """The counterexample in words, then each cause in a line."""
    quiet, _ = told(*HUNT, "-q", "--out", "found.json")
    assert "f(x1) = x1" in quiet
    assert "import torch" not in quiet
    assert "wrote" not in quiet
    usual, _ = told(*HUNT, "--out", "found.json")
    assert "import torch" in usual
    assert "wrote found.json" in usual


def test_a_verbose_hunt_tells_how_many_cases_there_were(told):
    """With what they were drawn from, whether something was found or not."""
    for explainer in ("gradient", "uniform"):
        verbose, _ = told("hunt", explainer, *HUNT[2:], "--verbose")
        lines = " ".join(verbose.split())
        assert " cases of the first search could have shown something, in float64, with seed 0." in lines
        assert "Drawn were independent draws" in lines


@pytest.fixture
def stored(told, tmp_path):
    """Return a stored counterexample, which another version of torch showed."""
    found = ac.find_counterexample("gradient", "conservation", family="bias-free")
    write_counterexample(replace(found, versions={**found.versions, "torch": "0.1"}), tmp_path / "found.json")
    return "found.json"


def test_a_quiet_replay_prints_the_status_and_the_file(told, stored):
    """Nothing else."""
    assert told("replay", stored, "-q") == ("STILL VIOLATED  found.json\n", "")


def test_a_verbose_replay_prints_the_case_and_what_has_changed(told, stored):
    """The formula, and torch, whose version was another."""
    out, _ = told("replay", stored, "-v")
    assert "\n    f(x1) = x1\n" in out
    assert "    torch 0.1 when it was stored, " in out
    assert "numpy" not in out


def test_reports_too(told, tmp_path):
    """Of a certificate that is there."""
    certificate = ac.certify("uniform", axioms=["conservation"], families=["bias-free"], examples=60)
    path, _ = map(str, write_certificate(certificate, tmp_path))
    quiet, usual, verbose = (told("report", path, *option)[0] for option in (["-q"], [], ["-v"]))
    assert usual.startswith(quiet)
    assert len(quiet) < len(usual) < len(verbose)


def test_one_of_both(told, capsys):
    """Quiet and verbose at once is wrong use."""
    with pytest.raises(SystemExit) as stopped:
        main([*HUNT, "-q", "-v"])
    assert stopped.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
