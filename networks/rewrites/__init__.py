"""The catalogue of rewrites that keep a network's function."""

from .guards import GuardedBias
from .layers import Factorise, Guard, Identity, MoveBias
from .maxima import MaxPair, MaxTree
from .rewrite import Rewrite
from .units import CancellingPair, DeadUnit, Permute, Rescale, Split

REWRITES: dict[str, type[Rewrite]] = {
    rewrite.name: rewrite
    for rewrite in (
        CancellingPair,
        Identity,
        Factorise,
        Rescale,
        MoveBias,
        Guard,
        GuardedBias,
        MaxPair,
        MaxTree,
        Permute,
        Split,
        DeadUnit,
    )
}

__all__ = ["REWRITES", "Rewrite"]
