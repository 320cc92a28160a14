"""Defects of integrated gradients, Shapley values, occlusion and DeepLIFT."""

import torch

from axiomcheck.explainers import explainer
from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.occlusion import occlusion
from axiomcheck.explainers.methods.perturbation import mix, outputs_at
from axiomcheck.explainers.methods.shapley import shapley

from .mutant import Mutant, gradient, output, spread

EXACT = IntegratedGradients()


def _times_input(model, inputs, target, *, baseline):
    way = inputs - baseline
    return EXACT(model, inputs, target, baseline=baseline) * torch.where(way == 0, 0, inputs / way)


def _from_zero(model, inputs, target, *, baseline):
    return EXACT(model, inputs, target, baseline=torch.zeros_like(baseline))


def _backwards(model, inputs, target, *, baseline):
    return EXACT(model, baseline, target, baseline=inputs)


def _first_baseline(model, inputs, target, *, baseline):
    return EXACT(model, inputs, target, baseline=baseline[:1].expand_as(baseline))


def _mean_baseline(model, inputs, target, *, baseline):
    return EXACT(model, inputs, target, baseline=baseline.mean(0, keepdim=True).expand_as(baseline))


def _summed(model, inputs, target, baseline, ts):
    slopes = [gradient(model, baseline + t * (inputs - baseline), target) for t in ts]
    return (inputs - baseline) * sum(slopes) / len(slopes)


def _midpoint(model, inputs, target, *, baseline):
    return _summed(model, inputs, target, baseline, [0.5])


def _left_sum(model, inputs, target, *, baseline):
    return _summed(model, inputs, target, baseline, [k / 20 for k in range(20)])


def _one_step_too_many(model, inputs, target, *, baseline):
    return EXACT(model, inputs, target, baseline=baseline) * 21 / 20


def _along_the_axes(model, inputs, target, *, baseline):
    """Integrate along the edges of the box, the first variable first: a path method that is not symmetric."""
    size, found, at = inputs[0].numel(), torch.zeros_like(inputs).flatten(1), baseline.clone()
    for i in range(size):
        before, at = at, at.clone()
        at.flatten(1)[:, i] = inputs.flatten(1)[:, i]
        found[:, i] = output(model, at, target).detach() - output(model, before, target).detach()
    return found.reshape(inputs.shape)


def _banzhaf(model, inputs, target, *, baseline):
    size = inputs[0].numel()
    present = torch.arange(2**size)[:, None] >> torch.arange(size) & 1 == 1
    outputs = outputs_at(model, mix(inputs, baseline, present), target)
    return (outputs @ torch.where(present, 1.0, -1.0).to(outputs) / 2 ** (size - 1)).reshape(inputs.shape)


def _rounded(model, inputs, target, *, baseline):
    return (shapley(model, inputs, target, baseline=baseline) * 4).round() / 4


def _blurred(model, inputs, target, *, baseline):
    scores = shapley(model, inputs, target, baseline=baseline).flatten(1)
    return ((scores + scores.roll(1, 1)) / 2).reshape(inputs.shape)


def _largest_alone(model, inputs, target, *, baseline):
    scores = shapley(model, inputs, target, baseline=baseline).flatten(1)
    kept = torch.zeros_like(scores).scatter(1, scores.abs().argmax(1, keepdim=True), 1.0)
    return (scores.sum(1, keepdim=True) * kept).reshape(inputs.shape)


def _absolute(model, inputs, target, *, baseline):
    return shapley(model, inputs, target, baseline=baseline).abs()


def _of_the_square(model, inputs, target, *, baseline):
    """Return shares of the change in proportion to the squared Shapley values: a sum that is right all the same."""
    scores = shapley(model, inputs, target, baseline=baseline)
    squares = (scores**2).flatten(1)
    whole = squares.sum(1, keepdim=True)
    shares = torch.where(whole > 0, squares / whole, 1 / squares.shape[1])
    return (scores.flatten(1).sum(1, keepdim=True) * shares).reshape(inputs.shape)


@explainer(conserves=None)
def _zero_for_the_baseline(model, inputs, target, *, baseline):
    return occlusion(model, inputs, target, baseline=torch.zeros_like(baseline))


@explainer(conserves=None)
def _what_is_left(model, inputs, target, *, baseline):
    """Return what each variable changes alone, from the baseline, where it is to be taken from the input."""
    return -occlusion(model, baseline, target, baseline=inputs).abs()


@explainer(conserves=None)
def _unsigned(model, inputs, target, *, baseline):
    return occlusion(model, inputs, target, baseline=baseline).abs()


@explainer(conserves=None)
def _relative(model, inputs, target, *, baseline):
    scores = occlusion(model, inputs, target, baseline=baseline)
    return scores / spread(output(model, inputs, target).abs() + 1, scores)


def _slope_near_the_baseline(model, inputs, target, *, baseline):
    near = (inputs - baseline).abs() < 1
    exact = deeplift(model, inputs, target, baseline=baseline)
    return torch.where(near, (inputs - baseline) * gradient(model, inputs, target), exact)


def _multipliers_alone(model, inputs, target, *, baseline):
    way = inputs - baseline
    return torch.where(way == 0, 0, deeplift(model, inputs, target, baseline=baseline) / way)


OF_PATHS = {
    "IG: times the input": Mutant(_times_input, "integrated-gradients", "conservation", "biased"),
    "IG: always from zero": Mutant(_from_zero, "integrated-gradients", "conservation", "biased"),
    "IG: backwards": Mutant(_backwards, "integrated-gradients", "conservation", "biased"),
    "IG: the first baseline for all": Mutant(
        _first_baseline, "integrated-gradients", "batch_consistency", "biased", alone=True
    ),
    "IG: the mean of the baselines": Mutant(
        _mean_baseline, "integrated-gradients", "batch_consistency", "biased", alone=True
    ),
    "IG: the middle alone": Mutant(_midpoint, "integrated-gradients", "conservation", "biased"),
    "IG: a sum without its end": Mutant(_left_sum, "integrated-gradients", "conservation", "biased"),
    "IG: one step too many": Mutant(_one_step_too_many, "integrated-gradients", "conservation", "biased", alone=True),
    "IG: along the axes": Mutant(_along_the_axes, "shapley", "symmetry", "biased", alone=True),
    "Shapley: all coalitions alike": Mutant(_banzhaf, "shapley", "conservation", "biased", alone=True),
    "Shapley: rounded": Mutant(_rounded, "shapley", "continuity", "biased"),
    "Shapley: blurred": Mutant(_blurred, "shapley", "null_player", "biased"),
    "Shapley: the largest alone": Mutant(_largest_alone, "shapley", "continuity", "biased"),
    "Shapley: magnitudes": Mutant(_absolute, "shapley", "linearity", "biased"),
    "Shapley: shares of squares": Mutant(_of_the_square, "shapley", "linearity", "biased"),
    "occlusion: zero for the baseline": Mutant(_zero_for_the_baseline, "occlusion", "sensitivity", "biased"),
    "occlusion: what is left": Mutant(_what_is_left, "occlusion", "demand_monotonicity", "biased"),
    "occlusion: magnitudes": Mutant(_unsigned, "occlusion", "linearity", "biased"),
    "occlusion: relative to the output": Mutant(_relative, "occlusion", "homogeneity", "biased"),
    "DeepLIFT: slopes near the baseline": Mutant(_slope_near_the_baseline, "deeplift", "conservation", "biased"),
    "DeepLIFT: multipliers alone": Mutant(_multipliers_alone, "deeplift", "conservation", "biased"),
}
