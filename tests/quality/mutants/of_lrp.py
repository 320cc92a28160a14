"""Defects of layer-wise relevance propagation."""

import torch

from axiomcheck.explainers import explainer
from axiomcheck.explainers.graphs.graph import evaluate, read
from axiomcheck.explainers.graphs.operations import MaxPool, Rearrangement
from axiomcheck.explainers.methods.lrp import Part, exactly, propagate, relevance, sharing
from axiomcheck.explainers.methods.lrp_0 import LRP0
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus

from .mutant import Mutant, output, spread


def _plain(a, layer):
    return [Part(a, *layer)]


def _unsigned_epsilon(model, inputs, target):
    return propagate(model, inputs, target, _plain, lambda z: exactly(z + 0.1))


def _no_epsilon(model, inputs, target):
    return propagate(model, inputs, target, _plain)


def _late_epsilon(model, inputs, target):
    """Stabilise only denominators that are small, by a jump."""
    return propagate(model, inputs, target, _plain, lambda z: torch.where(z.abs() < 0.1, 0.1, z))


def _no_bias(model, inputs, target):
    return LRP0(bias="dropped")(model, inputs, target)


def _from_one(model, inputs, target):
    return LRP0()(model, inputs, target) / spread(exactly(output(model, inputs, target)), inputs)


def _bias_twice(model, inputs, target):
    return propagate(model, inputs, target, lambda a, layer: [Part(a, layer.weight, 2 * layer.bias)])


def _negative_weights(model, inputs, target):
    return propagate(
        model, inputs, target, lambda a, layer: [Part(a, layer.weight + 0.25 * layer.weight.clamp(max=0), layer.bias)]
    )


@explainer(claims={"positivity": "mlp"})
def _weights_for_contributions(model, inputs, target):
    return propagate(
        model, inputs, target, lambda a, layer: [Part(a, layer.weight.clamp(min=0), layer.bias.clamp(min=0))]
    )


def _negative_contributions(model, inputs, target):
    return propagate(
        model, inputs, target, lambda a, layer: [Part(a.clamp(min=0), layer.weight.clamp(max=0), layer.bias)]
    )


def _alpha_alone(model, inputs, target):
    return 2 * LRPZPlus()(model, inputs, target)


def _bias_as_contribution(model, inputs, target):
    """Keep the bias in the denominator whatever its sign."""
    return propagate(
        model, inputs, target, lambda a, layer: [Part(a.clamp(min=0), layer.weight.clamp(min=0), layer.bias)]
    )


def _last_layer_left_out(model, inputs, target):
    nodes, values = read(model, inputs)
    last = max(number for number, node in enumerate(nodes) if hasattr(node.operation, "parameters"))
    right, wrong = sharing(_plain), sharing(lambda a, layer: [Part(torch.ones_like(a), *layer)])
    return relevance(nodes, values, target, lambda number: wrong if number == last else right)


def _first_of_each_window(model, inputs, target):
    nodes = [
        node._replace(operation=_awarding(node.operation, lambda windows: windows[:, 0]))
        if isinstance(node.operation, MaxPool)
        else node
        for node in read(model, inputs)[0]
    ]
    return relevance(nodes, evaluate(nodes, inputs), target, lambda _: sharing(_plain))


def _awarding(pool, of_windows):
    """Return the same pool whose relevance goes to other entries than the winners."""

    def pooled(a):
        awarded = of_windows(pool.windows(a))
        winners = pool(a)
        return winners.detach() + (awarded - awarded.detach()).reshape(winners.shape)

    return Rearrangement(pooled)


OF_LRP = {
    "ε: its sign": Mutant(_unsigned_epsilon, "lrp-epsilon", "continuity", "bias-free", alone=True),
    "ε: left out": Mutant(_no_epsilon, "lrp-epsilon", "continuity", "biased"),
    "ε: only where needed": Mutant(_late_epsilon, "lrp-epsilon", "continuity", "biased"),
    "LRP-0: the bias dropped": Mutant(_no_bias, "lrp-0", "implementation_invariance", "deep-taylor"),
    "LRP-0: the bias twice": Mutant(_bias_twice, "lrp-0", "implementation_invariance", "deep-taylor"),
    "LRP-0: from one": Mutant(_from_one, "lrp-0", "conservation", "bias-free"),
    "LRP-0: the last activations": Mutant(_last_layer_left_out, "lrp-0", "selectivity", "bias-free"),
    "LRP-0: the first of each window": Mutant(
        _first_of_each_window, "lrp-0", "sensitivity", "maxpool,bias=none,outputs=1"
    ),
    "γ: negative weights": Mutant(_negative_weights, "lrp-gamma", "continuity", "deep-taylor"),
    "z⁺: weights for contributions": Mutant(_weights_for_contributions, "lrp-z-plus", "positivity", "bias-free"),
    "z⁺: negative contributions": Mutant(_negative_contributions, "lrp-z-plus", "conservation", "deep-taylor"),
    "z⁺: twice": Mutant(_alpha_alone, "lrp-z-plus", "conservation", "deep-taylor"),
    "z⁺: a negative bias kept": Mutant(_bias_as_contribution, "lrp-z-plus", "conservation", "deep-taylor"),
}
