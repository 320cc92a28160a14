"""Hunts go on after each cause: several defects of one explainer are told apart, and one defect is told once."""

import pytest
import torch
from torch import nn

import axiomcheck as ac
from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question, reference
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


def _hunt(explainer, axiom, seed, family="mlp,maxpool", examples=150):
    hunt = Hunt(question(explainer, axiom, family, Budget(examples, seed)))
    return [finding.counterexample for finding in hunt], hunt.gravest_first


def _found(*arguments):
    return _hunt(*arguments)[0]


def test_two_defects_are_two_causes():
    """One needs biases, the other arises at a max pool and needs none."""
    found, causes = _hunt(two_defects, "conservation", 0)
    pools = [cause for cause in causes if cause.where == "at maxpool" and not cause.conditions]
    assert len(pools) == 1
    assert [cause.conditions for cause in causes if cause.where == "at linear"] == [("biases",)]
    smallest = next(one for one in found if one.cause in pools).case.network
    assert [layer.kind.startswith("maxpool") for layer in smallest.layers].count(True) == 1
    assert not any(any(linear.bias) for linear in smallest.linears)


@pytest.mark.long
def test_one_defect_has_one_condition():
    """What is left without biases is right, so every cause is about biases."""
    _, causes = _hunt(one_defect, "conservation", 0)
    assert causes
    assert {cause.conditions for cause in causes} == {("biases",)}


@pytest.mark.long
@pytest.mark.parametrize("explainer", [two_defects, one_defect])
def test_they_are_told_apart_on_other_seeds(explainer):
    """On seeds 1 to 3 the max pool is told where it is wrong, and not where it is right."""
    free = [any(not cause.conditions for cause in _hunt(explainer, "conservation", seed)[1]) for seed in range(1, 4)]
    assert free == [explainer is two_defects] * 3


def jumps_and_grows(model, inputs, target):
    """Jump where x1 passes 1, and grow without bound where x1 nears -1."""
    first = inputs.flatten(1)[:, :1]
    scores = (first > 1).to(inputs) + 1 / (first + 1)
    return scores.expand(len(inputs), inputs[0].numel()).reshape(inputs.shape)


def test_kinds_of_gap_are_told_apart():
    """A jump and a growth without bound, in one family, are two."""
    found = _found(jumps_and_grows, "continuity", 0, "bias-free", 100)
    assert {one.failure for one in found} == {"jump", "blow-up"}


def raises_or_is_wrong(model, inputs, target):
    """Raise on more than two variables, and conserve nothing else."""
    if inputs.shape[1] > 2:
        raise ValueError("no")
    return torch.zeros_like(inputs)


def test_an_error_does_not_hide_a_violation():
    """Both are told, whichever comes first."""
    found = _found(raises_or_is_wrong, "conservation", 0, "bias-free")
    assert {one.failure for one in found} == {"", "error"}


@pytest.mark.long
def test_rewrites_are_told_apart():
    """The causes of z⁺ that breaks invariance are different rewrites; those that break nobody are not among them."""
    _, causes = _hunt("lrp-z-plus", "implementation_invariance", 0, "biased")
    names = [cause.where for cause in causes]
    assert len(names) > 2
    assert len(set(names)) == len(names)
    assert not {"with permute", "with rescale", "with dead-unit"} & {*names}


def one_unit(model, inputs, target):
    """Conserve where f is not 0; double the scores where a convolution is on the way."""
    scores = EXACT(model, inputs, target, baseline=torch.zeros_like(inputs))
    factor = 2 if any(isinstance(module, nn.Conv1d) for module in model.modules()) else 1
    return scores * factor + 0.01 * scores.abs().sum() * (factor == 1)


@pytest.mark.long
def test_graver_causes_stand_first():
    """An error of some percent does not hide one of factor two, and stands behind it."""
    _, causes = _hunt(one_unit, "conservation", 0, "mlp,conv,bias=none", 100)
    assert [cause.gravity for cause in causes] == sorted(cause.gravity for cause in causes)
    assert "at conv" in {cause.where for cause in causes if cause.severity == "gross"}


@pytest.mark.long
def test_a_reference_sets_aside_what_it_does_too():
    """What grad-x-input does with biases does not count; what is doubled beside it does."""
    asked = question(doubled, "conservation", "mlp,bias=any", Budget(40))
    alone, beside = (list(Hunt(asked, like)) for like in (None, reference(asked, "grad-x-input")))
    assert any(any(any(linear.bias) for linear in one.counterexample.case.network.linears) for one in alone)
    assert beside
    assert not [one for one in beside if reference(asked, "grad-x-input")(one.counterexample.case).fails]


def doubled(model, inputs, target):
    """Return G×I, doubled where the first input is negative."""
    points = inputs.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(points).gather(1, target[:, None]).sum(), points)
    scores = points * gradient
    return torch.where(
        (inputs.flatten(1)[:, 0] < 0).reshape(-1, *[1] * (inputs.dim() - 1)), 2 * scores, scores
    ).detach()


def test_a_twin_that_nobody_knows_is_told():
    """In a sentence."""
    asked = question("uniform", "conservation", "biased", Budget(60))
    with pytest.raises(ac.AxiomcheckError, match="no explainer of our own is known to be the twin of uniform"):
        reference(asked, "twin")
