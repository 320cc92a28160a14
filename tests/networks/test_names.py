"""Names of layers."""

from axiomcheck.networks import Linear, ReLU
from axiomcheck.networks.names import layer_names

ONE = Linear(((1.0,),), (0.0,))


def test_layers_are_counted_by_kind():
    """Each kind counts for itself, from 1."""
    assert list(layer_names((ONE, ONE, ReLU(), ONE, ReLU()))) == ["linear1", "linear2", "relu1", "linear3", "relu2"]
