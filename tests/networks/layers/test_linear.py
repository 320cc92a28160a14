"""Linear layers."""

import pytest

from axiomcheck.networks import AxiomcheckError, Linear, ReLU


def test_it_is_its_definition_and_pytorchs(agrees, random, numbers):
    """Steps are plain loops over rows, and outputs those of ``nn.Linear``, with a bias and without."""
    for _ in range(20):
        units, variables = random.randint(1, 4), random.randint(1, 4)
        bias = random.choice((numbers(random, units), (0.0,) * units))
        agrees(Linear(numbers(random, units, variables), bias), (variables,), random)


@pytest.mark.parametrize("weight", [(), ((),), ((1.0,), (1.0, 2.0))])
def test_rows_are_equally_long(weight):
    """A weight of no rows, of empty ones, or of rows of different lengths, is refused."""
    with pytest.raises(AxiomcheckError, match="equally long rows"):
        Linear(weight, (0.0,) * len(weight))


def test_every_row_has_a_bias():
    """Two rows take two biases."""
    with pytest.raises(AxiomcheckError, match="one bias for each of 2 rows"):
        Linear(((1.0,), (2.0,)), (0.0,))


@pytest.mark.parametrize("shape", [(1,), (3,), (1, 2), (2, 1), (2, 2, 2)])
def test_other_inputs_are_refused(shape):
    """It reads (2,) alone, and names the shape that it got."""
    with pytest.raises(AxiomcheckError) as told:
        Linear(((1.0, 2.0),), (0.0,)).shape_after(shape)
    assert str(told.value) == f"nn.Linear(2, 1, bias=False) does not fit inputs of shape {shape}: it reads (2,)"


def test_shape_is_that_of_the_weight():
    """The weight is (out, in)."""
    layer = Linear(((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), (0.0, 0.0))
    assert (layer.in_features, layer.out_features) == (3, 2)


def test_biases_of_zero_are_none():
    """Only a bias that differs from 0 counts."""
    assert not Linear(((1.0,),), (-0.0,)).has_bias
    assert Linear(((1.0,), (1.0,)), (0.0, -1.0)).has_bias


def test_a_step_holds_integers_over_a_power_of_two():
    """With quarters among the numbers, all are multiplied by 4; the weight array is (in, out)."""
    (step,) = Linear(((1.0, 0.5), (-2.0, 0.0)), (0.25, 3.0)).steps((2,))
    assert (step.weight.tolist(), step.bias.tolist(), step.scale) == ([[4, -8], [2, 0]], [1, 12], 4)


def test_layers_of_equal_numbers_are_equal():
    """Layers are values, and keys."""
    assert len({Linear(((1.0,),), (0.0,)), Linear(((1.0,),), (0.0,)), ReLU(), ReLU()}) == 2


def test_zero_has_no_sign():
    """-0.0 among weights and biases is 0.0."""
    assert repr(Linear(((-0.0,),), (-0.0,))) == "Linear(weight=((0.0,),), bias=(0.0,))"
