"""``axiomcheck corpus``: what there is, asked of an explainer, and written to files."""

import pytest

from axiomcheck.cli import main
from axiomcheck.engine.corpus import answers
from axiomcheck.explainers import explainer, locate
from axiomcheck.results.corpus import load_corpus
from axiomcheck.results.reader import read_counterexample


@pytest.fixture(scope="module")
def few():
    """Some entries about conservation, by their numbers."""
    return [(number, one) for number, one in enumerate(load_corpus(), start=1) if one.axiom == "conservation"][::10]


@explainer(conserves="output")
def _shares(model, inputs, target):
    """f/d for every variable, and so the sum is f."""
    return (
        model(inputs).gather(1, target[:, None]).detach().expand(len(inputs), inputs[0].numel()).reshape(inputs.shape)
        / inputs[0].numel()
    )


@explainer(conserves=None)
def _nothing(model, inputs, target):
    """No scores at all, and no claim."""
    return inputs.detach() * 0


def _raises(model, inputs, target):
    raise ValueError("never")


@pytest.mark.parametrize(("explain", "verdict"), [(_shares, "holds"), (_nothing, "silent"), (_raises, "error")])
def test_each_answer_is_what_the_method_does(explain, verdict, few):
    """Equal shares conserve by construction; what claims nothing cannot be asked; what raises is an error."""
    found = list(answers(explain, few))
    assert [answer.number for answer in found] == [number for number, _ in few]
    assert {answer.verdict for answer in found} - {"silent"} <= {verdict}
    assert any(answer.verdict == verdict for answer in found)


def test_a_method_fails_on_its_own_entries():
    """Gradient × input loses biases."""
    every = enumerate(load_corpus(), start=1)
    own = [(number, one) for number, one in every if (one.explainer, one.axiom) == ("grad-x-input", "conservation")]
    assert {answer.verdict for answer in answers(locate("grad-x-input").explain, own)} == {"violated"}


def test_the_command_tells_what_failed(capsys):
    """It ends with 1; gradients of a variable that does not matter are 0, equal shares are not."""
    assert main(["corpus", "grad-x-input", "--axiom", "null_player"]) == 0
    capsys.readouterr()
    assert main(["corpus", "uniform", "--axiom", "null_player"]) == 1
    told = capsys.readouterr().out
    assert "asked of uniform" in told
    assert "null_player, number" in told


def test_without_an_explainer_it_tells_what_there_is(capsys):
    """How many of each axiom."""
    assert main(["corpus"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"corpus 1: {len(load_corpus())} counterexamples"


def test_files_are_those_of_a_hunt(tmp_path):
    """What is exported is read as it was."""
    assert main(["corpus", "--axiom", "sensitivity", "--export", str(tmp_path)]) == 0
    (path, *_) = sorted(tmp_path.iterdir())
    number = int(path.name.split("-")[0])
    assert read_counterexample(path) == load_corpus()[number - 1]


@pytest.mark.parametrize("words", [["corpus", "grad-x-inputs"], ["corpus", "--axiom", "continuty"]])
def test_wrong_names_are_told(words, capsys):
    """In a sentence, with a suggestion."""
    assert main(words) == 2
    assert "unknown" in capsys.readouterr().err
