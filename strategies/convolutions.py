"""How slots are filled with convolutions and transposed ones, of all geometries."""

from math import prod

from ..networks import Branch, Conv, ConvTranspose, Layer, ReLU, Shape
from ..networks.layers import frozen
from .draws import Layout
from .slot_reader import LAYOUT, SLOT, SlotReader, most_units

CONV = Layout("a convolution", SLOT, LAYOUT)
CHANNELS = CONV.among("channels", 1, {1: 80, 2: 96, 3: 32, 4: 48})
KERNEL = CONV.among("kernel", 2, {1: 20, 2: 64, 3: 56, 4: 58, 5: 58})
PADDING = CONV.among("padding", 3, {0: 144, 1: 80, 2: 32})
STRIDE = CONV.among("stride", 4, {1: 128, 2: 72, 3: 56})
GROUPS = CONV.among("groups", 5, {"one": 64, "some": 152, "a channel each": 40})
BARE = CONV.chance("no ReLU behind it", 6, 64)
DILATION = CONV.among("dilation", 7, {1: 136, 2: 92, 3: 28})
MODE = CONV.among("padding mode", 8, {"zeros": 52, "reflect": 72, "replicate": 66, "circular": 66})
SAME_PADDING = CONV.chance("padding that keeps the places", 9, 84)


def conv(read: SlotReader, shape: Shape) -> Branch:
    """Return a convolution on inputs of ``shape``, with a ReLU behind it or without."""
    groups, out = _groups(read, shape[0])
    stride = (read(STRIDE),) * (len(shape) - 1)
    same = read(SAME_PADDING) and max(stride) == 1
    dilation = tuple(min(read(DILATION), max(n - 1, 1)) for n in shape[1:])
    sides = [_padding(read, n) for n in shape[1:]]
    kernel = tuple(_kernel(read, *sizes, same=same) for sizes in zip(shape[1:], sides, dilation, stride, strict=True))
    padding = tuple(p if k > 1 else 0 for p, k in zip(sides, kernel, strict=True))
    weight = frozen(read.weights((out, shape[0] // groups, *kernel)))
    mode = _mode(read, kernel, shape[1:]) if same else read(MODE) if any(padding) else "zeros"
    return with_activation(read, Conv(weight, read.biases(out), stride, padding, groups, dilation, mode, same))


def _groups(read: SlotReader, channels: int) -> tuple[int, int]:
    """Return how many groups there are, and how many channels come out."""
    chosen = {"one": 1, "some": 2 - channels % 2, "a channel each": channels}[read(GROUPS)]
    return chosen, chosen * max(1, round(read(CHANNELS) / chosen))


def _padding(read: SlotReader, size: int) -> int:
    """Return a padding along one axis, some where it repeats the input."""
    mode = read(MODE)
    drawn = max(read(PADDING), int(mode != "zeros"))
    return min(drawn, size - 1 if mode == "reflect" else size)


def _kernel(read: SlotReader, size: int, padding: int, dilation: int, stride: int, *, same: bool) -> int:
    """Return a kernel along one axis that fits, of two places at least where they are to be apart.

    With a stride it fits twice where it can: else nobody could tell the stride.
    """
    drawn, room = max(read(KERNEL), 1 + (dilation > 1)), size + 2 * padding - 1
    # PyTorch warns of even kernels that are to keep the places.
    if same:
        return drawn - 1 + drawn % 2
    beside = stride if stride > 1 and room >= stride else 0
    return min(drawn, (room - beside) // dilation + 1)


def _mode(read: SlotReader, kernel: Shape, spatial: Shape) -> str:
    """Return the mode of a padding that keeps the places, zeros where an axis is too short to repeat."""
    reach = [read(DILATION) * (k - 1) for k in kernel]
    return read(MODE) if all(p < n for p, n in zip(reach, spatial, strict=True)) else "zeros"


TRANSPOSED = Layout("a transposed convolution", SLOT, LAYOUT)
TRANSPOSED_CHANNELS = TRANSPOSED.choice("channels", 1, (1, 2))
TRANSPOSED_KERNEL = TRANSPOSED.among("kernel", 2, {1: 72, 2: 136, 3: 48})
TRANSPOSED_PADDING = TRANSPOSED.among("padding", 3, {0: 128, 1: 128})
TRANSPOSED_STRIDE = TRANSPOSED.among("stride", 4, {1: 64, 2: 92, 3: 100})
TRANSPOSED_GROUPS = TRANSPOSED.chance("groups", 5, 152)
TRANSPOSED_DILATION = TRANSPOSED.among("dilation", 7, {1: 136, 2: 120})
OUTPUT_PADDING = TRANSPOSED.chance("an output padding", 8, 192)


def convtranspose(read: SlotReader, shape: Shape) -> Branch:
    """Return a transposed convolution with the steps that fit; none where even the smallest make too many units."""
    stride, dilation = read(TRANSPOSED_STRIDE), read(TRANSPOSED_DILATION)
    for steps in ((stride, dilation), (stride, 1), (1, dilation), (1, 1)):
        layer = _transposed(read, shape, *steps)
        if prod(layer.shape_after(shape)) <= most_units(shape):
            return with_activation(read, layer)
    return ()


def _transposed(read: SlotReader, shape: Shape, stride: int, dilation: int) -> Layer:
    """Return the layer with some stride and dilation, of which a small kernel leaves nothing."""
    dimensions, kernel = len(shape) - 1, max(read(TRANSPOSED_KERNEL), 1 + (dilation > 1))
    groups = shape[0] if read(TRANSPOSED_GROUPS) else 1
    out = read(TRANSPOSED_CHANNELS) if groups == 1 else 1
    least = min((n - 1) * stride + dilation * (kernel - 1) for n in shape[1:])
    padding = min(read(TRANSPOSED_PADDING), least // 2)
    more = int(read(OUTPUT_PADDING) and stride > 1)
    steps, sides, between, ends = ((size,) * dimensions for size in (stride, padding, dilation, more))
    weight = frozen(read.weights((shape[0], out, *(kernel,) * dimensions)))
    return ConvTranspose(weight, read.biases(out * groups), steps, sides, groups, between, ends)


def with_activation(read: SlotReader, layer: Layer) -> Branch:
    """Return a layer with weights and the ReLU behind it, if it has one."""
    return (layer,) if read.family.output == "any" and read(BARE) else (layer, ReLU())
