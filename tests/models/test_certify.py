"""Explainers on models of one's own: right ones are clean, planted defects are told at their module."""

import numpy as np
import pytest
import torch
from torch import nn

import axiomcheck as ac
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.models.admitted import DRAWS, LACKS
from axiomcheck.models.source import ModelSource
from axiomcheck.networks import AxiomcheckError

CONTRACTS = ("batch_consistency", "determinism", "purity", "same_function", "output_form")


def _cell(explainer, axiom, example, examples=60, seed=0):
    source = ModelSource(*example)
    return run(question(explainer, axiom, None, Budget(examples, seed), model=source))


def _gradient(model, inputs, target):
    inputs = inputs.detach().clone().requires_grad_()
    outputs = model(inputs * 1)
    return torch.autograd.grad(outputs.gather(1, target[:, None]).sum(), inputs)[0]


def test_every_axiom_is_admitted_or_says_why():
    """No axiom is in both lists, and none in neither."""
    from axiomcheck.axioms import AXIOMS

    assert sorted([*DRAWS, *LACKS]) == sorted(AXIOMS)


RIGHT = [
    ("gradient", "implementation_invariance", "residual"),
    ("grad-x-input", "implementation_invariance", "residual"),
    ("grad-x-input", "implementation_invariance", "tabular"),
    ("captum:InputXGradient", "implementation_invariance", "digits"),
    ("integrated-gradients", "implementation_invariance", "tabular"),
    ("integrated-gradients", "conservation", "tabular"),
    ("integrated-gradients", "sensitivity", "tabular"),
    ("occlusion", "implementation_invariance", "tabular"),
    ("occlusion", "sensitivity", "tabular"),
    ("occlusion", "continuity", "tabular"),
    ("uniform", "conservation", "residual"),
    ("uniform", "continuity", "residual"),
    *(("gradient", contract, "residual") for contract in CONTRACTS),
    ("gradient", "context", "tabular"),
]
SLOW = [case for case in RIGHT if case[2] != "tabular" and case[1] not in ("conservation", "output_form")]
SLOW.append(("gradient", "context", "tabular"))
"""What needs seconds, and is no other than on the small model."""


@pytest.mark.parametrize(
    ("explainer", "axiom", "name"),
    [pytest.param(*case, marks=[pytest.mark.long] if case in SLOW else []) for case in RIGHT],
)
def test_right_explainers_are_clean(explainer, axiom, name, example):
    """No violation, no error, and enough cases that could have shown one."""
    cell = _cell(explainer, axiom, example(name))
    assert (cell.verdict, cell.screen["violations"], cell.screen["undecided"]) == ("holds", 0, 0), cell.reason


WRONG = [
    ("grad-x-input", "conservation", "tabular"),
    ("grad-x-input", "continuity", "tabular"),
    ("guided-backprop", "implementation_invariance", "tabular"),
    ("captum:DeepLift", "implementation_invariance", "tabular"),
    ("lrp-z-plus", "implementation_invariance", "tabular"),
    ("lrp-epsilon", "conservation", "tabular"),
]


@pytest.mark.parametrize(("explainer", "axiom", "name"), WRONG)
def test_what_theory_says_of_methods_is_found(explainer, axiom, name, example):
    """What fails on small networks fails on a model, and the counterexample is one of it."""
    cell = _cell(explainer, axiom, example(name))
    assert cell.verdict == "violated"
    assert cell.counterexample.gap > cell.counterexample.tolerance
    assert cell.counterexample.case.model.shape == example(name)[1].shape[1:]


def _planted(place, factor=1.5):
    """Return the gradient, made larger where it passes a module that has a path, as a hook for its kind does."""

    def explain(model, inputs, target):
        kind = type(_reference.get_submodule(place))
        module = dict(model.named_modules()).get(place)
        handle = None
        if type(module) is kind:
            handle = module.register_forward_hook(lambda _, __, output: _scaled(output, factor))
        try:
            return _gradient(model, inputs, target)
        finally:
            if handle is not None:
                handle.remove()

    return explain


def _scaled(output, factor):
    if output.requires_grad:
        output.register_hook(lambda gradient: factor * gradient)
    return output


_reference = nn.Module()

PLACES = {
    "block1.relu": {"style-relu-functional", "style-relu-clamp", "double-relu", "guard"},
    "block2.relu": {"style-relu-functional", "style-relu-clamp", "double-relu", "guard"},
    "pool": {"style-pool-functional"},
    "norm": {"batch-norm-as-conv", "fold-batch-norm"},
    "block1.norm2": {"batch-norm-as-conv", "fold-batch-norm"},
    "block2.norm1": {"batch-norm-as-conv", "fold-batch-norm"},
    "fc1": {"style-linear-functional", "linear-as-conv", "identity", "factorise", "twice-and-mean", "cancelling-pair"},
    "fc2": {"style-linear-functional", "linear-as-conv", "identity", "factorise", "twice-and-mean", "cancelling-pair"},
    "stem": {"identity", "factorise", "twice-and-mean", "cancelling-pair"},
    "block1.conv1": {"identity", "factorise", "twice-and-mean", "cancelling-pair", "conv-in-halves"},
    "block2.conv2": {"identity", "factorise", "twice-and-mean", "cancelling-pair", "conv-in-halves"},
}
"""Modules of the residual network, with the exchanges that take each out of the way of a hook for its kind."""
QUICK = ("pool",)
"""Those of the default suite."""


