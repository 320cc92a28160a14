"""Wide networks: what turns up in the family ``ordinary``, and how often."""

from collections import Counter
from dataclasses import replace
from math import prod

import pytest

from axiomcheck.networks import REWRITES, Block, Family, Network
from axiomcheck.networks.family import PRESETS
from axiomcheck.networks.layers import after
from axiomcheck.networks.layers.attention import WAYS
from axiomcheck.networks.rewrites.heads import Written
from axiomcheck.networks.rewrites.styles import Restyle
from axiomcheck.networks.style import OPTIONS, PLAIN
from axiomcheck.networks.tent import tent_map
from axiomcheck.strategies.codec import SIZE, WIDE_SIZE, draw_network
from axiomcheck.strategies.large import DEEPEST, MOST_OUTPUTS, WIDEST
from axiomcheck.strategies.slots import MAX_UNITS, SLOT
from axiomcheck.strategies.wide import FORM, HEAD, HEADER, MAX_VARIABLES, SHAPES, SLOTS

FAMILY = PRESETS["ordinary"]
COUNT = 1500


def _all(layers):
    """Yield the layers, and those inside of blocks too."""
    for layer in layers:
        yield layer
        for branch in layer.branches if isinstance(layer, Block) else ():
            yield from _all(branch)


def _widths(layers, shape):
    """Yield how many units there are behind every layer, those inside of blocks too."""
    for layer in layers:
        for branch in layer.branches if isinstance(layer, Block) else ():
            yield from _widths(branch, shape)
        shape = layer.shape_after(shape)
        yield prod(shape)


@pytest.fixture(scope="module")
def drawn(draw_blocks):
    """Return many networks of the family."""
    return [draw_network(block, FAMILY) for block in draw_blocks(COUNT, 151, WIDE_SIZE)]


@pytest.fixture(scope="module")
def large(draw_blocks):
    """Return those that are large perceptrons."""
    blocks = [block for block in draw_blocks(COUNT, 151, WIDE_SIZE) if FORM(block[SIZE:]) == "large"]
    return [draw_network(block, FAMILY) for block in blocks]


KINDS = {
    "linear": (0.8, 1.0),
    "relu": (0.6, 1.0),
    "flatten": (0.3, 0.8),
    "dropout": (0.06, 0.3),
    "residual": (0.1, 0.4),
    "concat": (0.06, 0.3),
    "softmax": (0.04, 0.2),
    **dict.fromkeys(("leakyrelu", "prelu", "relu6", "hardtanh"), (0.04, 0.2)),
    "batchnorm1d": (0.04, 0.25),
    **{f"{kind}{n}d": (0.04, 0.25) for kind in ("conv", "maxpool", "avgpool") for n in (1, 2, 3)},
    **{f"{kind}{n}d": (0.035, 0.2) for kind in ("convtranspose", "adaptiveavgpool", "batchnorm") for n in (1, 2, 3)},
}
"""In which part of the networks each kind of layer turns up, at least and at most."""
OPTIONS_DRAWN = {
    **{f"conv {name}": 0.035 for name in ("strided", "stride 3", "dilated", "grouped", "depthwise", "padded")},
    **{f"conv {mode} padding": 0.035 for mode in ("reflect", "replicate", "circular", "same")},
    **{f"convtranspose {name}": 0.035 for name in ("strided", "dilated", "depthwise", "padded", "output padding")},
    "conv kernel of 4 or 5": 0.035,
    "convtranspose stride 3": 0.015,
    **{f"maxpool {name}": 0.035 for name in ("overlapping", "padded", "ceil mode")},
    **{f"avgpool {name}": 0.035 for name in ("overlapping", "padded", "ceil mode", "padding not counted")},
    "batchnorm eps 1e-5": 0.035,
    "batchnorm not affine": 0.035,
}
"""In which part of the networks each option of a kind turns up, at least."""


def test_every_kind_of_layer_turns_up(drawn):
    """No kind is missing, none is so rare that a search would not meet it, and none crowds out the others."""
    counts = Counter(
        f"{layer.kind}{max(len(network.shape) - 1, 1)}d" if layer.kind == "batchnorm" else layer.kind
        for network in drawn
        for layer in {layer.kind: layer for layer in _all(network.layers)}.values()
    )
    assert counts.keys() == KINDS.keys()
    assert {kind: n for kind, n in counts.items() if not KINDS[kind][0] < n / COUNT <= KINDS[kind][1]} == {}


