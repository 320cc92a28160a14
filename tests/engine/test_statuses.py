"""What a command prints, and with which status it ends."""

import json
import re

import pytest

import axiomcheck as ac
from axiomcheck.cli import main

WRONG = """
import torch

def explain(model, inputs, target):
    '''Gradient x input that forgets the first variable of two or more.'''
    inputs = inputs.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(inputs).gather(1, target[:, None]).sum(), inputs)
    scores = gradient * inputs
    if scores.shape[1] > 1:
        scores = torch.cat([scores[:, :1] * 0, scores[:, 1:]], 1)
    return scores.detach()

def right(model, inputs, target):
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs)

def perceptrons(model, inputs, target):
    from axiomcheck.explainers import Unsupported
    if inputs.dim() > 2:
        raise Unsupported('images are not for me')
    return right(model, inputs, target)

def nothing(model, inputs, target):
    from axiomcheck.explainers import Unsupported
    raise Unsupported('it is not written yet')

def enormous(model, inputs, target):
    f = model(inputs).gather(1, target[:, None]).detach()
    return torch.cat([f + 2e9 + 1000, torch.full_like(f, -2e9), *[0 * f] * inputs.shape[1]], 1)[:, :inputs.shape[1]]

def shape(model, inputs, target):
    return right(model, inputs, target).sum(1)

def nan_beyond(model, inputs, target):
    scores = right(model, inputs, target)
    return torch.where(inputs > 2, torch.nan, scores)

def raises(model, inputs, target):
    if len(list(model.children())) > 2:
        raise ZeroDivisionError('deep models are too deep')
    return right(model, inputs, target)

def array(model, inputs, target):
    return right(model, inputs, target).tolist()
"""


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """A user's file, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.py").write_text(WRONG)
    return tmp_path


def _code(printed):
    return printed[printed.index("import torch") :].partition("───")[0]


def test_hunt_finds_a_planted_defect(theirs, capsys):
    """A counterexample is printed; its code runs by itself and shows the same gap; the status is 1."""
    assert main(["hunt", "my.py:explain", "conservation", "--family", "bias-free", "--examples", "100"]) == 1
    printed = capsys.readouterr().out
    assert "f(x1, x2) = x1" in printed
    assert "the scores sum to 0 where f(x) = " in printed
    told = float(printed.split("gap ")[1].split(",")[0])
    exec(_code(printed), {})  # as a user who pastes it
    assert float(capsys.readouterr().out.split("gap:")[1]) == pytest.approx(told, rel=1e-5)


@pytest.mark.long
def test_hunt_for_where_two_explainers_differ(capsys):
    """The smallest network, and then whether they differ off the zeros at which relevance ends."""
    budget = ["--examples", "3000"]  # three of a thousand cases have a sum that is 0
    assert main(["hunt", "lrp-0", "--equals", "grad-x-input", "--family", "bias-free", *budget]) == 1
    told = capsys.readouterr().out
    assert re.search(r"f\(x1, x2\) = x1 [+-] x2", told), (
        "a sum of two that is 0: at (1, -1), or of a difference at (1, 1)"
    )
    assert "the scores are (0, 0), and those of grad-x-input are (1, -1)" in told
    assert "no counterexample to equality with grad-x-input, off zero pre-activations" in told


def test_hunt_where_two_are_one(capsys):
    """Two names of one method: nothing is found."""
    assert main(["hunt", "lrp-z-plus", "--equals", "lrp-alpha-beta:alpha=1,beta=0", "--examples", "60"]) == 0
    assert "60 of" in capsys.readouterr().out


@pytest.mark.long
def test_hunt_tells_the_scope_of_an_equality(capsys):
    """Where two explainers are one, and the smallest network just outside."""
    asked = ["--equals", "grad-x-input", "--family", "biased", "--examples", "60", "--scope"]
    assert main(["hunt", "deeplift", *asked]) == 1
    told = capsys.readouterr().out
    assert "deeplift equals grad-x-input without biases; fails once biases are negative: f(x1) = relu(x1 - 1)" in told


def test_hunt_acquits_a_correct_one(theirs, capsys):
    """Nothing is found, and the status is 0."""
    assert main(["hunt", "my.py:right", "conservation", "--examples", "100"]) == 0
    assert "no counterexample to conservation for my.py:right in ordinary" in capsys.readouterr().out


def test_enormous_scores_that_cancel_are_not_acquitted(theirs):
    """Scores of 2e9 hide no error of 1000."""
    found = ac.find_counterexample("my.py:enormous", "conservation", family="biased", examples=60)
    assert found.gap > 500


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["hunt", "uniform", "continuty"], "unknown axiom 'continuty'; did you mean 'continuity'?"),
        (["hunt", "uniform", "continuity", "--family", "bised"], "unknown family 'bised'; did you mean 'biased'?"),
        (["hunt", "uniform"], "Expected an axiom, or another explainer to equal"),
        (["hunt", "uniform", "continuity", "--equals", "gradient"], "and not both"),
        (["hunt", "uniform", "--equals", "gradien"], "unknown explainer 'gradien'; did you mean 'gradient'?"),
        (["hunt", "unifrm", "continuity"], "unknown explainer 'unifrm'; did you mean 'uniform'?"),
        (["certify", "uniform", "--axiom", "selectivty"], "unknown axiom 'selectivty'; did you mean 'selectivity'?"),
        (["hunt", "none.py:explain", "continuity"], "there is no file 'none.py'"),
        (["hunt", "broken.py:explain", "continuity"], "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        (["hunt", "my.py:explian", "continuity"], "did you mean 'explain'?"),
        (["hunt", "captum:InputXGradent", "continuity"], "did you mean 'InputXGradient'?"),
        (["certify", "uniform", "--out", "my.py"], "cannot write to 'my.py'"),
        (["certify", "uniform", "--axioms=all"], "unknown option of certify '--axioms'; did you mean '--axiom'?"),
        (["show", "one.json", "two.json"], "show has no use for 'two.json'; see axiomcheck show --help"),
    ],
)
def test_wrong_use_gets_one_sentence(theirs, capsys, arguments, sentence):
    """The status is 2, and one line on standard error says what is wrong and what may be meant."""
    (theirs / "broken.py").write_text("import nowhere_at_all\n")
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["hunt"], ["certify", "uniform", "--examples", "0"], ["hunt", "--nonsense"]])
def test_unknown_options_are_wrong_use(arguments):
    """What the parser refuses has the status 2 too."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("shape", "it returned the shape (1,) for inputs of the shape (1, 1)"),
        ("nan_beyond", "it returned NaN"),
        ("raises", "it raised ZeroDivisionError: deep models are too deep"),
        ("array", "it returned list where a Tensor was expected"),
    ],
)
def test_what_is_no_explanation_is_an_error(theirs, capsys, name, reason):
    """The verdict is error, with the smallest network that provokes it, and the other cells go on."""
    asked = ["certify", f"my.py:{name}", "uniform", "--axiom", "conservation", "--family", "biased"]
    assert main([*asked, "--examples", "100", "--out", "out"]) == 1
    printed = capsys.readouterr().out
    assert f"my.py:{name} fails on conservation" in printed
    assert reason in printed
    assert "uniform" in printed
    assert "✔" in printed


