"""Explainers with a defect at one kind of layer or one of its options: the outputs are right, what goes back is not."""

from itertools import cycle
from unittest.mock import patch

from axiomcheck.explainers import explainer
from axiomcheck.explainers.graphs import builders
from axiomcheck.explainers.methods.deeplift import deeplift
from axiomcheck.explainers.methods.lrp_0 import LRP0

from .backward import Backward
from .defects import DEFECTS
from .mutant import Mutant, gradient


def _in_gradient(defect):
    def mutant(model, inputs, target):
        with Backward(defect):
            return gradient(model, inputs, target)

    return explainer(conserves=None)(mutant)


def _in_grad_x_input(defect):
    def mutant(model, inputs, target):
        with Backward(defect):
            return inputs * gradient(model, inputs, target)

    return mutant


def _by_autograd():
    """Let convolutions go back by autograd, as most of what people write does."""
    return patch.object(builders, "_back", lambda *_: None)


def _in_lrp(defect):
    def mutant(model, inputs, target):
        with _by_autograd(), Backward(defect):
            return LRP0()(model, inputs, target)

    return mutant


def _in_deeplift(defect):
    def mutant(model, inputs, target, *, baseline):
        with _by_autograd(), Backward(defect):
            return deeplift(model, inputs, target, baseline=baseline)

    return mutant


ITEMS = "conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,shared,styles"
CONSERVING = (
    ("G×I", _in_grad_x_input, "grad-x-input", f"{ITEMS},bias=none"),
    ("LRP-0", _in_lrp, "lrp-0", f"{ITEMS},bias=none"),
    ("DeepLIFT", _in_deeplift, "deeplift", ITEMS),
)
BY_AUTOGRAD = [what for what, defect in DEFECTS.items() if defect.only_by_autograd]
BY_ANY = [what for what in DEFECTS if what not in BY_AUTOGRAD]


def _conserving(what, name, of, right, family):
    return {f"{name}: {what}": Mutant(of(DEFECTS[what]), right, "conservation", family, layer=DEFECTS[what].part)}


OF_LAYERS = {
    **{name: mutant for what in BY_AUTOGRAD for name, mutant in _conserving(what, *CONSERVING[0]).items()},
    **{
        name: mutant
        for what, explainer_of in zip(BY_ANY, cycle(CONSERVING), strict=False)
        for name, mutant in _conserving(what, *explainer_of).items()
    },
    **{
        f"gradient: {what}": Mutant(
            _in_gradient(defect), "gradient", "implementation_invariance", "ordinary", layer=defect.part
        )
        for what, defect in DEFECTS.items()
    },
}
"""Each defect in one of three explainers that conserve, in turn, and in the gradient."""
