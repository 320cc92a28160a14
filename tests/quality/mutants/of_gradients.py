"""Defects of gradients and of what is made of them."""

import torch

from axiomcheck.explainers import explainer
from axiomcheck.explainers.methods.modified_relu import modified_gradient

from .mutant import Mutant, gradient, output, spread


def _sign(model, inputs, target):
    return -inputs * gradient(model, inputs, target)


def _magnitudes(model, inputs, target):
    return inputs.abs() * gradient(model, inputs, target)


def _all_outputs(model, inputs, target):
    leaf = inputs.detach().requires_grad_()
    return inputs * torch.autograd.grad(model(leaf.clone()).sum(), leaf)[0]


def _margin(model, inputs, target):
    leaf = inputs.detach().requires_grad_()
    outputs = model(leaf.clone())
    margin = outputs.gather(1, target[:, None])[:, 0] - outputs.mean(1)
    return inputs * torch.autograd.grad(margin.sum(), leaf)[0]


def _next_target(model, inputs, target):
    return inputs * gradient(model, inputs, (target + 1) % model(inputs.clone()).shape[1])


def _first_target(model, inputs, target):
    return inputs * gradient(model, inputs, target[:1].expand_as(target))


def _largest_output(model, inputs, target):
    return inputs * gradient(model, inputs, model(inputs.clone()).argmax(1))


def _one_percent_more(model, inputs, target):
    return 1.01 * inputs * gradient(model, inputs, target)


def _without_first(model, inputs, target):
    scores = inputs * gradient(model, inputs, target)
    scores.flatten(1)[:, 0] = 0
    return scores


def _shifted_by_one(model, inputs, target):
    scores = inputs * gradient(model, inputs, target)
    return scores.flatten(1).roll(1, 1).reshape(scores.shape)


def _batch_mean(model, inputs, target):
    return (inputs - inputs.mean(0) + inputs.mean()) * gradient(model, inputs, target)


def _gradient_of_the_batch(model, inputs, target):
    return inputs * gradient(model, inputs, target).mean(0, keepdim=True)


def _per_batch_size(model, inputs, target):
    return inputs * gradient(model, inputs, target) / len(inputs)


def _normalised(model, inputs, target):
    scores = inputs * gradient(model, inputs, target)
    return scores / spread(scores.flatten(1).abs().amax(1).clamp(min=1e-30), scores)


def _rectified(model, inputs, target):
    return (inputs * gradient(model, inputs, target)).clamp(min=0)


def _residual_shared_out(model, inputs, target):
    scores = inputs * gradient(model, inputs, target)
    missing = output(model, inputs, target).detach() - scores.flatten(1).sum(1)
    return scores + spread(missing, scores) / inputs[0].numel()


def _mask_lost(model, inputs, target):
    return modified_gradient(model, inputs, target, lambda _, arrived: arrived)


def _sign_lost_at_relu(model, inputs, target):
    return modified_gradient(model, inputs, target, lambda z, arrived: arrived.abs() * (z > 0))


def _leaks(model, inputs, target):
    return inputs * modified_gradient(
        model, inputs, target, lambda z, arrived: arrived * torch.where(z > 0, 1.0, 0.01).to(z)
    )


@explainer(conserves=None, claims={"positivity": "ordinary"})
def _power_lost(model, inputs, target):
    return gradient(model, inputs, target)


@explainer(conserves=None)
def _root(model, inputs, target):
    slope = gradient(model, inputs, target)
    return slope.sign() * slope.abs().sqrt()


def _gradient_elsewhere(model, inputs, target):
    return gradient(model, inputs + 0.25, target)


def _clamped(model, inputs, target):
    return gradient(model, inputs.clamp(-2, 2), target)


OF_GRADIENTS = {
    "G×I: the sign": Mutant(_sign, "grad-x-input", "conservation", "bias-free"),
    "G×I: magnitudes of the input": Mutant(_magnitudes, "grad-x-input", "conservation", "bias-free"),
    "G×I: the gradient of all outputs": Mutant(_all_outputs, "grad-x-input", "conservation", "bias-free"),
    "G×I: less the mean of all outputs": Mutant(_margin, "grad-x-input", "target_only", "bias-free"),
    "G×I: the next target": Mutant(_next_target, "grad-x-input", "conservation", "bias-free"),
    "G×I: the first target for all": Mutant(
        _first_target, "grad-x-input", "batch_consistency", "bias-free", alone=True
    ),
    "G×I: the largest output": Mutant(_largest_output, "grad-x-input", "conservation", "bias-free"),
    "G×I: one percent more": Mutant(_one_percent_more, "grad-x-input", "conservation", "bias-free", alone=True),
    "G×I: without the first variable": Mutant(_without_first, "grad-x-input", "sensitivity", "bias-free"),
    "G×I: off by one variable": Mutant(_shifted_by_one, "grad-x-input", "null_player", "bias-free"),
    "G×I: less the mean of the batch": Mutant(_batch_mean, "grad-x-input", "batch_consistency", "bias-free"),
    "G×I: the mean gradient of the batch": Mutant(
        _gradient_of_the_batch, "grad-x-input", "batch_consistency", "bias-free"
    ),
    "G×I: divided by the size of the batch": Mutant(_per_batch_size, "grad-x-input", "batch_consistency", "bias-free"),
    "G×I: divided by the largest score": Mutant(_normalised, "grad-x-input", "homogeneity", "bias-free"),
    "G×I: negative scores cut off": Mutant(_rectified, "grad-x-input", "linearity", "bias-free"),
    "G×I: what is missing shared out": Mutant(_residual_shared_out, "grad-x-input", "null_player", "biased"),
    "gradient: the mask of the ReLU": Mutant(_mask_lost, "gradient", "implementation_invariance", "biased"),
    "gradient: a sign at the ReLU": Mutant(_sign_lost_at_relu, "gradient", "implementation_invariance", "bias-free"),
    "G×I: a leak in the ReLU": Mutant(_leaks, "grad-x-input", "conservation", "bias-free"),
    "gradient squared: the square": Mutant(_power_lost, "gradient-squared", "positivity", "biased", alone=True),
    "gradient: a root": Mutant(_root, "gradient", "homogeneity", "biased"),
    "gradient: a quarter further on": Mutant(_gradient_elsewhere, "gradient", "sensitivity", "bias-free"),
    "gradient: at the input cut to [-2, 2]": Mutant(_clamped, "gradient", "shift_invariance", "biased"),
}
