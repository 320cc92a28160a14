"""Exchanges: a model rewritten where its modules hang, by copies; each keeps the function. Few need a graph."""

from .affine import CancellingPair, ConvInHalves, Factorise, Identity, LinearAsConv, LinearFunctional, TwiceAndMean
from .channels import CancellingChannels, DeadChannel, PermuteChannels, SplitChannel
from .exchange import Kind
from .norms import BatchNormAsConv, FoldBatchNorm, MaxPoolFunctional, Rescale
from .relus import DoubleRelu, Guard, ReluClamp, ReluFunctional, ReluMaximum, ReluStep

EXCHANGES: dict[str, Kind] = {
    kind.name: kind()
    for kind in (
        ReluFunctional,
        ReluClamp,
        DoubleRelu,
        Guard,
        LinearFunctional,
        LinearAsConv,
        Identity,
        CancellingPair,
        Factorise,
        TwiceAndMean,
        FoldBatchNorm,
        BatchNormAsConv,
        MaxPoolFunctional,
        Rescale,
        ReluMaximum,
        ReluStep,
        ConvInHalves,
        PermuteChannels,
        SplitChannel,
        DeadChannel,
        CancellingChannels,
    )
}
"""The kinds by name. Those that are not drawn read as none of the usual ways to write a ReLU."""

__all__ = ["EXCHANGES", "Kind"]
