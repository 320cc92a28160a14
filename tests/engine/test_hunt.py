"""Hunts: aimed at a rewrite, for a time, for the largest gap."""

import subprocess
import sys
import time
from io import StringIO

import pytest
from rich.console import Console

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.commands.hunt_output import print_nothing
from axiomcheck.engine.hunt import Hunt, hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.engine.search import ENOUGH, Search
from axiomcheck.explainers import explainer
from axiomcheck.networks import Family


def test_a_rewrite_to_aim_at():
    """z⁺ is caught by the two max networks, in a twin of nothing else."""
    asked = question("lrp-z-plus", "implementation_invariance", "bias-free", Budget(300), rewrite="max-pair")
    _, finding = hunt(asked)
    assert [rewrite.name for rewrite in finding.counterexample.case.rewrites] == ["max-pair"]
    assert finding.counterexample.gap == 0.5


def test_a_rewrite_that_breaks_nobody():
    """A permutation changes no rule of LRP; without the aim other rewrites would."""
    asked = question("lrp-z-plus", "implementation_invariance", "biased", Budget(100), rewrite="permute")
    searched, finding = hunt(asked)
    assert finding is None
    assert searched.effective > 50


@pytest.mark.parametrize(
    ("axiom", "rewrite", "told"),
    [
        ("implementation_invariance", "max-pir", "unknown rewrite 'max-pir'; did you mean 'max-pair'?"),
        ("conservation", "max-pair", "rewrites are drawn for implementation_invariance, not for conservation"),
    ],
)
def test_wrong_aims_are_told(axiom, rewrite, told):
    """In a sentence."""
    with pytest.raises(ac.AxiomcheckError) as raised:
        question("uniform", axiom, "biased", Budget(60), rewrite=rewrite)
    assert told in str(raised.value)


def test_the_largest_gap():
    """It is at least that of the first counterexample before shrinking, and above that of the smallest network."""
    asked = question("gradient", "conservation", "biased", Budget(100))
    (searched, largest), (_, smallest) = hunt(asked, largest=True), hunt(asked)
    assert largest.counterexample.gap > smallest.counterexample.gap
    assert largest.counterexample.gap == searched.worst_violation
    assert searched.effective == 100


def test_for_a_time(capsys):
    """The search goes on until the time is nearly up, and not much longer."""
    start = time.monotonic()
    assert main(["hunt", "uniform", "conservation", "--family", "bias-free", "--time", "2"]) == 0
    assert 1.2 < time.monotonic() - start < 10
    assert "no counterexample to conservation for uniform in bias-free" in capsys.readouterr().out


@pytest.mark.parametrize(("effective", "told"), [(0, "nothing is known of"), (1, "no counterexample to")])
def test_nothing_found_is_said_only_where_something_could_be(effective, told):
    """Where no case could have shown anything, a hunt has found out nothing."""
    console = Console(file=StringIO())
    print_nothing(console, question("uniform", "conservation", "bias-free", Budget(60)), Search(5, effective))
    assert console.file.getvalue().startswith(f"{told} conservation for uniform in bias-free: {effective} of 5 cases")


def test_what_a_reference_does_as_well_is_set_aside(capsys):
    """All that fails fails for the reference too: that is no refusal, and nothing that was found."""
    asked = ["hunt", "gradient", "conservation", "--family", "bias-free", "--examples", "60", "--like", "gradient"]
    assert main(asked) == 0
    assert "are set aside" in capsys.readouterr().out
    refused = {"drawn": ENOUGH, "refusal": "it knows no convolution"}
    assert [Search(**refused, set_aside=count).hopeless for count in (0, 1)] == [True, False]


def test_the_command_takes_them(capsys):
    """Options of the command line reach the search."""
    asked = ["hunt", "lrp-z-plus", "implementation_invariance", "--family", "bias-free"]
    assert main([*asked, "--rewrite", "max-pair", "--examples", "200"]) == 1
    assert "rewritten by max-pair" in capsys.readouterr().out
    assert main(["hunt", "gradient", "conservation", "--family", "bias-free", "--largest", "--examples", "60"]) == 1
    assert "the scores sum to" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["--out", "a.py", "--emit", "a.py"], "--out and --emit name the same file 'a.py'"),
        (["--emit", "a.txt"], "a file that ends in .py but got --emit 'a.txt'"),
        (["--out", "."], "cannot write '.': it is a folder"),
    ],
)
def test_where_nothing_can_be_kept_is_told_before_the_search(files, told, tmp_path, monkeypatch, capsys):
    """In a sentence, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert main(["hunt", "gradient", "conservation", "--time", "60", *files]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_found_is_kept_though_nobody_reads_on(tmp_path):
    """As with ``| head``: files are written before anything is printed."""
    command = [sys.executable, "-m", "axiomcheck", "hunt", "gradient", "conservation", "--examples", "60"]
    asked = [*command, "--out", str(tmp_path / "found.json"), "--emit", str(tmp_path / "test_found.py")]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as running:
        running.stdout.close()
        running.wait()
    assert {path.name for path in tmp_path.iterdir()} >= {"found.json", "test_found.py"}


def test_the_promised_part_is_searched_too(monkeypatch):
    """Behind the family that is asked about, and within it."""
    searched = []

    def spy(question, *_, **__):
        searched.append(str(question.population))
        return Search(), None

    monkeypatch.setattr("axiomcheck.engine.hunt._hunt", spy)
    promising = explainer(claims={"conservation": "conv,bias=none"})(lambda model, inputs, target: inputs)
    assert not list(Hunt(question(promising, "conservation", "maxpool,outputs=1", Budget(60))))
    assert searched == [str(Family.parse(text)) for text in ("maxpool,outputs=1", "bias=none,outputs=1")]


def test_what_is_judged_where_it_is_promised_alone_is_searched_there(capsys, tmp_path):
    """Few cases of the widest family are such networks; all that are searched are."""
    (tmp_path / "mine.py").write_text(
        """\
from axiomcheck import explainer

@explainer(claims={"positivity": "bias=none,output=relu,inputs=nonnegative,outputs=1"})
def negative(model, inputs, target):
    return inputs - inputs.sum(1, keepdim=True)
"""
    )
    assert main(["hunt", f"{tmp_path / 'mine.py'}:negative", "positivity", "--examples", "60", "--largest"]) == 1
    assert "violates positivity in mlp,bias=none,output=relu,inputs=nonnegative,outputs=1" in capsys.readouterr().out
