"""Several defects of one explainer are told apart, and one defect is told once."""

import pytest
import torch
from torch import nn

import axiomcheck as ac
from axiomcheck.engine.distinct import distinct, kind_of
from axiomcheck.engine.hunt import hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients

EXACT = IntegratedGradients()


def _with_biases(model):
    return any((bias.detach() > 0).any() for name, bias in model.named_parameters() if name.endswith("bias"))


def _with_pools(model):
    return any(isinstance(module, (nn.MaxPool1d, nn.MaxPool2d)) for module in model.modules())


@ac.explainer(conserves="change")
def two_defects(model, inputs, target, *, baseline):
    """Wrong where a bias is positive, and where there is a module that is a max pool."""
    scores = EXACT(model, inputs, target, baseline=baseline)
    return scores + _with_biases(model) + 2 * scores * _with_pools(model)


@ac.explainer(conserves="change")
def one_defect(model, inputs, target, *, baseline):
    """Wrong where a bias is positive."""
    return EXACT(model, inputs, target, baseline=baseline) + _with_biases(model)


def _found(explainer, axiom, seed, family="mlp,maxpool", examples=150):
    asked = question(explainer, axiom, family, Budget(examples, seed))
    _, first = hunt(asked)
    return [first.counterexample, *(finding.counterexample for _, finding in distinct(asked, first))]


def _needs_biases(found):
    return any(any(bias > 0 for bias in linear.bias) for linear in found.case.network.linears)


def _counts(explainer, seeds):
    return [len(_found(explainer, "conservation", seed)) for seed in seeds]


def test_two_defects_are_two_counterexamples():
    """One has a positive bias and no max pool, the other a max pool and no bias."""
    found = _found(two_defects, "conservation", 0)
    assert len(found) == 2
    assert sorted(map(_needs_biases, found)) == [False, True]
    pools = [any(layer.kind.startswith("maxpool") for layer in one.case.network.layers) for one in found]
    assert pools == [not _needs_biases(one) for one in found]


def test_one_defect_is_one_counterexample():
    """What is left without positive biases is right."""
    assert _counts(one_defect, [0]) == [1]


@pytest.mark.long
@pytest.mark.parametrize(("explainer", "count"), [(two_defects, 2), (one_defect, 1)])
def test_they_are_counted_right_on_nearly_every_seed(explainer, count):
    """On 18 of 20."""
    assert _counts(explainer, range(20)).count(count) >= 18


def jumps_and_grows(model, inputs, target):
    """Jump where x1 passes 1, and grow without bound where x1 nears -1."""
    first = inputs.flatten(1)[:, :1]
    scores = (first > 1).to(inputs) + 1 / (first + 1)
    return scores.expand(len(inputs), inputs[0].numel()).reshape(inputs.shape)


def test_kinds_of_gap_are_told_apart():
    """A jump and a growth without bound, in one family, are two."""
    found = _found(jumps_and_grows, "continuity", 0, "bias-free", 100)
    assert {kind_of(one)[0] for one in found} == {"jump", "blow-up"}


def raises_or_is_wrong(model, inputs, target):
    """Raise on more than two variables, and conserve nothing else."""
    if inputs.shape[1] > 2:
        raise ValueError("no")
    return torch.zeros_like(inputs)


def test_an_error_does_not_hide_a_violation():
    """Both are told, whichever comes first."""
    found = _found(raises_or_is_wrong, "conservation", 0, "bias-free")
    assert {kind_of(one)[0] for one in found} == {"", "error"}


def test_rewrites_are_told_apart():
    """Each counterexample of z⁺ to invariance is by other rewrites than those before."""
    found = _found("lrp-z-plus", "implementation_invariance", 0, "biased")
    names = [kind_of(one)[1] for one in found]
    assert len(names) > 2
    assert len(set(names)) == len(names)
