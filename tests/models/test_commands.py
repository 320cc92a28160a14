"""The commands on a model that is named: certificates from worker processes, counterexamples stored and replayed."""

import json
import shutil
from contextlib import chdir

import numpy as np
import pytest
from safetensors.torch import save_file

from axiomcheck.cli import main
from axiomcheck.reports.page.command_line import command_line
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.results.reader import read_counterexample

from .conftest import EXAMPLES


@pytest.fixture
def folder(tmp_path, example):
    """A folder with a model, its weights and its inputs; the commands run there."""
    model, inputs = example("tabular")
    shutil.copy(EXAMPLES / "tabular.py", tmp_path / "mine.py")
    save_file({name: 1.25 * tensor for name, tensor in model.state_dict().items()}, tmp_path / "w.safetensors")
    np.save(tmp_path / "x.npy", inputs)
    with chdir(tmp_path):
        yield tmp_path


MODEL = ["--model", "mine.py:load", "--inputs", "x.npy", "--weights", "w.safetensors"]


def test_a_certificate_comes_from_processes_of_their_own(folder, capsys):
    """Workers load the model by its name; the certificate can be read, told and compared."""
    axioms = ["--axiom", "conservation", "--axiom", "implementation_invariance", "--axiom", "symmetry"]
    certify = ["certify", "gradient", "grad-x-input", *axioms, "--examples", "60", *MODEL]
    assert main([*certify, "--out", "one"]) == 1
    certificate = read_certificate(folder / "one" / "certificate.json")
    verdicts = {(cell.explainer, cell.axiom): cell.verdict for cell in certificate.cells}
    assert verdicts["grad-x-input", "conservation"] == "violated"
    assert verdicts["gradient", "implementation_invariance"] == "holds"
    assert verdicts["gradient", "symmetry"] == "unsupported"
    assert certificate.families == ("mine.py:load with w.safetensors on x.npy",)
    assert main([*certify, "--out", "two", "--in-process"]) == 1
    capsys.readouterr()
    assert main(["diff", "one/certificate.json", "two/certificate.json"]) == 0
    assert "no verdict differs in 6 cells" in capsys.readouterr().out
    assert main(["report", "one/certificate.json", "--markdown", "one.md", "--html", "one.html"]) == 0
    assert "mine.py:load" in (folder / "one.html").read_text(encoding="utf-8")


WRONG = {
    "conservation": "grad-x-input",
    "continuity": "grad-x-input",
    "implementation_invariance": "guided-backprop",
    "null_player": "uniform",
    "selectivity": "uniform",
    "linearity": "gradient-squared",
    "homogeneity": "gradient-squared",
    "shift_invariance": "grad-x-input",
}


@pytest.mark.parametrize("axiom", WRONG)
def test_a_counterexample_is_stored_shown_and_replayed(axiom, folder, capsys):
    """It names model, weights and input; it is read without the model, and replayed with it."""
    assert main(["hunt", WRONG[axiom], axiom, *MODEL, "--examples", "60", "--out", "found.json"]) == 1
    found = read_counterexample(folder / "found.json")
    assert (found.case.model.source, found.case.model.weights) == ("mine.py:load", "w.safetensors")
    assert json.loads((folder / "found.json").read_text())["model"]["sha256"] == found.case.model.sha256
    assert main(["show", "found.json", "--draw", "found.svg"]) == 0
    capsys.readouterr()
    assert main(["replay", "found.json", "--model", "mine.py:load", "--weights", "w.safetensors"]) == 1
    assert capsys.readouterr().out.startswith("STILL VIOLATED  found.json")
    assert main(["replay", "found.json", "--trust", "--explainer", "gradient"]) in (0, 1)


def test_a_file_runs_no_code_of_its_own_choice(folder, capsys):
    """The model that a counterexample names is loaded only if somebody says so; other weights are told."""
    assert main(["hunt", "grad-x-input", "conservation", *MODEL, "--examples", "60", "--out", "found.json"]) == 1
    capsys.readouterr()
    assert main(["replay", "found.json"]) == 2
    assert "whose code would run: name it yourself with --model" in capsys.readouterr().err
    assert main(["replay", "found.json", "--model", "mine.py:load"]) == 1
    assert "has other weights than that of which it is a counterexample" in capsys.readouterr().out


@pytest.mark.parametrize("axiom", [axiom for axiom in WRONG if axiom != "continuity"])
def test_the_code_of_a_counterexample_prints_its_gap(axiom, folder, capsys):
    """It stands alone: it loads the model and its weights, wires what is wired, and prints the same gap."""
    main(["hunt", WRONG[axiom], axiom, *MODEL, "--examples", "60", "--out", "found.json"])
    found = read_counterexample(folder / "found.json")
    capsys.readouterr()
    exec(compile(found.code(), "<counterexample>", "exec"), {})
    gap = float(capsys.readouterr().out.removeprefix("gap:"))
    assert gap == pytest.approx(found.gap, rel=1e-6)


def test_one_exchange_can_be_asked_for(folder, capsys):
    """As with random networks, twins are made by one rewrite alone."""
    hunt = ["hunt", "guided-backprop", "implementation_invariance", *MODEL, "--examples", "60", "--rewrite"]
    assert main([*hunt, "identity", "--out", "found.json"]) == 1
    assert [one.name for one in read_counterexample(folder / "found.json").case.exchanges] == ["identity"]
    capsys.readouterr()
    assert main([*hunt, "fold-batch-norm"]) == 2
    assert "unknown exchange that this model has a place for" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--model", "mine.py:load"], "--inputs is missing"),
        (["--inputs", "x.npy"], "--model is missing"),
        ([*MODEL, "--family", "biased"], "families of random networks, or a model, and not both"),
        ([*MODEL, "--scope"], "a scope is made of families"),
        (["--model", "none.py:load", "--inputs", "x.npy"], "there is no file 'none.py'"),
        (["--model", "mine.py:load", "--inputs", "x.pkl"], "to load a pickle is to run"),
    ],
)
def test_wrong_use_has_a_sentence(options, sentence, folder, capsys):
    """Status 2, and one line."""
    assert main(["certify", "gradient", *options]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_the_page_says_how_to_repeat_a_cell_of_a_model(folder, capsys):
    """The command of a cell names model, inputs and weights, and finds the same."""
    axiom = ["--axiom", "conservation", "--examples", "60"]
    assert main(["certify", "grad-x-input", *axiom, *MODEL, "--out", "one", "--in-process"]) == 1
    certificate = read_certificate(folder / "one" / "certificate.json")
    line = command_line(certificate.cells, certificate)
    assert line.startswith("axiomcheck hunt grad-x-input conservation --model mine.py:load --inputs x.npy --weights ")
    capsys.readouterr()
    assert main(line.split()[1:]) == 1
