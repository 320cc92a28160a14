"""Graphs and boxes of networks: every number of theirs is there, and can be read."""

from itertools import combinations, pairwise
from random import Random
from xml.etree import ElementTree as ET

import pytest

from axiomcheck.networks import Linear, Network, ReLU
from axiomcheck.networks.layers import BatchNorm, Concat, Conv, Flatten, MaxPool, Residual
from axiomcheck.reports.drawing.flow import flow
from axiomcheck.reports.drawing.graph import graph, is_perceptron
from axiomcheck.reports.drawing.labels import Labels
from axiomcheck.reports.drawing.layer_text import layer_text
from axiomcheck.reports.drawing.svg import PRINTED


def _texts(part):
    return [node.text for node in part.element.iter("text")]


def _network(random, *widths):
    def numbers(count):
        return tuple(random.choice((-3.0, -0.5, 0.0, 1.0, 803.84375)) for _ in range(count))

    layers = []
    for size, units in pairwise(widths):
        layers += [Linear(tuple(numbers(size) for _ in range(units)), numbers(units)), ReLU()]
    return Network(tuple(layers))


def test_a_graph_has_all_weights_with_all_their_digits():
    """As many labels as weights and biases that are not 0, and none is rounded."""
    network = _network(Random(0), 3, 4, 2)
    part = graph(network, (1.0, 2.0, 3.0), {0: "f = 0"}, PRINTED)
    for kind, numbers in (
        ("label", [weight for layer in network.linears for row in layer.weight for weight in row]),
        ("bias", [bias for layer in network.linears for bias in layer.bias]),
    ):
        shown = [float(node.text) for node in part.element.iter("text") if node.get("class") == kind]
        assert sorted(shown) == sorted(number for number in numbers if number)


def test_labels_keep_apart():
    """On all edges of three units to three no two weights overlap."""
    labels = Labels()
    for start in range(3):
        for end in range(3):
            labels.add((0.0, 60.0 * start), (140.0, 60.0 * end), "0.5", "red")
    assert all(one.apart(other) >= 1 for one, other in combinations(labels.placed, 2))


def test_a_label_lies_on_its_line():
    """Alone it is in the middle; pushed aside it stays on the line."""
    labels = Labels()
    labels.add((0.0, 0.0), (100.0, 50.0), "1", "red")
    labels.add((0.0, 50.0), (100.0, 0.0), "2", "red")
    first, second = labels.placed
    assert (first.x, first.y) == pytest.approx((50, 25))
    assert second.y == pytest.approx(50 - second.x / 2)
    assert second.x != first.x


def test_large_networks_are_boxes():
    """More than ten units in a layer, or too many edges, are numbers in rows."""
    assert is_perceptron(_network(Random(0), 3, 4, 2))
    assert not is_perceptron(_network(Random(0), 3, 11, 2))
    assert not is_perceptron(Network((Linear(((1.0,) * 8,) * 8, (0.0,) * 8),)))
    assert not is_perceptron(Network((ReLU(), Flatten()), shape=(1, 2, 2)))


def test_boxes_have_all_numbers():
    """Kernels, means, variances, the layers of branches, the input and the output."""
    branch = (Conv.of([[[[2.0]]]]), BatchNorm((7.0,), (0.25,), (5.0,), (-6.0,), 0.0), ReLU())
    layers = (Conv.of([[[[1.0, -9.0], [3.0, 4.0]]]]), Residual((branch, ())), MaxPool((2, 2), (2, 2)), Flatten())
    network = Network(layers, shape=(1, 3, 3))
    part = flow(network, tuple(float(i) for i in range(9)), {0: "f = 11"}, PRINTED)
    said = " ".join(text for text in _texts(part) if text).replace("\N{NO-BREAK SPACE}", " ")
    for shown in ("input 1×3×3", "0 1 2", "6 7 8", "1 -9", "3  4", "mean 7", "variance 0.25", "weight 5", "bias -6"):
        assert shown in said
    for shown in ("conv2d stride 1×1", "residual", "x", "maxpool2d kernel 2×2, stride 2×2", "f = 11"):
        assert shown in _texts(part)


def test_branches_are_side_by_side():
    """Each begins at a place of its own, and what joins them is below."""
    network = Network((Concat(((ReLU(),), ())),), shape=(2,))
    part = flow(network, (1.0, 2.0), {0: "f = 1"}, PRINTED)
    assert {"relu", "x", "concat"} <= set(_texts(part))
    moved = [node.get("transform") for node in part.element.iter("g") if node.get("transform")]
    assert any(transform.endswith(" 0)") and not transform.startswith("translate(0 ") for transform in moved)


def test_long_matrices_are_cut_and_say_so():
    """Rows beyond the twenty-fourth are counted, long rows end with a sign."""
    lines = list(layer_text(Linear(tuple((1.0,) * 60 for _ in range(30)), (0.0,) * 30)))
    assert lines[-1] == "… 6 rows more"
    assert lines[1].endswith("…")
    assert len(lines) == 1 + 24 + 1


def test_output_is_xml():
    """What stands in a file is a tree that any reader takes."""
    part = graph(_network(Random(1), 2, 2), (0.0, -0.0), {1: "f = 0"}, PRINTED)
    assert ET.fromstring(ET.tostring(part.element)).tag == "g"
    assert "-0" not in _texts(part)


def test_deep_networks_are_folded():
    """Forty layers stand in columns of about one height, each of which but the last says where it goes on."""
    network = _network(Random(0), *(2,) * 21)
    part = flow(network, (1.0, 2.0), {0: "f = 0"}, PRINTED)
    assert not is_perceptron(network)
    assert _texts(part).count("linear") == _texts(part).count("relu") == 20
    assert _texts(part).count("goes on to the right") >= 1
    assert part.height < 1300
