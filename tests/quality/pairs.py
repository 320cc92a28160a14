"""Planted pairs: explainers with a violation of conservation by design, and a defect at one kind of layer beside it."""

from dataclasses import replace

from torch import nn

from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.explainers import explainer, locate
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.results.severity import severity_of

KINDS = {
    "conv": (nn.Conv1d, nn.Conv2d),
    "convtranspose": (nn.ConvTranspose1d, nn.ConvTranspose2d),
    "maxpool": (nn.MaxPool1d, nn.MaxPool2d),
    "avgpool": (nn.AvgPool1d, nn.AvgPool2d),
    "adaptiveavgpool": (nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d),
    "batchnorm": (nn.BatchNorm1d, nn.BatchNorm2d),
    "leakyrelu": (nn.LeakyReLU,),
    "prelu": (nn.PReLU,),
    "softmax": (nn.Softmax,),
    "dropout": (nn.Dropout,),
}
"""Modules by the kind of layer that a cause names."""
NONE = ""
"""The kind of a pair without the defect: the design alone."""
EXACT, EPSILON = IntegratedGradients(), LRPEpsilon(epsilon=0.01)


def bias_lost(kind):
    """Return G×I, which leaves biases out, and triples all scores where there is a module of a kind."""

    def explain(model, inputs, target):
        return grad_x_input(model, inputs, target) * _factor(model, kind)

    return explain


def stabilised(kind):
    """Return LRP-ε, which leaves a share of ε out, and triples all scores where there is a module of a kind."""

    def explain(model, inputs, target):
        return EPSILON(model, inputs, target) * _factor(model, kind)

    return explain


def off_by_percents(kind):
    """Return integrated gradients that are 2 % too large, and three times that where there is a module of a kind."""

    @explainer(conserves="change")
    def explain(model, inputs, target, *, baseline):
        return 1.02 * EXACT(model, inputs, target, baseline=baseline) * _factor(model, kind)

    return explain


def _factor(model, kind):
    return 3.0 if any(isinstance(module, KINDS.get(kind, ())) for module in model.modules()) else 1.0


DESIGNS = (bias_lost, stabilised, off_by_percents)
EXAMPLES = 500
PAIRS = tuple((design, kind) for design in DESIGNS for kind in KINDS)


def of_the_defect(design, kind):
    """Yield what a default hunt finds of the defect at a kind of layer, as it is found."""
    asked = question(design(kind), "conservation", "ordinary", Budget(EXAMPLES))
    yield from (finding for finding in Hunt(asked) if is_told(asked, finding, design))


def is_told(asked, finding, design):
    """Return whether a finding is of the defect: the design alone is not that wrong on the same case."""
    if finding.counterexample is None or finding.cause is None or finding.cause.severity != "gross":
        return False
    alone = replace(asked, located=locate(design(NONE))).judge(finding.counterexample.case)
    return not alone.fails or severity_of(alone.share) != "gross"


def is_named(finding, kind):
    """Return whether a finding that is of the defect names its layer."""
    return finding.cause.where == f"at {kind}"