@pytest.mark.parametrize(
    "place", [pytest.param(place, marks=[] if place in QUICK else [pytest.mark.long]) for place in PLACES]
)
def test_a_planted_defect_is_told_at_its_module(place, example, monkeypatch):
    """The gradient is wrong where it passes one module: the twin that shows it has that one exchanged, and no other."""
    model, inputs = example("residual")
    monkeypatch.setattr(f"{__name__}._reference", model)
    cell = _cell(_planted(place), "implementation_invariance", (model, inputs), examples=120)
    assert cell.verdict == "violated"
    (exchange,) = cell.counterexample.case.exchanges
    assert place in exchange.place.split(">")
    assert exchange.name in PLACES[place]
    assert cell.counterexample.cause.where == f"with {exchange.name}"


def test_a_jump_is_told_at_its_module(example):
    """The gradient of a perceptron jumps at a kink of one of its ReLUs, which is named."""
    cell = _cell(_gradient, "continuity", example("tabular"))
    assert cell.verdict == "violated"
    assert cell.counterexample.cause.where in ("at a kink of ReLU 1", "at a kink of ReLU 4")
    assert cell.counterexample.along.jumps


@pytest.mark.parametrize("biased", [0, 2, 4])
def test_a_chain_tells_where_conservation_ends(biased):
    """G×I loses the one bias that there is at its layer, seen from the output."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 3))
    for place in {0, 2, 4} - {biased}:
        nn.init.zeros_(model[place].bias)
    cell = _cell("grad-x-input", "conservation", (model, np.random.default_rng(0).uniform(-1, 1, (24, 4))))
    assert cell.counterexample.cause.where == f"at {biased}"


@pytest.mark.parametrize("axiom", sorted(LACKS))
def test_what_a_model_does_not_admit_is_said(axiom, example):
    """Axioms about what is not known of a model are unsupported, with the reason."""
    cell = _cell("gradient", axiom, example("tabular"))
    assert (cell.verdict, cell.reason) == ("unsupported", LACKS[axiom])


def test_a_certificate_of_a_model_repeats_itself(example):
    """The same seed gives the same certificate, and it says which model and data it is of."""
    model, inputs = example("tabular")
    one, other = (
        ac.certify(["gradient", "lrp-epsilon"], ["conservation", "continuity"], model=model, inputs=inputs, examples=60)
        for _ in range(2)
    )
    assert one.as_data()["sha256"] == other.as_data()["sha256"]
    assert one.families == ("Sequential on 24 inputs",)
    assert "inputs from 24 data points" in one.environment.distribution
    assert "sha256 of its parameters and buffers" in one.environment.distribution


class Dropping(nn.Module):
    """A perceptron with dropout as a function."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        """Drop units in training mode."""
        return self.last(nn.functional.dropout(self.first(x).relu(), 0.5, self.training))


def test_dropout_as_a_function_is_no_context():
    """In training mode it is another function: what the gradient is then says nothing of the explainer."""
    torch.manual_seed(0)
    cell = _cell("gradient", "context", (Dropping(), np.random.default_rng(0).uniform(-1, 1, (24, 4))))
    assert cell.verdict == "holds", cell.reason


def test_check_and_find_counterexample_take_a_model(example):
    """The other doors of the library lead there too."""
    model, inputs = example("tabular")
    ac.check("uniform", "conservation", model=model, inputs=inputs)
    with pytest.raises(ac.AxiomViolation):
        ac.check("grad-x-input", "conservation", model=model, inputs=inputs)
    found = ac.find_counterexample("grad-x-input", "conservation", model=model, inputs=torch.tensor(inputs))
    assert "on inputs of 30" in found.formula


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"model": nn.Linear(2, 2)}, "inputs=… is missing"),
        ({"inputs": np.eye(2)}, "model=… is missing"),
        (
            {"model": nn.Linear(2, 2), "inputs": np.eye(2), "families": ["biased"]},
            "families .* or a model, and not both",
        ),
        ({"model": nn.Linear(2, 2), "inputs": np.eye(2), "scope": True}, "a scope is made of families"),
    ],
)
def test_wrong_use_has_a_sentence(arguments, sentence):
    """Of a model and its inputs none may be missing, and families are something else."""
    with pytest.raises(AxiomcheckError, match=sentence):
        ac.certify("gradient", ["conservation"], **arguments)
