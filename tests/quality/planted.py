"""Explainers with one planted defect each, and the smallest network by hand that shows it.

Most give every variable an equal share of f, which conserves whatever the model is, but twice that where a model has
something in it: the defect of a library that does not know a layer or a way to write it.
"""

import operator
from dataclasses import dataclass

import torch
from torch import fx, nn

from axiomcheck.networks import BatchNorm, Concat, Conv, Flatten, Linear, MaxPool, Network, ReLU, Residual, Style


def _doubled_where(has):
    def explain(model, inputs, target):
        outputs = model(inputs).gather(1, target[:, None]).detach()
        shares = (outputs / inputs[0].numel()).reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs)
        return shares * (2 if has(model) else 1)

    return explain


def _has(*kinds, when=lambda _: True):
    return _doubled_where(lambda model: any(isinstance(part, kinds) and when(part) for part in model.modules()))


def _calls(*targets):
    def has(model):
        return any(node.target in targets for node in fx.symbolic_trace(model).graph.nodes)

    return _doubled_where(has)


def _uses_twice(*kinds):
    def has(model):
        nodes = fx.symbolic_trace(model).graph.nodes
        called = [node.target for node in nodes if node.op == "call_module"]
        parts = [model.get_submodule(name) for name in called]
        found = [id(part) for part in parts if isinstance(part, kinds)]
        return len(found) > len(set(found))

    return _doubled_where(has)


strided = _has(nn.Conv1d, nn.Conv2d, when=lambda part: max(part.stride) > 1)
padded = _has(nn.Conv1d, nn.Conv2d, when=lambda part: max(part.padding) > 0)
grouped = _has(nn.Conv1d, nn.Conv2d, when=lambda part: part.groups > 1)
overlapping = _has(
    nn.MaxPool1d,
    nn.MaxPool2d,
    when=lambda part: min(_pair(part.stride)) < max(_pair(part.kernel_size)),
)
normalised = _has(nn.BatchNorm1d, nn.BatchNorm2d)
residual = _calls(torch.add, operator.add)
concatenated = _calls(torch.cat)
functional = _calls(torch.nn.functional.relu)
reused = _uses_twice(nn.ReLU)
shared = _uses_twice(nn.Linear)
in_place = _has(nn.ReLU, when=lambda part: part.inplace)
"""Defects by the name under which the table has them."""


def _pair(size):
    return size if isinstance(size, tuple) else (size,)


@dataclass(frozen=True)
class Planted:
    """A defect: who has it, which axiom shows it in which family, and a network by hand that is small enough."""

    explainer: object
    axiom: str
    family: str
    minimum: tuple[Network, ...]


ONE = Linear(((1.0,),), (0.0,))
CONSTANT = Network((Linear(((0.0,),), (1.0,)),))
ABOVE = Network((Linear(((1.0, 1.0),), (0.0,)), ReLU()))
MAX_PAIR = (
    Network((Linear(((1.0, -1.0), (0.0, 1.0)), (0.0, 0.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,)))),
    Network(
        (
            Linear(((1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)), (0.0, 0.0, 0.0)),
            ReLU(),
            Linear(((0.5, 0.5, 0.5),), (0.0,)),
        )
    ),
)


def _conv(weight, **geometry):
    return Conv.of([[[float(w) for w in weight]]], [1.0], **geometry)


PLANTED = {
    "uniform tells nothing apart": Planted(
        "uniform", "selectivity", "bias-free", (Network((Linear(((1.0, 0.0),), (0.0,)),)),)
    ),
    "gradient sums to no output": Planted("gradient", "conservation", "biased", (CONSTANT,)),
    "G×I forgets the bias": Planted("grad-x-input", "conservation", "biased", (CONSTANT,)),
    "G×I jumps at a kink": Planted("grad-x-input", "continuity", "bias-free", (ABOVE,)),
    "z+ tells max from max": Planted("lrp-z-plus", "implementation_invariance", "bias-free", MAX_PAIR),
    "stride": Planted(strided, "conservation", "conv", (Network((_conv([0], stride=2), Flatten()), (1, 1)),)),
    "padding": Planted(padded, "conservation", "conv", (Network((_conv([0, 0], padding=1), Flatten()), (1, 1)),)),
    "overlapping windows": Planted(
        overlapping, "conservation", "conv,maxpool", (Network((MaxPool((3,), (1,), (1,)), Flatten()), (1, 1)),)
    ),
    "residual sum": Planted(residual, "conservation", "residual", (Network((Residual(((ONE,), ())),), (1,)),)),
    "functional ReLU": Planted(
        functional, "conservation", "styles", (Network((ReLU(),), (1,), Style(relu="functional")),)
    ),
    "reused ReLU": Planted(reused, "conservation", "styles", (Network((ReLU(), ReLU()), (1,), Style(relu="reused")),)),
    "shared layer": Planted(shared, "conservation", "shared", (Network((ONE, ONE), (1,), Style(weights="shared")),)),
    "in-place ReLU": Planted(
        in_place, "conservation", "styles", (Network((ONE, ReLU()), (1,), Style(relu="inplace")),)
    ),
    "batch normalisation": Planted(
        normalised,
        "conservation",
        "batchnorm",
        (Network((BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,)),), (1,)),),
    ),
    "concatenation": Planted(concatenated, "conservation", "concat", (Network((Concat(((ONE,), ())),), (1,)),)),
}
