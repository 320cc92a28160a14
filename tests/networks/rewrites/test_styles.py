"""The same layers in other code."""

from dataclasses import replace
from itertools import islice
from random import Random

import pytest
import torch

from axiomcheck.networks import (
    REWRITES,
    AvgPool,
    Conv,
    DoesNotApply,
    Flatten,
    Linear,
    MaxPool,
    Network,
    ReLU,
    Residual,
    Style,
)
from axiomcheck.networks.rewrites.styles import (
    Restyle,
    StyleBlocks,
    StyleForward,
    StyleLinearFunctional,
    StylePoolFunctional,
    StyleReluFunctional,
    StyleReluInplace,
    StyleReluReused,
    StyleResidualModule,
    StyleShared,
)

STYLES = {name: kind for name, kind in REWRITES.items() if issubclass(kind, Restyle)}
SAME = Linear(((1.0, -1.0), (2.0, 1.0)), (0.5, 0.0))
NETWORK = Network((SAME, ReLU(), Residual(((SAME, ReLU()), ()))))
CONV = Conv.of([[[1.0, 2.0]]])


def _close(one, other, inputs):
    """Whether two modules say the same, but for the order in which they may sum up."""
    return torch.allclose(one(inputs), other(inputs), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", STYLES)
def test_the_modules_say_the_same(name, draw_general, draw_rewrite):
    """On random networks, and random inputs, to the last digits."""
    random = Random(name)
    found = filter(None, (draw_rewrite(STYLES[name], draw_general(random), random) for _ in range(100)))
    tried = list(islice(found, 10))
    assert len(tried) == 10
    for rewrite, network in tried:
        inputs = torch.randn(4, *network.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(55))
        assert _close(network.module(), rewrite.apply(network).module(), inputs)


@pytest.mark.parametrize("name", STYLES)
def test_one_option_changes(name):
    """The layers stay as they are, and all other options."""
    network = Network((CONV, ReLU(), MaxPool((1,), (1,)), CONV, ReLU(), Residual(((ReLU(),), ())), Flatten()), (1, 4))
    rewritten = STYLES[name]().apply(network)
    assert rewritten == replace(network, style=Style(**{STYLES[name].option: STYLES[name].value}))
    assert rewritten.code() != network.code()


@pytest.mark.parametrize("name", STYLES)
def test_once_is_enough(name):
    """Code in the style already is left alone."""
    network = STYLES[name]().apply(NETWORK) if name != "style-pool-functional" else NETWORK
    with pytest.raises(DoesNotApply):
        STYLES[name]().apply(network)


BARE = Network((Linear(((1.0,),), (0.0,)),))


@pytest.mark.parametrize(
    ("rewrite", "network"),
    [
        (StylePoolFunctional(), NETWORK),
        (StyleReluFunctional(), BARE),
        (StyleReluReused(), Network((*BARE.layers, ReLU()))),
        (StyleReluInplace(), Network((Flatten(), ReLU()), (2,))),
        (StyleLinearFunctional(), Network((AvgPool((2,), (2,)), Flatten()), (1, 2))),
        (StyleResidualModule(), BARE),
        (StyleShared(), BARE),
    ],
)
def test_what_there_is_nothing_of(rewrite, network):
    """A style of pools does not apply without pools, though functions ask for a forward; and so with all."""
    for layout in ("sequential", "forward"):
        with pytest.raises(DoesNotApply):
            rewrite.apply(replace(network, style=Style(layout=layout)))


def test_layouts_exchange():
    """A forward can be cut into blocks, and blocks be written as one forward."""
    forward = StyleForward().apply(NETWORK)
    assert StyleForward().apply(StyleBlocks().apply(forward)) == forward


def test_equal_layers_are_planted():
    """The second layer of the same sizes gets the numbers of the first; then both may be one."""
    other = Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0))
    network = Network(
        (SAME, ReLU(), Linear(((1.0, 1.0),) * 3, (0.0,) * 3), Linear(((1.0,) * 3,) * 2, (0.0,) * 2), other)
    )
    planted = StyleShared().plant(network)
    assert planted.layers == (*network.layers[:4], SAME)
    assert StyleShared().apply(planted).code().count("nn.Linear") == 3


@pytest.mark.parametrize("network", [BARE, NETWORK])
def test_nothing_is_planted(network):
    """Where there are equal layers, or none that could be."""
    assert StyleShared().plant(network) == network