def test_what_was_refused_is_told(theirs, capsys):
    """An explainer that does vectors alone is not acquitted by them, and the verdict says what it refused, and why."""
    asked = ["certify", "my.py:perceptrons", "--axiom", "conservation", "--examples", "250", "--out", "out"]
    assert main([*asked, "--family", "ordinary"]) == 1
    (cell,) = json.loads((theirs / "out" / "certificate.json").read_text())["cells"]
    assert cell["verdict"] == "inconclusive"
    assert cell["reason"].endswith("refused, images are not for me)")


def test_who_refuses_everything_is_unsupported(theirs, capsys):
    """A hunt says why nothing could be seen; a certificate in which nothing was judged is no success."""
    asked = ["certify", "my.py:nothing", "--axiom", "conservation", "--family", "ordinary", "--out", "out"]
    assert main(asked) == 1
    assert "it is not written yet" in capsys.readouterr().out
    main(["hunt", "my.py:nothing", "conservation"])
    said = capsys.readouterr()
    assert "it is not written yet" in said.out + said.err


def test_no_fail_ends_well(theirs, capsys):
    """With --no-fail a written certificate is a success."""
    asked = ["certify", "gradient", "--axiom", "conservation", "--family", "biased", "--examples", "60", "--out", "out"]
    assert main(asked) == 1
    assert main([*asked, "--no-fail"]) == 0
    assert (theirs / "out" / "certificate.json").is_file()
    assert all(line.startswith("[") or line.endswith(" in all") for line in capsys.readouterr().err.splitlines())


@pytest.mark.parametrize("what", ["explainers", "axioms", "families", "rewrites"])
def test_lists_name_everything(capsys, what):
    """Each list has a line for each entry of its registry."""
    from axiomcheck.axioms import AXIOMS
    from axiomcheck.explainers import CATALOGUE
    from axiomcheck.networks import REWRITES
    from axiomcheck.networks.family import PRESETS

    assert main(["list", what]) == 0
    printed = capsys.readouterr().out
    names = {"explainers": CATALOGUE, "axioms": AXIOMS, "families": PRESETS, "rewrites": REWRITES}[what]
    assert all(any(line.startswith(f"{name} ") for line in printed.splitlines()) for name in names)
