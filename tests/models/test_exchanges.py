"""Exchanges keep the function of a model, each at every place, and a wrong one fails loudly."""

from runpy import run_path

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.models.exchange import OF_CHANNELS, PROOFS, Exchange
from axiomcheck.models.exchanges import EXCHANGES
from axiomcheck.models.exchanges.exchange import ModuleKind
from axiomcheck.models.loading import load_model
from axiomcheck.models.source import ModelSource
from axiomcheck.models.twins import ExchangeMoved
from axiomcheck.networks import DoesNotApply

from .conftest import EXAMPLES

NAMES = ("digits", "residual", "tabular")


def test_each_kind_has_a_proof():
    """Every exchange says why it keeps the function."""
    assert list(PROOFS) == list(EXCHANGES)


@pytest.mark.parametrize("name", ["tabular", *(pytest.param(name, marks=pytest.mark.long) for name in NAMES[:2])])
def test_exchanges_keep_the_outputs(name, loaded):
    """On all inputs a twin's outputs are those of the model to 1e-9, at every place, for two amounts."""
    draws, made = loaded(name), set()
    inputs = draws.data.inputs
    outputs = draws.twins.model.outputs(inputs)
    for kind, places in draws.twins.places.items():
        for place in places:
            for amount in (0, 13):
                try:
                    twin = draws.twins.of([Exchange(kind, place, amount)])
                except DoesNotApply:
                    continue
                assert np.abs(twin.outputs(inputs) - outputs).max() < 1e-9, (kind, place)
                made.add(kind)
    assert len(made) >= 12
    assert made >= set(OF_CHANNELS)


def test_all_kinds_are_made(loaded):
    """Each kind can be made on one of the three models, and keeps its outputs to 1e-9."""
    made = set()
    for name in NAMES:
        draws = loaded(name)
        outputs = draws.twins.model.outputs(draws.data.inputs)
        for kind, places in draws.twins.places.items():
            exchange = next((e for place in places if draws.twins.applies(e := Exchange(kind, place, 5))), None)
            if exchange is not None:
                assert np.abs(draws.twins.of([exchange]).outputs(draws.data.inputs) - outputs).max() < 1e-9
                made.add(kind)
    assert made == set(EXCHANGES)
    assert len(made) == 21


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_exchanges_keep_the_outputs_on_the_test_data(name):
    """On every input that the training holds out, one twin of each kind gives the model's outputs to 1e-9."""
    module = run_path(str(EXAMPLES / f"{'tabular' if name == 'tabular' else 'digits'}.py"))
    held_out = module["data"]()[0][3::4]
    draws = ModelSource(load_model(f"{EXAMPLES / name}.py:load"), held_out).load().draws
    outputs, made = draws.twins.model.outputs(draws.data.inputs), 0
    for kind, places in draws.twins.places.items():
        exchange = next((e for place in places if draws.twins.applies(e := Exchange(kind, place, 5))), None)
        if exchange is not None:
            assert np.abs(draws.twins.of([exchange]).outputs(draws.data.inputs) - outputs).max() < 1e-9, kind
            made += 1
    assert made >= 12


def test_an_exchange_does_not_change_the_model(loaded):
    """Twins are made of copies."""
    draws = loaded("residual")
    before = {name: tensor.clone() for name, tensor in draws.twins.model.reference.state_dict().items()}
    draws.twins.of([Exchange("fold-batch-norm", "block1.conv1>block1.norm1")])
    after = draws.twins.model.reference.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_folding_needs_neighbours(loaded):
    """A batch norm is not folded into a layer whose outputs it does not read."""
    with pytest.raises(DoesNotApply):
        loaded("residual").twins.of([Exchange("fold-batch-norm", "block1.conv1>block1.norm2")])


class Broken(ModuleKind):
    """A ReLU that is off by a millionth."""

    name = "broken"

    def fits(self, module):
        """Return whether it is a ReLU."""
        return type(module) is nn.ReLU

    def replacement(self, module, amount):
        """Return what is wrong."""
        return nn.Threshold(1e-6, 1e-6)


def test_a_wrong_exchange_fails_loudly(monkeypatch):
    """What moves the output by more than rounding is a bug, and is told as one."""
    monkeypatch.setitem(EXCHANGES, "broken", Broken())
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))
    nn.init.constant_(model[0].bias, -9.0)
    twins = ModelSource(model, np.eye(2)).load().draws.twins
    with pytest.raises(ExchangeMoved, match="broken at 1 moves the output"):
        twins.of([Exchange("broken", "1")])


def test_what_follows_from_powers_of_two_is_exact(loaded):
    """Rescaling and factorising by powers of two move no bit."""
    draws = loaded("tabular")
    for exchange in (Exchange("factorise", "0", 1), Exchange("style-relu-clamp", "1")):
        twin = draws.twins.of([exchange])
        assert np.array_equal(twin.outputs(draws.data.inputs), draws.twins.model.outputs(draws.data.inputs))
