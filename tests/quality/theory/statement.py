"""What a statement of theory is, and the families that statements speak of."""

from dataclasses import dataclass

from axiomcheck.axioms import AXIOMS
from axiomcheck.networks import Family

Cell = tuple[str, str, str]
"""Explainer, axiom and family."""

ALL = ("bias-free", "deep-taylor", "biased")
"""The presets of perceptrons: the first two lie inside the third."""
WIDE = (*ALL, "ordinary")
SMOOTH = "gelu,silu,sigmoid,tanh,softplus,layernorm,rmsnorm,groupnorm,instancenorm,attention,product"
FUNCTIONS = f"conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,shared,styles,leaky,softmax,{SMOOTH}"
"""What is ordinary, and all that is smooth: of continuous functions all is true that asks the function alone."""

MODULES = "conv,convtranspose,avgpool,batchnorm,residual,concat,shared,styles,leaky"
"""Affine layers, sums and the activations that LRP passes by: all but max pools and the softmax."""
HOMOGENEOUS = f"maxpool,{MODULES},bias=none"
"""Every layer, without biases: f(c x) = c f(x) for c ≥ 0."""
EVERY_LAYER = f"maxpool,softmax,{SMOOTH},{MODULES}"
EVERYWHERE = f"kinks,baselinekinks,{EVERY_LAYER}"
LOGITS = f"kinks,baselinekinks,maxpool,{MODULES}"
"""Every layer but the softmax, and inputs and baselines on kinks."""
RELU_AT_END = "output=relu"
"""A ReLU behind every affine layer, any biases, inputs of any sign."""
MONTAVON = "bias=nonpositive,output=relu"
"""The same with biases of at most 0: ``deep-taylor`` with inputs of any sign."""
POSITIVE = "conv,convtranspose,avgpool,residual,concat,shared,styles,output=relu,inputs=nonnegative"
"""Activations of at least 0 everywhere, no max pool and no batch normalisation before a ReLU."""


@dataclass(frozen=True)
class Statement:
    """Of some explainers on one axiom: in which families it holds, in which it fails, why, and who said so.

    ``why`` is the proof of what holds, then the counterexample of what fails. What stands in neither is left open.
    """

    explainers: tuple[str, ...]
    axiom: str
    why: str
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    source: str = ""

    def cells(self, families: tuple[str, ...]) -> list[Cell]:
        """Return explainer, axiom and family of each cell."""
        return [(explainer, self.axiom, family) for explainer in self.explainers for family in families]


def widest(cells: list[Cell]) -> list[Cell]:
    """Return the cells that no other cell of the same explainer and axiom contains."""
    return [cell for cell in cells if not any(_is_inside(cell, other) for other in cells)]


def narrowest(cells: list[Cell]) -> list[Cell]:
    """Return the cells that contain no other cell of the same explainer and axiom."""
    return [cell for cell in cells if not any(_is_inside(other, cell) for other in cells)]


def one_each(cells: list[Cell]) -> list[Cell]:
    """Return the first cell of each explainer and axiom."""
    chosen: dict[tuple[str, str], Cell] = {}
    for cell in cells:
        chosen.setdefault(cell[:2], cell)
    return list(chosen.values())


def by_sample(cells: list[Cell]) -> list[Cell]:
    """Return the cells with those together whose explainers meet the same cases: a process draws these once."""
    return sorted(cells, key=lambda cell: (AXIOMS[cell[1]].draws.__name__, cell[2]))


def on_perceptrons(cells: list[Cell]) -> list[Cell]:
    """Return the cells of families that draw perceptrons alone, at inputs off the kinks."""
    return [cell for cell in cells if Family.parse(cell[2]).items == {"mlp"}]


def _is_inside(cell: Cell, other: Cell) -> bool:
    one, two = Family.parse(cell[2]), Family.parse(other[2])
    return cell[:2] == other[:2] and one != two and one <= two
