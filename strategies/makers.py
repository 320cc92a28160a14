"""How slots are filled: layers of each kind, in the shares that their draws declare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from ..networks import (
    GELU,
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Branch,
    Concat,
    Conv,
    Dropout,
    Family,
    Hardtanh,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool,
    PReLU,
    Product,
    ReLU,
    ReLU6,
    Residual,
    Shape,
    Sigmoid,
    SiLU,
)
from ..networks.layers import frozen
from ..networks.layers.batchnorm import EPS, PYTORCH_EPS
from .attention import attention
from .convolutions import conv, convtranspose, with_activation
from .draws import Layout
from .slot_reader import LAYOUT, MAX_UNITS, SLOT, SlotReader, most_units

Make = Callable[[SlotReader, Shape], Branch]

POOL = Layout("a pool", SLOT, LAYOUT)
POOL_KERNEL = POOL.among("kernel", 2, {2: 192, 3: 64})
POOL_STRIDE = POOL.among("stride", 3, {"apart": 112, "overlapping": 144})
POOL_PADDED = POOL.chance("padding", 4, 140)
CEIL_MODE = POOL.chance("ceil mode", 5, 96)


def _windows(read: SlotReader, shape: Shape) -> tuple[Shape, Shape, Shape, bool]:
    """Return the kernel, the stride, the padding and ``ceil_mode``."""
    kernel = tuple(min(read(POOL_KERNEL), size) for size in shape[1:])
    stride = kernel if read(POOL_STRIDE) == "apart" else (1 + read(CEIL_MODE),) * len(kernel)
    padding = tuple(k // 2 if read(POOL_PADDED) else 0 for k in kernel)
    return kernel, stride, padding, read(CEIL_MODE)


MAXPOOL = Layout("a max pool", SLOT, POOL)
MAXPOOL_RELU = MAXPOOL.chance("a ReLU behind it", 6, 64)


def maxpool(read: SlotReader, shape: Shape) -> Branch:
    """Return a max pool, with a ReLU behind it or without."""
    pool = MaxPool(*_windows(read, shape))
    return (pool, ReLU()) if read(MAXPOOL_RELU) else (pool,)


AVGPOOL = Layout("an average pool", SLOT, POOL)
COUNT_INCLUDE_PAD = AVGPOOL.among("padding counts", 6, {True: 52, False: 204})


def avgpool(read: SlotReader, shape: Shape) -> Branch:
    """Return an average pool."""
    return (AvgPool(*_windows(read, shape), read(COUNT_INCLUDE_PAD)),)


ADAPTIVE = Layout("an adaptive pool", SLOT, LAYOUT)
PLACES = ADAPTIVE.among("places", 2, {1: 80, 2: 112, 3: 64})


def adaptive(read: SlotReader, shape: Shape) -> Branch:
    """Return an adaptive average pool to so many places a side, or fewer where there are fewer."""
    return (AdaptiveAvgPool(tuple(min(size, read(PLACES)) for size in shape[1:])),)


BATCHNORM = Layout("a batch normalisation", SLOT, LAYOUT)
DEVIATIONS = tuple(
    BATCHNORM.choice(f"deviation of channel {channel}", 4 + channel, (1.0, 2.0, 0.5, 4.0), shares=True)
    for channel in range(MAX_UNITS)
)
"""Those of many channels share bytes with biases and weights."""
EPSILON = BATCHNORM.among("eps", 1, {EPS: 128, PYTORCH_EPS: 128})
NOT_AFFINE = BATCHNORM.chance("no weights of its own", 2, 92)


def _batchnorm(read: SlotReader, shape: Shape) -> Branch:
    count = shape[0]
    deviations = tuple(read(draw) for draw in DEVIATIONS[:count])
    means = read.biases(count, 4) if read.family.bias == "any" else (0.0,) * count
    if read(NOT_AFFINE):
        return (BatchNorm.of(means, deviations, eps=read(EPSILON)),)
    weight = [value or 1.0 for value in read.weights((count,)).tolist()]
    return (BatchNorm.of(means, deviations, tuple(weight), read.biases(count), read(EPSILON)),)


def _relu(read: SlotReader, shape: Shape) -> Branch:  # noqa: ARG001 - others depend on them
    return (ReLU(),)


def _dropout(read: SlotReader, shape: Shape) -> Branch:  # noqa: ARG001 - others depend on them
    return (Dropout(),)


LEAKY = Layout("a leaky or bounded activation", SLOT, LAYOUT)
ACTIVATION = LEAKY.index("kind of activation", 1, "proportion")
SLOPE = LEAKY.choice("slope", 2, (0.25, 0.5, 0.125))
OF_CHANNELS = LEAKY.chance("one slope for each channel", 3, 128)


def _leaky(read: SlotReader, shape: Shape) -> Branch:
    slope = read(SLOPE)
    kinds: list[Layer] = [LeakyReLU(slope), PReLU((slope,) * (shape[0] if read(OF_CHANNELS) else 1))]
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


def residual(read: SlotReader, shape: Shape) -> Branch:
    """Return a residual sum, with a ReLU behind it or without."""
    end: Branch = (ReLU(),) if read.family.output == "relu" else ()
    body: Branch = (_same(read, shape), ReLU())
    if read(SECOND_LAYER):
        body = (*body, _same(read, shape, 16), *end)
    shortcut: Branch = (_same(read, shape, 8), *end) if read(PROJECTED) else ()
    return (Residual((body, shortcut)), *((ReLU(),) if read(RELU_BEHIND) else ()))


CONCAT = Layout("a concatenation", SLOT, SAME)
SECOND_BRANCH = CONCAT.chance("a layer in the second branch", 3, 64)


def _concat(read: SlotReader, shape: Shape) -> Branch:
    if 2 * prod(shape) > most_units(shape):
        return ()
    first: Branch = (_same(read, shape), ReLU())
    second: Branch = (_same(read, shape, 16), ReLU()) if read(SECOND_BRANCH) else ()
    return (Concat((first, second)),)


PRODUCT = Layout("a product of branches", SLOT, SAME)
GATE = PRODUCT.among(
    "activation of the first branch", 3, {"none": 96, "silu": 64, "relu": 32, "sigmoid": 32, "gelu": 32}
)
PASSED_ON = PRODUCT.chance("a branch that passes its input on", 4, 64)
THIRD = PRODUCT.chance("a third branch", 5, 64)
GATES: Mapping[str, Branch] = {"silu": (SiLU(),), "relu": (ReLU(),), "sigmoid": (Sigmoid(),), "gelu": (GELU(),)}


def _product(read: SlotReader, shape: Shape) -> Branch:
    """Return a gate: an activation, if the family has it, times another branch."""
    gate = read(GATE) if read(GATE) in read.family.items | {"relu"} else "none"
    first: Branch = (_same(read, shape), *GATES.get(gate, ()))
    second: Branch = () if read(PASSED_ON) else (_same(read, shape, 8),)
    third: tuple[Branch, ...] = ((_same(read, shape, 16),),) if read(THIRD) else ()
    return (Product((first, second, *third)),)


def shared(read: SlotReader, shape: Shape) -> Branch:
    """Return a layer with weights that comes twice, with ReLUs behind it."""
    layer = _same(read, shape)
    return (layer, ReLU(), layer, ReLU())


def _linear(read: SlotReader, shape: Shape) -> Branch:
    return with_activation(read, _same(read, shape))


@dataclass(frozen=True)
class Maker:
    """What fills a slot: ``item`` is what the family needs for it.

    ``spatial``: whether it is for images and signals alone, for vectors alone, or for both. ``convolves``: whether it
    is made of convolutions there. ``shares``: how often it comes in the first slot, and in the others.
    """

    item: str
    make: Make
    spatial: bool | None = None
    convolves: bool = False
    shares: tuple[int, int] = (1, 1)

    def is_for(self, family: Family, shape: Shape) -> bool:
        """Whether it may fill a slot on inputs of ``shape``."""
        spatial = len(shape) > 1
        lacks_conv = spatial and self.convolves and "conv" not in family.items
        return self.item in family.items and self.spatial in (None, spatial) and not lacks_conv


MAKERS: Sequence[Maker] = (
    Maker("mlp", _linear, spatial=False, shares=(2, 1)),
    Maker("mlp", _relu),
    Maker("mlp", _dropout),
    Maker("conv", conv, spatial=True, shares=(14, 4)),
    Maker("maxpool", maxpool, spatial=True, shares=(10, 2)),
    Maker("avgpool", avgpool, spatial=True, shares=(8, 2)),
    Maker("avgpool", adaptive, spatial=True, shares=(8, 2)),
    Maker("batchnorm", _batchnorm, shares=(6, 3)),
    Maker("residual", residual, convolves=True, shares=(2, 2)),
    Maker("concat", _concat, convolves=True, shares=(4, 1)),
    Maker("shared", shared, convolves=True),
    Maker("convtranspose", convtranspose, spatial=True, shares=(13, 3)),
    Maker("leaky", _leaky, shares=(9, 3)),
    Maker("product", _product, spatial=False, shares=(4, 1)),
    Maker("attention", attention, spatial=True, shares=(8, 3)),
)
"""All. The first slot is the stratum of a network: what is for images and signals alone has larger shares in it, and so
each kind of layer and each of its options is drawn often enough. Kinds that are not here may say themselves what is
drawn of them."""