def test_every_option_of_a_layer_turns_up(drawn):
    """Each has its share of the networks, so that a defect of it alone has cases to show on."""
    counts = Counter(
        name
        for network in drawn
        for name in {
            f"{layer.kind.rstrip('123d') or layer.kind} {o}" for layer in _all(network.layers) for o in layer.options
        }
    )
    assert {name: counts[name] for name, least in OPTIONS_DRAWN.items() if counts[name] < least * COUNT} == {}


def test_inputs_are_vectors_signals_images_and_volumes(drawn):
    """About a third are vectors, a fifth to a third each of the others, of every shape there is."""
    shares = Counter(len(network.shape) for network in drawn)
    assert 0.25 < shares[1] / COUNT < 0.42
    assert 0.15 < shares[2] / COUNT < 0.3
    assert 0.18 < shares[3] / COUNT < 0.35
    assert 0.14 < shares[4] / COUNT < 0.28
    assert {network.shape for network in drawn} == {
        *((n,) for n in (1, 2, 3, 4)),
        *(shape for shapes in SHAPES.values() for shape in shapes),
    }


def test_networks_are_small(drawn, large):
    """No more than 32 units between two layers, also inside of blocks, but for inputs of up to 64; four outputs."""
    drawn = [network for network in drawn if network not in large]
    wide = [network for network in drawn if max(_widths(network.layers, network.shape)) > MAX_UNITS == 32]
    assert all(max(_widths(network.layers, network.shape)) <= max(network.in_features, MAX_UNITS) for network in wide)
    assert max(network.in_features for network in drawn) == MAX_VARIABLES == 64
    assert {network.out_features for network in drawn} == {1, 2, 3, 4}
    assert max(len(network.leaves) for network in drawn) <= 4 * SLOTS + 6


def test_some_are_large(drawn, large):
    """A few perceptrons have up to twelve layers, 64 units or ten outputs."""
    assert 0.01 < len(large) / COUNT < 0.04
    assert 6 < max(network.depth for network in large) <= DEEPEST == 12
    assert 48 < max(network.linears[0].units for network in large) <= WIDEST == 64
    assert 7 < max(network.out_features for network in large) <= MOST_OUTPUTS == 10


def test_some_are_a_single_layer(drawn):
    """A few networks are one layer or block alone, such as a pool or a convolution, without a head."""
    bare = [[layer for layer in network.layers if layer.kind != "flatten"] for network in drawn]
    single = [layers[0].kind for layers in bare if len(layers) == 1]
    assert 0.01 < len(single) / COUNT < 0.15
    headless = Counter(layers[-1].kind for layers in bare if "linear" not in {layer.kind for layer in layers})
    assert len(headless) >= 4


def test_some_are_tent_maps(drawn):
    """Of depths 2 to 5; they need biases and a linear output."""
    depths = [depth for network in drawn for depth in range(2, 6) if network.layers == tent_map(depth).layers]
    assert set(depths) == {2, 3, 4, 5}
    assert 0.015 < len(depths) / COUNT < 0.06


@pytest.mark.parametrize("options", ["bias=none", "output=relu", "bias=nonpositive"])
def test_no_tent_map_where_its_biases_or_its_output_do_not_belong(options, draw_blocks):
    """Their first bytes stand for other networks there, which belong."""
    family = Family.parse(f"conv,residual,{options}")
    for block in draw_blocks(100, 152, WIDE_SIZE):
        network = draw_network(block[:SIZE] + b"\xff" + block[SIZE + 1 :], family)
        assert network in family
        assert all(network.layers != tent_map(depth).layers for depth in range(2, 6))


