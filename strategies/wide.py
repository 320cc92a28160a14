"""Wide networks: what library users write, from the bytes behind those of a multi-layer perceptron.

Three slots of layers on a vector, a signal or an image, then a head of one or two Linear layers; some are a single
layer, some are tent maps. A quarter or so stay perceptrons, in some style of code.
"""

from math import prod

from ..networks import Branch, Family, Flatten, Layer, Linear, Network, ReLU, Shape, Softmax, Style
from ..networks.layers import after
from ..networks.style import OPTIONS
from ..networks.tent import tent_map
from .slots import MAX_UNITS, SLOT, slot
from .tables import bias_value, weight_values

HEADER = 16
SLOTS = 3
HEAD = 96
MAX_VARIABLES = 16
"""The most input variables of a wide network."""
SIZE = HEADER + SLOTS * SLOT + HEAD
"""Bytes that stand for a wide network."""

SPATIAL = {"conv", "convtranspose", "maxpool", "avgpool"}
SIGNALS: tuple[Shape, ...] = ((1, 2), (1, 3), (1, 4), (1, 5), (2, 2), (2, 3), (2, 4))
IMAGES: tuple[Shape, ...] = ((1, 2, 2), (1, 2, 3), (1, 3, 3), (2, 2, 2), (1, 4, 4), (2, 2, 3))


def wide_network(block: bytes, family: Family, plain: Network) -> Network:
    """Return the network of ``family`` that ``block`` (SIZE,) stands for; ``plain`` is the perceptron beside it."""
    shape: Shape
    kind = block[0]
    if kind >= 248 and family.bias == "any" and family.output == "any":
        layers, shape = tent_map(2 + block[1] % 4).layers, (1,)
    elif kind < 64:
        layers, shape = plain.layers, plain.shape
    else:
        layers, shape = _of_slots(block, family, plain)
    return Network(layers, shape, _style(block, family))


def _of_slots(block: bytes, family: Family, plain: Network) -> tuple[Branch, Shape]:
    shape = before = _shape(block, family, plain)
    layers: Branch = ()
    for index in range(SLOTS):
        start = HEADER + index * SLOT
        drawn = slot(block[start : start + SLOT], before, family)
        behind = after(drawn, before)
        if prod(behind) <= MAX_UNITS:
            layers, before = (*layers, *drawn), behind
    layers = layers if len(before) == 1 else (*layers, Flatten())
    bare = layers and block[2] >= 232 and prod(before) <= 4 and (family.outputs == "many" or prod(before) == 1)
    if not bare or family.output == "relu":
        layers = (*layers, *_head(block, family, plain, prod(before)))
    return layers, shape


def _shape(block: bytes, family: Family, plain: Network) -> Shape:
    if not SPATIAL & family.items or block[1] < 72:
        return plain.shape
    shapes = SIGNALS if block[1] < 160 else IMAGES
    return shapes[block[3] * len(shapes) // 256]


def _head(block: bytes, family: Family, plain: Network, features: int) -> Branch:
    """Return one or two Linear layers on ``features``, with the outputs and the ReLU at the end of ``plain``."""
    values, weights = weight_values(family), block[-HEAD:]
    deep = len(plain.linears) > 1 and block[4] >= 96
    last = plain.linears[-1] if deep else None
    units = last.in_features if last else plain.out_features
    rows = [[values[weights[(i * features + j) % (HEAD - 4)]] for j in range(features)] for i in range(units)]
    bias = tuple(bias_value(byte, family) for byte in weights[HEAD - 4 :][:units])
    layers: list[Layer] = [Linear(tuple(map(tuple, rows)), bias)]
    layers += [ReLU(), last] if last else []
    layers += [ReLU()] if plain.ends_in_relu else []
    softmax = "softmax" in family.items and block[5] >= 208 and plain.out_features > 1
    return (*layers, Softmax()) if softmax else tuple(layers)


def _style(block: bytes, family: Family) -> Style:
    """Return the plain style for three of eight; else each option is its plain one, or one of the others."""
    shared = "shared" in family.items and block[6] >= 144
    if "styles" not in family.items or block[7] < 96:
        return Style(weights="shared" if shared else "cloned")
    chosen = {name: _choice(values, byte) for (name, values), byte in zip(OPTIONS.items(), block[8:], strict=False)}
    return Style(**chosen | {"weights": "shared" if shared else "cloned"})  # type: ignore[arg-type]


def _choice(values: tuple[str, ...], byte: int) -> str:
    return values[0] if byte < 112 else values[1 + (byte - 112) * (len(values) - 1) // 144]
