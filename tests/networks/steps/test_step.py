"""What a kind of step must say of itself, and what holds behind one that is not piecewise linear."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from mypy import api

from axiomcheck.networks import AxiomcheckError, Case, Family, Linear, Network, Path, ReLU, Residual
from axiomcheck.networks import Softmax as SoftmaxLayer
from axiomcheck.networks.expressions import is_symmetric
from axiomcheck.networks.steps import (
    Affine,
    Max,
    Multiply,
    PiecewiseLinear,
    Rectify,
    RootMeanSquare,
    Rows,
    Smooth,
    Softmax,
    Step,
    Unitwise,
    known_part,
)

KINDS = (Affine, Rectify, Max, Softmax, RootMeanSquare, Unitwise, Multiply)
FIRST = Linear(((1.0, -2.0), (0.5, 1.0)), (0.0, -1.0))
LAST = Linear(((1.0, -1.0),), (0.25,))


def _is_piecewise_linear(network):
    return len(known_part(network.steps)) == len(network.steps)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_that_lacks_a_method_cannot_be_made(kind):
    """Whatever is declared abstract, in the step or in the base it is made from, has to be there."""
    base = PiecewiseLinear if issubclass(kind, PiecewiseLinear) else Smooth
    own = {k: v for each in reversed(kind.__mro__[: kind.__mro__.index(base)]) for k, v in vars(each).items()}
    for name in base.__abstractmethods__:
        less = type("Less", (base,), {**{k: v for k, v in own.items() if k != name}, "layer": 0})
        with pytest.raises(TypeError, match=f"abstract method '?{name}"):
            less()


@pytest.mark.long
def test_mypy_tells_which_methods_a_kind_lacks(tmp_path):
    """A kind of step without its methods is an error of types where it is made, which names them."""
    bases = ("Smooth", "PiecewiseLinear")
    lines = [f"from axiomcheck.networks.steps import {', '.join(bases)}"]
    lines += [f"class Toy{base}({base}):\n    layer = 0\nToy{base}()" for base in bases]
    (tmp_path / "kind.py").write_text("\n".join(lines))
    cache = f"--cache-dir={tmp_path}"
    report, _, status = api.run([str(tmp_path / "kind.py"), "--strict", "--follow-imports=silent", cache])
    assert status == 1
    for base in bases:
        assert f'Cannot instantiate abstract class "Toy{base}" with abstract attributes' in report
    assert '"bound", "embedded"' in report


@pytest.mark.parametrize("kind", ["silu", "square"])
def test_the_toys_need_nothing_else(toys, kind):
    """A smooth kind that has them all is made, and says what it is."""
    step = toys[kind](2)
    assert isinstance(step, Step)
    assert (step.is_exact, step.kink_count(), step.bends_at_zero) == (kind == "square", 0, False)


def test_a_square_in_the_middle_is_exact(toy_layers):
    """Values are fractions without an error; what comes behind has no kinks that are known, what is below has."""
    network = Network((FIRST, ReLU(), toy_layers["square"], LAST, ReLU()))
    assert network.exact((Fraction(1, 3), 0.0)) == (Fraction(1, 9) + Fraction(1, 4),)
    assert network.error((Fraction(1, 3), 0.0)) == (0.0,)
    assert (network.is_exact, _is_piecewise_linear(network)) == (True, False)
    path = Path(((-1.0, 0.0), (1.0, 0.0)))
    assert {kink.layer for kink in network.kinks(path)} == {1}
    assert network.margin((3.0, 1.0)) == Fraction(1, 3)
    assert network.on_kink((2.0, 1.0))
    assert not network.on_kink((0.0, 0.5))


def test_a_network_that_is_not_exact_does_not_pretend(toy_layers):
    """It has a value and an error that is not 0, and says in a sentence that it has no exact outputs."""
    network = Network((FIRST, toy_layers["silu"], LAST))
    assert not network.is_exact
    with pytest.raises(AxiomcheckError, match="the network is not exact"):
        network.exact((1.0, 1.0))
    assert 0 < network.error((1.0, 1.0))[0] < 1e-12
    assert float(network.value((1.0, 1.0))[0]) == network.outputs(np.array([[1.0, 1.0]]))[0, 0]


@pytest.mark.parametrize(
    ("end", "known"), [((ReLU(),), True), ((SoftmaxLayer(),), True), (("silu",), True), (("silu", ReLU()), False)]
)
def test_whether_all_kinks_are_known(toy_layers, end, known):
    """They are unless something bends behind a step that is not piecewise linear."""
    layers = [toy_layers[layer] if isinstance(layer, str) else layer for layer in end]
    network = Network((FIRST, ReLU(), *layers))
    assert network.knows_its_kinks is known
    assert _is_piecewise_linear(network) is (end == (ReLU(),))


def test_everything_works_behind_a_step_that_is_not_exact(toy_layers):
    """Formula, influence, trends, symmetry, size and bounds are had; kinks are claimed below it alone."""
    network = Network((FIRST, ReLU(), toy_layers["silu"], LAST, ReLU(), Linear(((2.0,),), (0.0,))))
    assert network.formula() == "f(x1, x2) = 2*relu(silu(relu(x1 - 2*x2)) - silu(relu(0.5*x1 + x2 - 1)) + 0.25)"
    assert network.influence.tolist() == [[True], [True]]
    assert [trend.tolist() for trend in network.trends] == [[[True], [True]]] * 2
    assert network.size[0] == 3
    assert network.magnitude((1.0, 1.0)) >= abs(network.value((1.0, 1.0))[0])
    assert {kink.layer for kink in network.kinks(Path(((-4.0, 0.0), (4.0, 0.0))))} == {1}
    assert network.on_kink((2.0, 1.0))
    assert len(list(network.hinges((1.0, 1.0)))) == 2
    assert list(network.sums((1.0, 1.0))) == []
    twice = Network((Linear(((1.0, 1.0),), (0.0,)), toy_layers["silu"]))
    assert is_symmetric(twice, 0, (0, 1))
    case = Case(network, (0.0, 0.0), inputs=((1.0, -1.0),))
    assert not case.is_dead((1.0, -1.0))
    assert case.belongs_to(Family.parse("biased"))


def test_a_block_carries_values_past_a_step_that_is_not_exact(toy_layers):
    """What passes by in a residual sum is as it was: x + silu(x)."""
    network = Network((Residual(((toy_layers["silu"],), ())),), (1,))
    assert float(network.value((3.0,))[0]) == pytest.approx(3 + 3 / (1 + np.exp(-3.0)), rel=1e-15)
    assert network.gradients((0.0,)).tolist() == [[1.5]]


@pytest.mark.parametrize("kind", ["silu", "square"])
def test_gradients_behind_it_are_slopes(toy_layers, kind):
    """They are the differences up to one positive factor; no weight is cut to an integer."""
    network = Network((FIRST, toy_layers[kind], Linear(((0.75, -1.5), (0.25, 0.5)), (0.0, 0.0)), ReLU(), LAST))
    x, h = np.array([1.25, -0.75]), 2.0**-20
    moved = np.array([x + h * side for unit in np.eye(2) for side in (unit, -unit)])
    outputs = network.outputs(moved)[:, 0]
    slopes = (outputs[::2] - outputs[1::2]) / (2 * h)
    gradient = network.gradients(tuple(x))[:, 0]
    assert np.ptp(gradient / slopes) < 1e-6 * abs(gradient / slopes).max()
    assert (gradient / slopes).min() > 0


@pytest.mark.parametrize("before", [0, 2])
def test_a_softmax_in_the_middle(decimals, before):
    """Steps go on behind it, also where units pass it by: values, bounds, gradients, influence, formula."""
    below, above = Affine.of_rows([[1.0, -1.0], [0.5, 2.0]], [0.0, 1.0]), Affine.of_rows([[3.0, -1.0]], [0.0])
    steps = [step.embedded(before, 1) for step in (below, Softmax(2), above)]
    point = [Fraction(i, 3) for i in range(before + 3)]
    values = Rows.of([point])
    for step in steps:
        values = values.through(step)
    truth = decimals(steps, point)
    assert values.floats()[0].tolist() == pytest.approx([float(value) for value in truth], rel=1e-14)
    units = [f"x{i}" for i in range(len(point))]
    assert steps[1].text(units)[before] == f"softmax(x{before}, x{before + 1})[1]"
    assert steps[1].text(units)[:before] == units[:before]
    gradient = np.eye(len(point), dtype=np.int64)
    values = Rows.of([point])
    assert steps[1].jvp(values, gradient)[:before, :before].tolist() == np.eye(before).tolist()
    shares = np.exp(values.floats()[0, before : before + 2])
    p = shares[0] / shares.sum()
    assert steps[1].jvp(values, gradient)[before, before] == pytest.approx(p * (1 - p))


def test_piecewise_linear_steps_are_taken_by_their_base():
    """A direct child of the step that is of neither base cannot be made at all."""

    @dataclass(frozen=True, eq=False)
    class Neither(Step):
        layer: int = 0

    with pytest.raises(TypeError, match="abstract"):
        Neither()