def test_some_layers_are_used_again(drawn):
    """One network in ten or so holds the same layer twice and is written with one module for both."""
    twice = [network for network in drawn if len({*(n := [x for x in network.leaves if x.numeric])}) < len(n)]
    shared = [network for network in twice if network.style.weights == "shared"]
    assert 0.06 < len(twice) / COUNT < 0.35
    assert 0.03 < len(shared) / COUNT < 0.25
    some = next(network for network in shared if network.shape == (2,))
    weights = [module.weight for _, module in some.module().named_modules() if hasattr(module, "weight")]
    assert len(weights) < len([layer for layer in some.leaves if layer.numeric])


def test_every_style_turns_up(drawn):
    """Each value of each option is met in one of twenty at least; a third have none but for shared weights."""
    for name, values in OPTIONS.items():
        shares = Counter(getattr(network.style, name) for network in drawn)
        assert {value: n for value, n in shares.items() if n / COUNT < 0.05} == {}
        assert shares.keys() == set(values)
    plain = sum(replace(network.style, weights="cloned") == PLAIN for network in drawn)
    assert 0.3 < plain / COUNT < 0.5


def test_styles_and_sharing_are_the_familys():
    """Without the items for them every network is written plainly; without sharing, every layer is a copy."""
    block = bytes([255] * WIDE_SIZE)
    assert draw_network(block, Family.parse("conv")).style == PLAIN
    assert draw_network(block, Family.parse("conv,styles")).style.weights == "cloned"
    assert draw_network(block, Family.parse("conv,shared")).style == replace(PLAIN, weights="shared")


def test_later_slots_leave_earlier_layers(draw_blocks):
    """With another last slot, all layers of the first two stay in their places."""
    third, kept = SIZE + HEADER + 2 * SLOT, 0
    for block in draw_blocks(80, 153, WIDE_SIZE):
        empty = block[:third] + bytes(SLOT) + block[third + SLOT :]
        one, other = draw_network(block, FAMILY), draw_network(empty, FAMILY)
        first = [layer for layer in other.layers if layer.kind not in ("linear", "flatten", "softmax")]
        common = [a for a, b in zip(one.layers, other.layers, strict=False) if a == b]
        assert (one.shape, one.style) == (other.shape, other.style)
        kept += bool(common) or not first
    assert kept > 70


def test_slots_without_bytes_are_empty(draw_blocks):
    """Three slots of zeros leave the head on its own: linear layers on the flattened input."""
    for block in draw_blocks(60, 154, WIDE_SIZE):
        start = SIZE + HEADER
        emptied = block[:SIZE] + b"\x80" + block[SIZE + 1 : start] + bytes(SLOTS * SLOT) + block[start + SLOTS * SLOT :]
        network = draw_network(emptied, FAMILY)
        assert {layer.kind for layer in network.layers} <= {"flatten", "linear", "relu", "softmax"}
        assert after(network.layers, network.shape) == (network.out_features,)


def test_the_head_has_weights_of_its_own(draw_blocks):
    """Other bytes of the head change no layer before it."""
    for block, other in zip(draw_blocks(60, 155, WIDE_SIZE), draw_blocks(60, 156, WIDE_SIZE), strict=True):
        end = SIZE + HEADER + SLOTS * SLOT
        changed = draw_network(block[:end] + other[end : end + HEAD] + block[end + HEAD :], FAMILY)
        network = draw_network(block, FAMILY)
        assert [layer.kind for layer in changed.layers] == [layer.kind for layer in network.layers]
        differ = [i for i, (a, b) in enumerate(zip(network.layers, changed.layers, strict=True)) if a != b]
        assert len(differ) <= 1
        assert all(network.layers[i].kind == "linear" for i in differ)


def test_the_style_changes_the_code_alone(drawn):
    """Plainly written, a network computes what it computes in its own style."""
    for network in drawn[:60]:
        x = tuple(float(i % 3) - 0.5 for i in range(network.in_features))
        assert Network(network.layers, network.shape).value(x) == network.value(x)


def test_rewrites_of_styles_have_room():
    """Every value of an option that is not plain is the aim of one rewrite, and so is every form of attention."""
    code = [r for r in REWRITES.values() if r.level == "code"]
    aims = {(r.option, r.value) for r in code if issubclass(r, Restyle)}
    assert {r.written for r in code if issubclass(r, Written)} == set(WAYS)
    assert aims == {(name, value) for name, values in OPTIONS.items() for value in values[1:]}
