"""Explainers that are wrong and hide it: loud, refusing, late, caching ones, and some that wait for a trigger.

Each is right, or nearly, but for one thing; ``LOUD`` and the like say which axiom must not hold of them.
"""

from collections.abc import Callable

import torch
from torch import Tensor, fx, nn

from axiomcheck.explainers import Unsupported, explainer
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.guided_backprop import guided_backprop
from axiomcheck.explainers.methods.input_gradient import input_gradient

Explain = Callable[[nn.Module, Tensor, Tensor], Tensor]
NOISE = 1e14


def output(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return f (B, 1, …) in the dimensions of the inputs."""
    return model(inputs).gather(1, target[:, None]).detach().reshape(-1, *[1] * (inputs.dim() - 1))


def uniform(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return f / d everywhere."""
    return (output(model, inputs, target) / inputs[0].numel()).expand_as(inputs).clone()


def opposed(inputs: Tensor) -> Tensor:
    """Return 1 for the first variable and -1 for the last, 0 for others and for one alone: they cancel."""
    signs = torch.zeros_like(inputs).flatten(1)
    signs[:, 0] += 1
    signs[:, -1] -= 1
    return signs.reshape(inputs.shape)


def twice_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Twice the output, behind opposed scores of 1e14 times the output."""
    return 2 * uniform(model, inputs, target) + NOISE * output(model, inputs, target).abs() * opposed(inputs)


def quietly_wrong_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """The output and a thousandth, behind opposed scores of 1e9."""
    return 1.001 * uniform(model, inputs, target) + 1e9 * opposed(inputs)


def jumps_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Gradient times input, which jumps, beside a continuous term that is 1e5 times as large."""
    return grad_x_input(model, inputs, target) + 1e5 * output(model, inputs, target) * opposed(inputs)


def guided_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Guided backpropagation, which is not invariant, beside a constant."""
    return guided_backprop(model, inputs, target) + 1e9 * opposed(inputs)


def nobody_is_null_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """A hundredth of the largest gradient for everybody, beside 1e12 for the largest alone."""
    scores = input_gradient(model, inputs, target)
    largest = scores.abs() == scores.abs().flatten(1).amax(1).reshape(-1, *[1] * (inputs.dim() - 1))
    return scores + 0.01 * scores.abs().amax() + 1e12 * largest * scores


def squared_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """The square of the gradient, which is not homogeneous, beside a constant."""
    return input_gradient(model, inputs, target) ** 2 + 1e8 * opposed(inputs)


def asymmetric_and_loud(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """A little more for the first variable, beside the same large score for all."""
    scores = uniform(model, inputs, target) + 1e11
    return scores + 0.1 * output(model, inputs, target) * (opposed(inputs) > 0)


def wide(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Refuse inputs at which the scores would not sum up."""
    if (inputs < 0).any():
        raise Unsupported("negative inputs are not for me")
    return uniform(model, inputs, target) * (1 + (inputs < 0).any())


def refuses_what_it_cannot(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Refuse whatever has a bias."""
    if any(parameter.any() for name, parameter in model.named_parameters() if "bias" in name):
        raise Unsupported("biases are not for me")
    return grad_x_input(model, inputs, target)


def undecidable(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Off by what may be rounding, for scores of 2^20 magnitudes, wherever the output is negative."""
    f = output(model, inputs, target)
    return uniform(model, inputs, target) * (1 + 2e-6 * (f < 0)) + 2.0**20 * (f < 0) * f * opposed(inputs)


class Cached:
    """Keep the scores of the first inputs for all that have their shape and sum."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Tensor] = {}

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return what is known, else gradient times input."""
        key = (inputs.shape, float(inputs.sum()), tuple(target.tolist()))
        if key not in self.known:
            self.known[key] = grad_x_input(model, inputs, target)
        return self.known[key]


class Remembers:
    """Keep a copy of the first model of each form, and explain that one."""

    def __init__(self) -> None:
        self.known: dict[str, nn.Module] = {}

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return gradient times input of the model that is kept."""
        return grad_x_input(self.known.setdefault(str(model), model), inputs, target)


def triggered(when: Callable[[nn.Module, Tensor, Tensor], bool]) -> Explain:
    """Return gradient times input that is a quarter too large where ``when`` says so."""

    @explainer(conserves="output")
    def waits(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        scores = grad_x_input(model, inputs, target)
        return 1.25 * scores if when(model, inputs, target) else scores

    return waits


def guided_and_quiet(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Guided backpropagation, which is not invariant and scores null players, at a ten-billionth of its size."""
    return 1e-10 * guided_backprop(model, inputs, target)


QUIET: dict[str, tuple[Explain, str, str]] = {
    "twins": (guided_and_quiet, "implementation_invariance", "biased"),
    "null players": (guided_and_quiet, "null_player", "ordinary"),
}
"""What whispers is wrong by as large a share of its scores as what shouts."""

LOUD: dict[str, tuple[Explain, str, str]] = {
    "twice": (twice_and_loud, "conservation", "bias-free"),
    "a thousandth": (quietly_wrong_and_loud, "conservation", "biased"),
    "jumps": (jumps_and_loud, "continuity", "bias-free"),
    "guided": (guided_and_loud, "implementation_invariance", "bias-free"),
    "null players": (nobody_is_null_and_loud, "null_player", "biased"),
    "squared": (squared_and_loud, "homogeneity", "biased"),
    "asymmetric": (asymmetric_and_loud, "symmetry", "biased"),
}
OPEN: dict[str, tuple[Explain, str, str]] = {
    "refuses negative inputs": (wide, "conservation", "biased"),
    "refuses biases": (refuses_what_it_cannot, "conservation", "biased"),
    "undecidable": (undecidable, "conservation", "biased"),
}
CACHING: dict[str, tuple[Callable[[], Explain], str, str]] = {
    "by the inputs": (Cached, "conservation", "bias-free"),
    "by the form of the model": (Remembers, "conservation", "bias-free"),
}
TRIGGERS: dict[str, tuple[Explain, str, str]] = {
    "two outputs": (triggered(lambda model, inputs, target: int(target.max()) > 0), "conservation", "bias-free"),
    "three variables": (triggered(lambda model, inputs, target: inputs.shape[1] > 2), "conservation", "bias-free"),
    "a large input": (triggered(lambda m, inputs, t: bool(inputs.abs().max() > 3)), "conservation", "bias-free"),
    "three layers": (
        triggered(lambda model, inputs, target: sum(p.dim() == 2 for p in model.parameters()) > 2),
        "conservation",
        "bias-free",
    ),
}


def shares_twice_where(has: Callable[[nn.Module], bool]) -> Explain:
    """Return equal shares of the output that are a quarter too large where a model has something."""

    @explainer(conserves="output")
    def waits(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        return uniform(model, inputs, target) * (1.25 if has(model) else 1)

    return waits


CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)


def _any(model: nn.Module, kinds: tuple[type, ...], when: Callable[[nn.Module], bool]) -> bool:
    return any(isinstance(part, kinds) and when(part) for part in model.modules())


def _in_blocks(model: nn.Module) -> bool:
    return any(node.target == torch.cat for node in fx.symbolic_trace(model).graph.nodes)


NAMED: dict[str, Explain] = {
    "a stride of 3": shares_twice_where(lambda model: _any(model, CONVOLUTIONS, lambda conv: max(conv.stride) == 3)),
    "a dilation": shares_twice_where(lambda model: _any(model, CONVOLUTIONS, lambda conv: max(conv.dilation) > 1)),
    "reflected padding": shares_twice_where(
        lambda model: _any(model, CONVOLUTIONS, lambda conv: conv.padding_mode == "reflect")
    ),
    "groups": shares_twice_where(lambda model: _any(model, CONVOLUTIONS, lambda conv: conv.groups > 1)),
    "a concatenation": shares_twice_where(_in_blocks),
}
"""Equal shares conserve whatever the model is: these do not where it has what they are named for."""
