"""The catalogue of rewrites that keep a network's function."""

from .attention import KeyGauge, ValueGauge
from .dense import TailAsDense
from .fold import ConvAsDense, FoldBatchNorm
from .guards import GuardedBias
from .heads import AttentionFused, AttentionModule, AttentionWritten, DeadHead, KeyShift, SwapHeads
from .layers import Factorise, Guard, Identity, MoveBias
from .max_tree import MaxTree
from .maxima import MaxPair
from .pools import AverageAsConv, MaxPoolAsRelu
from .products import Associate, ScaleBranches
from .residual import ResidualAsPlain
from .rewrite import LayerRewrite, Rewrite
from .styles import (
    Restyle,
    StyleBlocks,
    StyleForward,
    StyleLinearFunctional,
    StylePoolFunctional,
    StyleReluClamp,
    StyleReluFunctional,
    StyleReluInplace,
    StyleReluReused,
    StyleResidualModule,
    StyleShared,
)
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
        FoldBatchNorm,
        ConvAsDense,
        TailAsDense,
        AverageAsConv,
        MaxPoolAsRelu,
        ResidualAsPlain,
        StyleForward,
        StyleBlocks,
        StyleReluReused,
        StyleReluFunctional,
        StyleReluClamp,
        StyleReluInplace,
        StyleLinearFunctional,
        StyleResidualModule,
        StylePoolFunctional,
        StyleShared,
        ValueGauge,
        KeyGauge,
        SwapHeads,
        DeadHead,
        KeyShift,
        AttentionWritten,
        AttentionFused,
        AttentionModule,
        ScaleBranches,
        Associate,
    )
}

__all__ = ["REWRITES", "LayerRewrite", "Restyle", "Rewrite"]
