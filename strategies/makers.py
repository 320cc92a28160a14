"""How slots are filled: layers of each kind, in the shares that their draws declare."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

from ..networks import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Branch,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Family,
    Hardtanh,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Shape,
)
from ..networks.layers import frozen
from .draws import Layout
from .slot_reader import LAYOUT, MAX_UNITS, SLOT, SlotReader

Make = Callable[[SlotReader, Shape], Branch]

CONV = Layout("a convolution", SLOT, LAYOUT)
CHANNELS = CONV.choice("channels", 1, (1, 2))
KERNEL = CONV.choice("kernel", 2, (1, 2, 3))
PADDING = CONV.choice("padding", 3, (0, 0, 0, 1))
STRIDE = CONV.choice("stride", 4, (1, 1, 1, 2))
GROUPED = CONV.chance("groups", 5, 32)
BARE = CONV.chance("no ReLU behind it", 6, 64)


def _conv(read: SlotReader, shape: Shape) -> Branch:
    dimensions = len(shape) - 1
    groups = 2 if shape[0] == 2 and read(GROUPED) else 1
    out = read(CHANNELS) if groups == 1 else 2
    kernel = tuple(min(read(KERNEL), size + 2 * read(PADDING)) for size in shape[1:])
    padding = read(PADDING) if min(kernel) > 1 else 0
    weight = read.weights((out, shape[0] // groups, *kernel))
    geometry = (read(STRIDE),) * dimensions, (padding,) * dimensions
    return _with_activation(read, Conv(frozen(weight), read.biases(out), *geometry, groups))


TRANSPOSED = Layout("a transposed convolution", SLOT, LAYOUT)
TRANSPOSED_CHANNELS = TRANSPOSED.choice("channels", 1, (1, 2))
TRANSPOSED_KERNEL = TRANSPOSED.choice("kernel", 2, (1, 2))
TRANSPOSED_STRIDE = TRANSPOSED.choice("stride", 4, (1, 1, 1, 2))


def _convtranspose(read: SlotReader, shape: Shape) -> Branch:
    dimensions = len(shape) - 1
    out, kernel = read(TRANSPOSED_CHANNELS), read(TRANSPOSED_KERNEL)
    weight = read.weights((shape[0], out, *(kernel,) * dimensions))
    stride = (read(TRANSPOSED_STRIDE),) * dimensions
    layer = ConvTranspose(frozen(weight), read.biases(out), stride, (0,) * dimensions)
    return _with_activation(read, layer) if prod(layer.shape_after(shape)) <= MAX_UNITS else ()


def _with_activation(read: SlotReader, layer: Layer) -> Branch:
    return (layer,) if read.family.output == "any" and read(BARE) else (layer, ReLU())


MAXPOOL = Layout("a max pool", SLOT, LAYOUT)
MAXPOOL_KERNEL = MAXPOOL.choice("kernel", 2, (2, 2, 2, 3))
MAXPOOL_OVERLAPS = MAXPOOL.chance("overlapping windows", 3, 128)
MAXPOOL_RELU = MAXPOOL.chance("a ReLU behind it", 4, 64)


def _maxpool(read: SlotReader, shape: Shape) -> Branch:
    kernel = tuple(min(read(MAXPOOL_KERNEL), size) for size in shape[1:])
    pool = MaxPool(kernel, (1,) * len(kernel) if read(MAXPOOL_OVERLAPS) else kernel)
    return (pool, ReLU()) if read(MAXPOOL_RELU) else (pool,)


AVGPOOL = Layout("an average pool", SLOT, LAYOUT)
ADAPTIVE = AVGPOOL.chance("adaptive", 1, 64)
PLACES = AVGPOOL.choice("places of an adaptive pool", 2, (1, 2))
AVGPOOL_KERNEL = AVGPOOL.among("kernel", 2, {2: 224, 3: 32}, shares=True)
AVGPOOL_OVERLAPS = AVGPOOL.chance("overlapping windows", 3, 128)


def _avgpool(read: SlotReader, shape: Shape) -> Branch:
    if read(ADAPTIVE):
        return (AdaptiveAvgPool(tuple(min(size, read(PLACES)) for size in shape[1:])),)
    kernel = tuple(min(read(AVGPOOL_KERNEL), size) for size in shape[1:])
    return (AvgPool(kernel, (1,) * len(kernel) if read(AVGPOOL_OVERLAPS) else kernel),)


BATCHNORM = Layout("a batch normalisation", SLOT, LAYOUT)
DEVIATIONS = tuple(
    BATCHNORM.choice(f"deviation of channel {channel}", 1 + channel, (1.0, 2.0, 0.5, 4.0), shares=True)
    for channel in range(MAX_UNITS)
)
"""Those of many channels share bytes with biases and weights."""


def _batchnorm(read: SlotReader, shape: Shape) -> Branch:
    count = shape[0]
    deviations = tuple(read(draw) for draw in DEVIATIONS[:count])
    means = read.biases(count, 4) if read.family.bias == "any" else (0.0,) * count
    weight = [value or 1.0 for value in read.weights((count,)).tolist()]
    return (BatchNorm.of(means, deviations, tuple(weight), read.biases(count)),)


def _relu(read: SlotReader, shape: Shape) -> Branch:  # noqa: ARG001 - others depend on them
    return (ReLU(),)


def _dropout(read: SlotReader, shape: Shape) -> Branch:  # noqa: ARG001 - others depend on them
    return (Dropout(),)


LEAKY = Layout("a leaky or bounded activation", SLOT, LAYOUT)
ACTIVATION = LEAKY.index("kind of activation", 1, "proportion")
SLOPE = LEAKY.choice("slope", 2, (0.25, 0.5, 0.125))


def _leaky(read: SlotReader, shape: Shape) -> Branch:
    slope = read(SLOPE)
    kinds: list[Layer] = [LeakyReLU(slope), PReLU((slope,)), PReLU((slope,) * shape[0])]
    if read.family.bias == "any":
        kinds += [ReLU6(), Hardtanh()]
    return (ACTIVATION.of(read.block, kinds),)


SAME = Layout("a layer with weights that keeps the shape", SLOT, LAYOUT)
SAME_KERNEL = SAME.choice("kernel", 2, (1, 1, 3))


def _same(read: SlotReader, shape: Shape, start: int = 0) -> Layer:
    """Return a layer with weights that keeps the shape."""
    biases = read.biases(shape[0], start)
    if len(shape) == 1:
        return Linear(frozen(read.weights((shape[0], shape[0]), start)), biases)
    kernel, dimensions = read(SAME_KERNEL), len(shape) - 1
    weight = read.weights((shape[0], shape[0], *(kernel,) * dimensions), start)
    return Conv(frozen(weight), biases, (1,) * dimensions, (kernel // 2,) * dimensions)


RESIDUAL = Layout("a residual sum", SLOT, SAME)
SECOND_LAYER = RESIDUAL.chance("a second layer in the body", 3, 128)
PROJECTED = RESIDUAL.chance("a layer in the shortcut", 4, 32)
RELU_BEHIND = RESIDUAL.chance("a ReLU behind it", 5, 128)


def _residual(read: SlotReader, shape: Shape) -> Branch:
    end: Branch = (ReLU(),) if read.family.output == "relu" else ()
    body: Branch = (_same(read, shape), ReLU())
    if read(SECOND_LAYER):
        body = (*body, _same(read, shape, 16), *end)
    shortcut: Branch = (_same(read, shape, 8), *end) if read(PROJECTED) else ()
    return (Residual((body, shortcut)), *((ReLU(),) if read(RELU_BEHIND) else ()))


CONCAT = Layout("a concatenation", SLOT, SAME)
SECOND_BRANCH = CONCAT.chance("a layer in the second branch", 3, 64)


def _concat(read: SlotReader, shape: Shape) -> Branch:
    if 2 * prod(shape) > MAX_UNITS:
        return ()
    first: Branch = (_same(read, shape), ReLU())
    second: Branch = (_same(read, shape, 16), ReLU()) if read(SECOND_BRANCH) else ()
    return (Concat((first, second)),)


def _shared(read: SlotReader, shape: Shape) -> Branch:
    layer = _same(read, shape)
    return (layer, ReLU(), layer, ReLU())


def _linear(read: SlotReader, shape: Shape) -> Branch:
    return _with_activation(read, _same(read, shape))


@dataclass(frozen=True)
class Maker:
    """What fills a slot: ``item`` is what the family needs for it.

    ``spatial``: whether it is for images and signals alone, for vectors alone, or for both. ``convolves``: whether it
    is made of convolutions there.
    """

    item: str
    make: Make
    spatial: bool | None = None
    convolves: bool = False

    def is_for(self, family: Family, shape: Shape) -> bool:
        """Whether it may fill a slot on inputs of ``shape``."""
        spatial = len(shape) > 1
        lacks_conv = spatial and self.convolves and "conv" not in family.items
        return self.item in family.items and self.spatial in (None, spatial) and not lacks_conv


MAKERS: Sequence[Maker] = (
    Maker("mlp", _linear, spatial=False),
    Maker("mlp", _relu),
    Maker("mlp", _dropout),
    *(Maker("conv", _conv, spatial=True),) * 2,
    *(Maker("maxpool", _maxpool, spatial=True),) * 2,
    Maker("avgpool", _avgpool, spatial=True),
    Maker("batchnorm", _batchnorm),
    *(Maker("residual", _residual, convolves=True),) * 2,
    Maker("concat", _concat, convolves=True),
    Maker("shared", _shared, convolves=True),
    Maker("convtranspose", _convtranspose, spatial=True),
    *(Maker("leaky", _leaky),) * 2,
)
"""All, those that are likelier more than once. Kinds of layers that are not here may say themselves what is drawn."""
