"""Wide networks: what library users write, from the bytes behind those of a multi-layer perceptron.

Three slots of layers on a vector, a signal or an image, then a head of one or two Linear layers; some are a single
layer, some are tent maps. A quarter or so stay perceptrons, in some style of code.
"""

from collections.abc import Iterator, Mapping
from math import prod

from ..networks import Branch, Family, Flatten, Layer, Linear, Network, ReLU, Shape, Softmax, Style
from ..networks.layers import after, catalogue
from ..networks.style import OPTIONS
from ..networks.tent import tent_map
from ..networks.tree import map_leaves
from .draws import Draw, Layout
from .large import large_perceptron
from .makers import MAKERS
from .slot_reader import SLOT, most_units
from .slots import slot
from .tables import bias_value, weight_values

HEADER = 16
SLOTS = 3
HEAD = 96
MAX_VARIABLES = 64
"""The most input variables of a wide network."""
SIZE = HEADER + SLOTS * SLOT + HEAD
"""Bytes that stand for a wide network."""

SPATIAL = {maker.item for maker in MAKERS if maker.spatial} - {"attention"}
"""The items of layers that are for signals and images alone."""
TOKENS: Mapping[Shape, int] = {(1, 2): 32, (2, 1): 64, (2, 2): 80, (3, 2): 48, (2, 4): 16, (3, 4): 16}
"""What enters attention: so many tokens of so many numbers."""
SHAPES: Mapping[str, Mapping[Shape, int]] = {
    "signal": {
        (1, 2): 8,
        (1, 3): 20,
        (1, 4): 28,
        (1, 5): 20,
        (2, 2): 12,
        (2, 3): 20,
        (2, 4): 32,
        (4, 2): 60,
        (4, 3): 36,
        (1, 8): 16,
        (1, 16): 3,
        (1, 32): 1,
    },
    "image": {
        (1, 2, 2): 20,
        (1, 2, 3): 24,
        (1, 3, 3): 40,
        (2, 2, 2): 28,
        (1, 4, 4): 30,
        (2, 2, 3): 32,
        (4, 2, 2): 66,
        (1, 5, 5): 12,
        (1, 8, 8): 2,
        (1, 6, 6): 2,
    },
    "volume": {
        (1, 2, 2, 2): 72,
        (2, 1, 2, 2): 32,
        (4, 1, 2, 2): 48,
        (1, 1, 2, 3): 60,
        (2, 2, 2, 2): 32,
        (1, 2, 3, 3): 12,
    },
}
"""What enters networks on more than vectors, each shape for so many of 256 bytes, the small ones mostly."""

BLOCK = Layout("a wide network", SIZE)
FORM = BLOCK.among("form", 0, {"perceptron": 28, "slots": 214, "large": 6, "tent map": 8})
"""A tent map needs biases and a linear output; where it has none, the network has slots."""
INPUT = BLOCK.among("input", 1, {"vector": 36, "signal": 72, "image": 80, "volume": 68})
TENT_DEPTH = BLOCK.index("depth of a tent map, beyond 2", 1, shares=True)
BARE = BLOCK.chance("no head", 2, 24)
SHAPE = {name: BLOCK.among(f"shape of the {name}", 3, shapes, shares=True) for name, shapes in SHAPES.items()}
TOKEN_SHAPE = BLOCK.among("shape of tokens", 3, TOKENS, shares=True)
DEEP_HEAD = BLOCK.chance("a head of two layers", 4, 160)
SOFTMAX = BLOCK.chance("a softmax", 5, 48)
SHARED = BLOCK.chance("shared layers", 6, 112)
STYLED = BLOCK.chance("a style of its own", 7, 160)
SMOOTHED = BLOCK.among("smooth activations in place of ReLUs", 13, {"none": 32, "all": 160, "some": 64})
"""Where the family has any; beside those that slots hold."""
SMOOTH_KIND = BLOCK.index("which smooth activation", 14, "proportion")
SOME = BLOCK.index("in place of which ReLUs", 15)
PLAIN_OPTION = 112
"""Of 256, the share of the plain value of an option of the style; the others have the rest in equal parts."""


