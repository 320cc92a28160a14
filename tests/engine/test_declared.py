"""What explainers declare: the models they are for, the form of their scores, what they do once to a model."""

import subprocess
import sys

import pytest
import torch

import axiomcheck as ac
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.networks import UnknownName


def _product(model, inputs, target):
    leaf = inputs.detach().clone().requires_grad_()
    outputs = model(leaf).gather(1, target[:, None]).sum()
    return torch.autograd.grad(outputs, leaf)[0] * inputs


def _own():
    """Return a function of its own, which may be declared to be something."""

    def explain(model, inputs, target):
        return _product(model, inputs, target)

    return explain


def _cell(explain, axiom="conservation", family="ordinary", examples=60):
    return run(question(explain, axiom, family, Budget(examples)))


def _shapes(explain, family="ordinary"):
    """Return the dimensions of the inputs that an explainer is called with, and the kinds of modules."""
    dimensions, modules = set(), set()

    def spy(model, inputs, target):
        dimensions.add(inputs.dim() - 1)
        modules.update(type(module).__name__ for module in model.modules())
        return _product(model, inputs, target)

    _cell(explain(spy), "determinism", family)
    return dimensions, modules


def test_an_explainer_for_images_meets_images():
    """It is called with nothing else, in a family that has vectors, sequences and volumes too."""
    dimensions, _ = _shapes(ac.explainer(inputs="images"), "conv")
    assert dimensions == {3}


@pytest.mark.parametrize("axiom", ["determinism", "batch_consistency"])
def test_images_are_enough_for_a_verdict(axiom):
    """Enough images are drawn in a family of which they are a quarter."""
    cell = _cell(ac.explainer(inputs="images")(_own()), axiom)
    assert (cell.verdict, cell.screen["effective"]) == ("holds", 60)
    assert cell.screen["refused"] == 0


def test_an_explainer_of_some_layers_meets_no_others():
    """Max pools are in the family, and not drawn for it."""
    _, modules = _shapes(ac.explainer(layers=["conv"]), "conv,maxpool,residual")
    assert "Conv2d" in modules
    assert not [name for name in modules if "Pool" in name]


def test_a_family_outside_the_domain_is_unsupported():
    """Perceptrons have no images, and the reason says that images are wanted."""
    cell = _cell(ac.explainer(inputs="images")(_own()), family="biased")
    assert cell.verdict == "unsupported"
    assert "images" in cell.reason


@pytest.mark.parametrize("options", [{"inputs": "pictures"}, {"layers": ["convs"]}, {"form": "summed"}])
def test_unknown_tags_are_told(options):
    """One sentence, with a suggestion."""
    with pytest.raises(UnknownName, match=r"unknown .*; (did you mean|known are)"):
        ac.explainer(**options)


def test_a_setup_that_cannot_be_called_is_told():
    """One sentence."""
    with pytest.raises(ac.AxiomcheckError, match="setup"):
        ac.explainer(setup=3)


def _summed(keep):
    @ac.explainer(form="channel-summed", inputs="images")
    def explain(model, inputs, target):
        return _product(model, inputs, target).sum(1, keepdim=keep)

    return explain


@pytest.mark.parametrize("keep", [True, False])
def test_sums_over_channels_are_judged(keep):
    """They conserve without biases as the scores do that they are sums of, and fail with them."""
    assert _cell(_summed(keep), family="conv,bias=none").verdict == "holds"
    assert _cell(_summed(keep), family="conv").verdict == "violated"
    assert _cell(_summed(keep), "output_form", "conv").verdict == "holds"


def test_single_variables_are_not_asked_of_sums():
    """With one channel a pixel is a variable; with more, its variables have no scores of their own."""
    seen = set()

    @ac.explainer(form="channel-summed", inputs="images")
    def explain(model, inputs, target):
        seen.add(inputs.shape[1])
        return _product(model, inputs, target).sum(1)

    _cell(explain, "sensitivity", "conv")
    assert seen == {1}


def test_undeclared_sums_have_the_wrong_form():
    """Without the declaration they are no explanation."""
    summed = ac.explainer(inputs="images")(lambda *call: _product(*call).sum(1, keepdim=True))
    cell = _cell(summed, "determinism", "conv")
    assert (cell.verdict, "shape" in cell.reason) == ("error", True)


class Hooked:
    """Gradient times input by a hook that ``fit`` registers once; it counts how often, and asks for it."""

    def __init__(self):
        self.fitted = 0

    def fit(self, model):
        """Mark the model."""
        self.fitted += 1
        model.register_buffer("marked", torch.ones(()))

    def __call__(self, model, inputs, target):
        """Return the scores, if the model is marked once."""
        if not hasattr(model, "marked"):
            raise RuntimeError("fit was not called")
        return _product(model, inputs, target)

    def __repr__(self):
        return "Hooked()"


@pytest.mark.parametrize("axiom", ["conservation", "purity", "determinism", "context", "implementation_invariance"])
def test_a_setup_comes_before_all_that_is_looked_at(axiom):
    """What it does to the model is no impurity; without it the explainer fails."""
    declared = ac.explainer(setup="fit")(type("Declared", (Hooked,), {}))
    assert _cell(declared(), axiom, "bias-free").verdict == "holds"
    assert _cell(Hooked(), axiom, "bias-free").verdict == "error"


def test_repeated_calls_have_one_setup():
    """Two calls on one model are set up once: each cell of determinism builds one model a case."""
    declared = ac.explainer(setup="fit")(type("Declared", (Hooked,), {}))()
    cell = _cell(declared, "determinism", "bias-free")
    drawn = cell.search["drawn"] + cell.screen["drawn"]
    assert declared.fitted <= drawn + 1


def test_a_setup_that_raises_is_the_explainers_error():
    """Its exception is told as one of the explainer."""

    def broken(model):
        raise ValueError("no such layer")

    cell = _cell(ac.explainer(setup=broken)(_own()))
    assert cell.verdict == "error"
    assert "no such layer" in cell.reason


FILE = """
import torch
from torch import nn
import axiomcheck as ac

def prepare(model):
    for module in model.modules():
        if isinstance(module, nn.ReLU):
            module.register_full_backward_hook(lambda module, before, after: (before[0].clamp(min=0),))

@ac.explainer(setup=prepare, form="channel-summed", inputs="images")
def explain(model, inputs, target):
    leaf = inputs.detach().clone().requires_grad_()
    return (torch.autograd.grad(model(leaf).gather(1, target[:, None]).sum(), leaf)[0] * inputs).sum(1)
"""


def test_the_script_sets_up_and_spreads(tmp_path):
    """The printed script makes the calls that the engine makes: it prints the same gap, and so does its replay."""
    path = tmp_path / "own.py"
    path.write_text(FILE)
    counterexample = ac.find_counterexample(f"{path}:explain", "conservation", family="conv", examples=100)
    assert counterexample is not None
    script = tmp_path / "script.py"
    script.write_text(counterexample.code())
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout.split("gap:")[1]) == pytest.approx(counterexample.gap, rel=1e-9)
    assert "set_up_once" in counterexample.code()


def test_who_refuses_most_cases_is_inconclusive():
    """Some cases were judged, too few for a verdict: it is not that the explainer takes none."""

    def picky(model, inputs, target):
        if inputs.shape[1:].numel() != 4:
            raise ac.Unsupported("it takes four variables")
        return _product(model, inputs, target)

    cell = _cell(picky, "determinism", "biased", 60)
    assert 0 < cell.screen["effective"] < 59
    assert (cell.verdict, "it takes four variables" in cell.reason) == ("inconclusive", True)
