"""A layer of one's own, one class in one file, on its way through everything."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from torch import nn

import axiomcheck as ac
from axiomcheck.networks import AxiomcheckError, DoesNotApply, Family, Linear, Network, Style
from axiomcheck.networks import Path as Line
from axiomcheck.networks.derivations import Scaled
from axiomcheck.networks.ingredients import needed_by
from axiomcheck.networks.registration import registered
from axiomcheck.networks.serialization import network_data, network_of
from axiomcheck.networks.shrinking import simpler_cases, smallest_cases
from axiomcheck.reports.phrases import restriction
from axiomcheck.results.reader import read_counterexample
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size, draw_network

from .softshrink import Softshrink

SOURCE = Path(__file__).with_name("softshrink.py")
NETWORK = Network((Linear(((1.0, -2.0), (0.0, 1.0)), (0.0, 0.25)), Softshrink(), Linear(((2.0, 1.0),), (0.0,))))
NAME = "softshrink,styles"
STYLES = (Style(), Style(layout="forward"), Style(layout="blocks", relu="functional", linear="functional"))


@pytest.fixture(autouse=True)
def _known():
    with registered(Softshrink):
        yield


def _defined(x):
    """Return the output of ``NETWORK`` by the definition."""
    (first, _, last), x = NETWORK.layers, np.asarray(x, dtype=float)
    z = np.array(first.weight) @ x + np.array(first.bias)
    return float(np.array(last.weight)[0] @ (np.sign(z) * np.maximum(np.abs(z) - 0.5, 0)))


def test_families_have_it_or_not():
    """It is an item of its own, and none of networks without biases; people read of it in words."""
    assert NETWORK in Family.parse(NAME)
    assert NETWORK not in Family.parse("leaky")
    assert NETWORK not in Family.parse("softshrink,bias=none")
    assert restriction(Family.parse("mlp"), Family.parse("softshrink")) == "without soft thresholds"


def test_it_computes_what_it_is_defined_as():
    """Exactly, in floats, and as a module and as code in every style; its formula says so."""
    random = Random(81)
    points = [[random.randint(-48, 48) / 16 for _ in range(2)] for _ in range(40)]
    outputs = [_defined(x) for x in points]
    assert [float(NETWORK.exact(x)[0]) for x in points] == outputs
    np.testing.assert_array_equal(NETWORK.outputs(np.array(points))[:, 0], outputs)
    for style in STYLES:
        styled = replace(NETWORK, style=style)
        assert styled.module()(torch.tensor(points, dtype=torch.float64))[:, 0].tolist() == outputs
        namespace = {}
        exec(styled.code(), namespace)
        assert namespace["model"](torch.tensor(points, dtype=torch.float64))[:, 0].tolist() == outputs
    assert any(isinstance(layer, nn.Softshrink) for layer in NETWORK.module())
    assert Network((Softshrink(),), (1,)).formula() == "f(x1) = relu(x1 - 0.5) - relu(-x1 - 0.5)"


def test_its_kinks_are_found():
    """A line meets both thresholds of a unit, at the very places."""
    network = Network((Softshrink(),), (1,))
    kinks = network.kinks(Line(((-1.0,), (1.0,))))
    assert [kink.at for kink in kinks] == [Fraction(1, 4), Fraction(3, 4)]
    assert [network.on_kink((x,)) for x in (-0.5, 0.0, 0.5)] == [True, False, True]
    assert network.margin((0.25,)) == Fraction(1, 4)


def test_it_is_drawn(draw_blocks):
    """Slots of a family that has it hold some, of each sample; all that is drawn belongs."""
    family = Family.parse(NAME)
    networks = [draw_network(block, family) for block in draw_blocks(300, 82, block_size(family))]
    drawn = {layer for network in networks for layer in network.leaves if layer.kind == "softshrink"}
    assert drawn == {Softshrink(), Softshrink(1.0)}
    assert all(network in family for network in networks)


def test_what_it_does_not_say_is_refused():
    """It says nothing of factors, so a case of its scaled function is not drawn."""
    with pytest.raises(DoesNotApply, match="softshrink does not commute with a factor"):
        Scaled(2.0).of(Network((Softshrink(),), (1,)), 0)


def test_cases_with_it_are_shrunk(draw_blocks):
    """Some of the simpler neighbours have it, some have not; the smallest network with it is its skeleton."""
    family = Family.parse(NAME)
    cases = [one_network(block, family) for block in draw_blocks(120, 83, block_size(family))]
    case = next(case for case in cases if any(layer.kind == "softshrink" for layer in case.network.leaves))
    kinds = [[layer.kind for layer in simpler.network.leaves] for simpler in simpler_cases(case)]
    assert any("softshrink" not in leaves for leaves in kinds)
    assert any("softshrink" in leaves for leaves in kinds)
    smallest = (one.network for one in smallest_cases(case, family, measured=False))
    first = next(network for network in smallest if "softshrink" in {layer.kind for layer in network.layers})
    assert first.layers == (Softshrink(),)


def test_files_hold_it():
    """There and back it is the same network; a field too many is refused in a sentence."""
    data = network_data(NETWORK)
    assert data["layers"][1] == {"kind": "softshrink", "threshold": 0.5}
    assert network_of(data) == NETWORK
    data["layers"][1]["slope"] = 1.0
    with pytest.raises(AxiomcheckError, match="a softshrink has threshold, not"):
        network_of(data)


def _spoiled(model, inputs, target):
    """Share the output equally, and lose it where there is a soft threshold."""
    outputs = model(inputs).gather(1, target[:, None])
    lost = any(isinstance(layer, nn.Softshrink) for layer in model.modules())
    return torch.ones_like(inputs) * outputs / inputs[0].numel() * (not lost)


def test_a_counterexample_with_it(tmp_path):
    """A search finds what fails on it alone, shrinks it to that layer, says what it needs, and a file holds it."""
    found = ac.find_counterexample(_spoiled, "conservation", family=NAME)
    assert found.case.network.layers == (Softshrink(),)
    assert needed_by(found.case).items == {"mlp", "softshrink"}
    file = tmp_path / "counterexample.json"
    file.write_text(json.dumps(found.as_data()))
    assert read_counterexample(file).case == found.case


def _without(method):
    """Return the file without one of its methods or facts, and a line that makes a layer."""
    tree = ast.parse(SOURCE.read_text())
    (kind,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    kind.body = [node for node in kind.body if _name(node) != method]
    return ast.unparse(tree) + "\nlayer = Softshrink()\n"


def _name(node):
    return node.target.id if isinstance(node, ast.AnnAssign) else getattr(node, "name", "")


REQUIRED = ("steps", "constructor", "kind", "family_item", "is_homogeneous")


@pytest.mark.parametrize("method", REQUIRED)
def test_without_a_method_it_cannot_be_made(method):
    """A kind that leaves one answer out is no layer."""
    with pytest.raises(TypeError, match=f"abstract method '?{method}"):
        exec(_without(method), {"__name__": "softshrink"})


@pytest.fixture(scope="module")
def mypy_cache(tmp_path_factory):
    """Return a folder where mypy keeps what it knows of the package."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.mark.long
@pytest.mark.parametrize("method", REQUIRED)
def test_without_a_method_mypy_says_so(method, tmp_path, mypy_cache):
    """Types alone show what is left out, before anything runs; with all of it there is nothing to say."""
    file = tmp_path / "softshrink.py"
    for text, status in ((_without(""), 0), (_without(method), 1)):
        file.write_text(text)
        checked = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", mypy_cache, str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode == status, checked.stdout
    assert f'Cannot instantiate abstract class "Softshrink" with abstract attribute "{method}"' in checked.stdout
