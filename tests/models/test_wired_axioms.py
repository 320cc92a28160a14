"""Axioms on what is wired to a model: right explainers are clean, wrong ones are told, with what shows it."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget
from axiomcheck.engine.replay import replay
from axiomcheck.engine.resolve import question
from axiomcheck.models.admitted import ONE_OUTPUT
from axiomcheck.models.source import ModelSource
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.reader import counterexample_of


def _cell(explainer, axiom, source, examples=60):
    return run(question(explainer, axiom, None, Budget(examples, 0), model=source))


EXTRA, RELATED = ("null_player", "selectivity"), ("target_only", "linearity", "homogeneity", "shift_invariance")
RIGHT = {
    "gradient": (*EXTRA, *RELATED),
    "grad-x-input": (*EXTRA, "target_only", "linearity", "homogeneity"),
    "integrated-gradients": (*EXTRA, *RELATED),
    "uniform": RELATED,
}
"""What theory says on all models: uniform explains what does not matter too, G×I where the input's zero is."""
TABLE = [
    (explainer, axiom, name)
    for name in ("tabular", "digits", "residual")
    for explainer in RIGHT
    for axiom in RIGHT[explainer]
    if name == "tabular" or explainer != "integrated-gradients"
]
"""Exact integrals over the ways of an image take minutes a cell."""
QUICK = [
    ("grad-x-input", "null_player", "tabular"),
    ("integrated-gradients", "null_player", "tabular"),
    ("integrated-gradients", "selectivity", "tabular"),
    ("grad-x-input", "linearity", "tabular"),
    ("grad-x-input", "target_only", "tabular"),
    ("uniform", "homogeneity", "tabular"),
    ("uniform", "shift_invariance", "tabular"),
    ("integrated-gradients", "shift_invariance", "tabular"),
]


@pytest.mark.parametrize(
    ("explainer", "axiom", "name"),
    [pytest.param(*case, marks=[] if case in QUICK else [pytest.mark.long]) for case in TABLE],
)
def test_right_explainers_are_clean(explainer, axiom, name, example):
    """No violation, nothing left open, and enough cases that could have shown one."""
    cell = _cell(explainer, axiom, ModelSource(*example(name)))
    assert (cell.verdict, cell.screen["violations"], cell.screen["undecided"]) == ("holds", 0, 0), cell.reason
    wired = sum(count for kind, count in cell.evidence.items() if kind.startswith("wiring: "))
    assert wired == cell.screen["effective"]


def test_all_kinds_of_extra_variables_are_drawn(example):
    """Structural ones and functional ones, each about a quarter."""
    cell = _cell("gradient", "null_player", ModelSource(*example("tabular")))
    assert {kind for kind, count in cell.evidence.items() if count >= 6} >= {
        f"wiring: {name}" for name in ("unread", "zero-weights", "cancelled-pair", "taken-away")
    }


def _gradient(model, inputs, target):
    inputs = inputs.detach().clone().requires_grad_()
    outputs = model(inputs * 1)
    return torch.autograd.grad(outputs.gather(1, target[:, None]).sum(), inputs)[0]


def _leaking(model, inputs, target):
    """Return the gradient with a thousandth of its mean size on all."""
    gradient = _gradient(model, inputs, target)
    return gradient + 1e-3 * gradient.abs().mean()


def _normalised(model, inputs, target):
    """Return the gradient of length 1."""
    gradient = _gradient(model, inputs, target)
    return gradient / gradient.flatten(1).norm(dim=1).reshape(-1, *(1 for _ in inputs.shape[1:]))


def _squared(model, inputs, target):
    """Return the squares of the derivatives, with their signs."""
    gradient = _gradient(model, inputs, target)
    return gradient * gradient.abs()


def _margin(model, inputs, target):
    """Return the gradient of the target less the mean of all outputs."""
    leaf = inputs.detach().clone().requires_grad_()
    outputs = model(leaf)
    return torch.autograd.grad((outputs.gather(1, target[:, None]) - outputs.mean(1, keepdim=True)).sum(), leaf)[0]


PLANTED = [
    (_leaking, "null_player", {"with unread"}),
    ("uniform", "selectivity", {"with unread"}),
    ("guided-backprop", "null_player", {"with cancelled-pair", "with taken-away"}),
    ("captum:GuidedBackprop", "null_player", {"with cancelled-pair", "with taken-away"}),
    (_margin, "target_only", {"with others-in-last-layer"}),
    (_squared, "linearity", {"with combination-in-last-layer"}),
    (_normalised, "homogeneity", {"with multiple-in-last-layer"}),
    ("grad-x-input", "shift_invariance", {"with shift-in-first-layer", "with shift-in-front"}),
]


@pytest.mark.parametrize(
    "name", ["tabular", *(pytest.param(n, marks=pytest.mark.long) for n in ("digits", "residual"))]
)
@pytest.mark.parametrize(("explainer", "axiom", "places"), PLANTED)
def test_wrong_explainers_are_told(explainer, axiom, places, name, example):
    """The counterexample says what is wired, is read as it was written, and is seen again on the model."""
    source = ModelSource(*example(name))
    cell = _cell(explainer, axiom, source)
    assert cell.verdict == "violated", cell.reason
    found = cell.counterexample
    assert found.cause.where in places
    assert isinstance(found, Counterexample)
    again = counterexample_of(found.as_data())
    assert again.case == found.case
    assert found.case.wiring.proof in " ".join(again.circumstances)
    located = question(explainer, axiom, None, Budget(60, 0), model=source).located
    assert replay(again, located, source).status == "STILL VIOLATED"


@pytest.mark.parametrize(
    "name", ["tabular", *(pytest.param(n, marks=pytest.mark.long) for n in ("digits", "residual"))]
)
@pytest.mark.parametrize(
    "explainer",
    [
        "captum:DeepLift",
        *(pytest.param(f"captum:{n}", marks=pytest.mark.long) for n in ("GuidedBackprop", "Deconvolution")),
    ],
)
@pytest.mark.parametrize("axiom", EXTRA)
def test_explainers_that_hook_modules_take_what_is_wired(explainer, axiom, name, example):
    """None of their cases is an error, or refused."""
    cell = _cell(explainer, axiom, ModelSource(*example(name)))
    assert cell.verdict in ("holds", "violated"), cell.reason
    assert cell.screen["refused"] == 0
    assert cell.screen["effective"] >= 60


@pytest.mark.parametrize("axiom", ONE_OUTPUT)
def test_one_output_has_no_other_beside_it(axiom):
    """Then there is no case of these axioms, and the reason says so."""
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))
    cell = _cell("gradient", axiom, ModelSource(model, np.random.default_rng(0).uniform(-1, 1, (9, 3))))
    assert (cell.verdict, cell.reason) == ("unsupported", ONE_OUTPUT[axiom])


class Tokens(nn.Module):
    """Reads the vectors of four tokens through a layer."""

    def __init__(self):
        super().__init__()
        self.embed, self.layer, self.head = nn.Embedding(7, 3), nn.Linear(3, 8), nn.Linear(8, 2)

    def forward(self, tokens):
        """Return two outputs."""
        return self.head(self.layer(self.embed(tokens)).relu().sum(1))


@pytest.mark.parametrize("axiom", [*EXTRA, *RELATED])
def test_vectors_of_tokens_are_wired_too(axiom):
    """Behind an embedding there is one token more; its shift is before all layers."""
    torch.manual_seed(0)
    source = ModelSource(Tokens(), np.random.default_rng(0).integers(0, 7, (12, 4)), embedding="embed")
    cell = _cell("gradient", axiom, source)
    assert cell.verdict == "holds", cell.reason
