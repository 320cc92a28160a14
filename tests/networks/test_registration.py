"""A kind of layer that is known for a while."""

import pytest

from axiomcheck.networks import Family, Network, UnknownName
from axiomcheck.networks.family import ITEMS
from axiomcheck.networks.layers import layer_kinds
from axiomcheck.networks.registration import registered
from axiomcheck.networks.serialization import network_data, network_of
from axiomcheck.networks.shrinking.skeletons import skeletons
from axiomcheck.strategies.slots import makers

from .layers.softshrink import Softshrink

NETWORK = Network((Softshrink(),), (1,))


def test_a_kind_is_known_inside_the_context_alone():
    """Families, files, slots and the smallest networks have it inside, and refuse its name before and after."""
    data, before = network_data(NETWORK), dict(ITEMS)
    count = len(list(makers(Family(), (2,))))
    with registered(Softshrink):
        family = Family.parse("softshrink")
        assert network_of(data) == NETWORK
        assert NETWORK in skeletons(family)
        assert len(list(makers(family, (2,)))) == count + 1
    assert (dict(ITEMS), "softshrink" in layer_kinds()) == (before, False)
    with pytest.raises(UnknownName, match="softshrink"):
        Family.parse("softshrink")
    with pytest.raises(UnknownName, match="softshrink"):
        network_of(data)


def test_it_is_forgotten_when_something_fails():
    """An exception inside leaves nothing behind."""
    with pytest.raises(ZeroDivisionError), registered(Softshrink):
        raise ZeroDivisionError
    assert "softshrink" not in ITEMS