def _style_draws() -> Iterator[Draw[str]]:
    for place, (name, (plain, *others)) in enumerate(OPTIONS.items(), start=8):
        rest, count = 256 - PLAIN_OPTION, len(others)
        starts = [-(-rest * i // count) for i in range(count + 1)]
        counts = {other: end - start for other, start, end in zip(others, starts, starts[1:], strict=False)}
        if name != "weights":
            yield BLOCK.among(name, place, {plain: PLAIN_OPTION} | counts)


STYLE = tuple(_style_draws())
"""How layers are written, option by option; layers are shared or not by ``SHARED``."""
SLOT_SPANS = tuple(BLOCK.span(f"slot {number}", HEADER + number * SLOT, SLOT) for number in range(SLOTS))
BODY = BLOCK.span("numbers of a large perceptron", HEADER, SLOTS * SLOT, shares=True)
HEAD_WEIGHTS = BLOCK.span("weights of the head", SIZE - HEAD, HEAD - 4)
HEAD_BIASES = BLOCK.span("biases of the head", SIZE - 4, 4)


def wide_network(block: bytes, family: Family, plain: Network) -> Network:
    """Return the network of ``family`` that ``block`` (SIZE,) stands for; ``plain`` is the perceptron beside it."""
    shape: Shape
    form = FORM(block)
    if form == "tent map" and family.bias == "any" and family.output == "any":
        layers, shape = tent_map(2 + TENT_DEPTH(block, 4)).layers, (1,)
    elif form == "perceptron":
        layers, shape = plain.layers, plain.shape
    elif form == "large":
        layers, shape = (
            large_perceptron(BODY(block), family, plain.in_features, ends_in_relu=plain.ends_in_relu),
            plain.shape,
        )
    else:
        layers, shape = _of_slots(block, family, plain)
    return Network(_smoothed(block, family, layers), shape, _style(block, family))


def _smoothed(block: bytes, family: Family, layers: Branch) -> Branch:
    """Return the layers with one smooth activation in place of ReLUs: of none, of some or of all."""
    kinds = [layer for kind in catalogue.LAYERS if kind.is_smooth for layer in kind.samples(()) if family.admits(layer)]
    share = SMOOTHED(block)
    if not kinds or share == "none":
        return layers
    chosen, places = SMOOTH_KIND.of(block, kinds), 255 if share == "all" else SOME(block, 256)

    def change(number: int, layer: Layer) -> Branch:
        return (chosen if layer.rectifies and places >> number % 8 & 1 else layer,)

    return map_leaves(layers, change)


def _of_slots(block: bytes, family: Family, plain: Network) -> tuple[Branch, Shape]:
    shape = before = entering(block, family, plain)
    layers: Branch = ()
    for number, span in enumerate(SLOT_SPANS):
        drawn = slot(span(block), before, family, first=number == 0)
        behind = after(drawn, before)
        if prod(behind) <= max(most_units(before), prod(before)):
            layers, before = (*layers, *drawn), behind
    layers = layers if len(before) == 1 else (*layers, Flatten())
    bare = layers and BARE(block) and prod(before) <= 4 and (family.outputs == "many" or prod(before) == 1)
    if not bare or family.output == "relu":
        layers = (*layers, *_head(block, family, plain, prod(before)))
    return layers, shape


def entering(block: bytes, family: Family, plain: Network) -> Shape:
    """Return the shape of what enters the first slot."""
    kind = INPUT(block)
    if "attention" in family.items and not SPATIAL & family.items:
        return TOKEN_SHAPE(block)
    if not SPATIAL & family.items or kind == "vector":
        return plain.shape
    return SHAPE[kind](block)


def _head(block: bytes, family: Family, plain: Network, features: int) -> Branch:
    """Return one or two Linear layers on ``features``, with the outputs and the ReLU at the end of ``plain``."""
    values, weights = weight_values(family), HEAD_WEIGHTS(block)
    deep = len(plain.linears) > 1 and DEEP_HEAD(block)
    last = plain.linears[-1] if deep else None
    units = last.in_features if last else plain.out_features
    rows = [[values[weights[(i * features + j) % len(weights)]] for j in range(features)] for i in range(units)]
    bias = tuple(bias_value(byte, family) for byte in HEAD_BIASES(block)[:units])
    layers: list[Layer] = [Linear(tuple(map(tuple, rows)), bias)]
    layers += [ReLU(), last] if last else []
    layers += [ReLU()] if plain.ends_in_relu else []
    softmax = "softmax" in family.items and SOFTMAX(block) and plain.out_features > 1
    return (*layers, Softmax()) if softmax else tuple(layers)


def _style(block: bytes, family: Family) -> Style:
    """Return the plain style, or one of its own: each option is its plain one, or one of the others."""
    shared = "shared" if "shared" in family.items and SHARED(block) else "cloned"
    chosen = {draw.name: draw(block) for draw in STYLE} if "styles" in family.items and STYLED(block) else {}
    return Style(**chosen | {"weights": shared})  # type: ignore[arg-type]
