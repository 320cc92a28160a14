"""What is wired to a model is of the function that it says, and nothing that does not matter gets to the output."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.models.draws import SIZE
from axiomcheck.models.shrinking import candidates
from axiomcheck.models.source import ModelSource
from axiomcheck.models.wired import WiringMoved
from axiomcheck.models.wiring_draws import EXTRA, extra_case, multiple_case, shift_case
from axiomcheck.models.wirings import WIRINGS, wiring_of
from axiomcheck.models.wirings.extra import LARGEST, CancelledPair, TakenAway, Unread, ZeroWeights
from axiomcheck.models.wirings.modules import FirstOnly
from axiomcheck.models.wirings.related import (
    CombinationBehind,
    CombinationInLast,
    MultipleBehind,
    MultipleInLast,
    OthersInLast,
    ShiftInFirst,
    ShiftInFront,
)
from axiomcheck.networks import AxiomcheckError, DoesNotApply
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.serialization import named_data

RANDOM = np.random.default_rng(0)
EXTRAS = [Unread(2), ZeroWeights(2), CancelledPair(2), TakenAway("", "", 0)]
MODELS = ["tabular", *(pytest.param(name, marks=pytest.mark.long) for name in ("digits", "residual"))]
EXACT = (Unread, ZeroWeights)
"""Those that move no bit of the outputs."""


def _model(weights=(((2.0, -1.0), (0.0, 3.0)), (1.0, 4.0)), inputs=((1.0, 2.0), (3.0, -1.0))):
    """Return f(x) = (2 x1 - x2 + 1, 3 x2 + 4), ready for wirings."""
    matrix, bias = map(torch.tensor, weights)
    layer = nn.Linear(2, 2)
    layer.weight, layer.bias = nn.Parameter(matrix), nn.Parameter(bias)
    return ModelSource(nn.Sequential(layer), np.array(inputs)).load().draws.twins


@pytest.mark.parametrize("wiring", EXTRAS, ids=str)
@pytest.mark.parametrize("name", MODELS)
def test_what_does_not_matter_moves_no_output(wiring, name, loaded):
    """Whatever is put into the variables, outputs are those of the model, and no derivative leads to them."""
    draws = loaded(name)
    data, model = draws.data.inputs, draws.twins.model
    wired = draws.twins.wired(wiring, 0)
    extra = wired.in_features - model.in_features
    assert extra == wiring.more(model.shape) * np.prod(model.shape[1:], dtype=int)
    points = np.concatenate([data, RANDOM.uniform(-9, 9, (len(data), extra))], 1)
    difference = np.abs(wired.outputs(points) - model.outputs(data)).max()
    assert difference == 0 if isinstance(wiring, EXACT) else difference < 1e-12
    assert wiring.fact(model.shape) == Irrelevant(tuple(range(model.in_features, wired.in_features)))
    x = tuple(points[0].tolist())
    assert np.abs(wired.gradient(x, 1)[model.in_features :]).max() < 1e-12
    assert np.allclose(wired.gradient(x, 1)[: model.in_features], model.gradient(tuple(data[0].tolist()), 1))


@pytest.mark.parametrize("exchange", ["identity", "cancelling-pair", "guard", "factorise"])
def test_a_twin_is_taken_away(exchange, loaded):
    """f(x) + f(e) - f'(e) is f(x), whichever exchange makes f'."""
    twins = loaded("tabular").twins
    place = twins.places[exchange][0]
    wired = twins.wired(TakenAway(exchange, place, 5), 0)
    points = RANDOM.uniform(-2, 2, (9, 60))
    assert np.abs(wired.outputs(points) - twins.model.outputs(points[:, :30])).max() < 1e-12
    assert type(wired.reference.taken.get_submodule(place)) is not type(wired.reference.added.get_submodule(place))


RELATED = [
    (MultipleBehind(3.0), (4.5, 30.0)),
    (MultipleInLast(3.0), (4.5, 30.0)),
    (OthersInLast(-3.0), (1.5, -30.0)),
    (CombinationBehind(2.0, -0.5, 1), (-2.0,)),
    (CombinationInLast(2.0, -0.5, 1), (-2.0,)),
    (ShiftInFront((1.0, -0.5)), (4.0, 8.5)),
    (ShiftInFirst((1.0, -0.5)), (4.0, 8.5)),
]
"""With their outputs at (1.25, 2), where f = (2 x1 - x2 + 1, 3 x2 + 4) is (1.5, 10), by hand."""


@pytest.mark.parametrize(("wiring", "expected"), RELATED, ids=str)
def test_related_functions_are_what_they_say(wiring, expected):
    """Multiples, combinations and shifts follow by hand."""
    assert _model().wired(wiring, 0).value((1.25, 2.0)) == expected


class Skipping(nn.Module):
    """A layer whose outputs are added to what it reads, so that neither the first nor the last layer is alone."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        """Return W x + b + x."""
        return self.layer(x) + x


@pytest.mark.parametrize(
    "wiring", [MultipleInLast(2.0), OthersInLast(2.0), CombinationInLast(1.0, 1.0, 1), ShiftInFirst((1.0, 2.0))]
)
def test_a_layer_that_is_not_alone_is_left(wiring):
    """The outputs refute it: there is something else that reads the input, or makes the output."""
    twins = ModelSource(Skipping(), RANDOM.uniform(-1, 1, (8, 2))).load().draws.twins
    with pytest.raises(DoesNotApply):
        twins.wired(wiring, 0)


def test_then_it_is_put_before_or_behind():
    """Such a model has cases all the same."""
    draws = ModelSource(Skipping(), RANDOM.uniform(-1, 1, (8, 2))).load().draws
    block = bytes(SIZE)
    assert isinstance(multiple_case(draws, block).wiring, MultipleBehind)
    assert isinstance(shift_case(draws, block).wiring, ShiftInFront)
    assert isinstance(multiple_case(_draws(), block).wiring, MultipleInLast)


def _draws():
    return ModelSource(nn.Sequential(nn.Linear(2, 2)), RANDOM.uniform(-1, 1, (8, 2))).load().draws


@pytest.mark.parametrize(("padding", "taken"), [(0, True), ("valid", True), (1, False)])
def test_a_padded_convolution_takes_no_shift_in(padding, taken):
    """Zeros beside the image are no shifted ones; without padding each channel's bias takes the shift in."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(2, 3, 3, padding=padding), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2))
    model(torch.zeros(1, 2, 4, 4))
    inputs = RANDOM.uniform(-1, 1, (8, 2, 4, 4))
    twins = ModelSource(model, inputs).load().draws.twins
    assert twins.wires(ShiftInFirst((0.5, -2.0)), 0) == taken
    shifted = inputs + np.array([0.5, -2.0]).reshape(2, 1, 1)
    wiring = ShiftInFirst((0.5, -2.0)) if taken else ShiftInFront((0.5, -2.0))
    outputs = twins.wired(wiring, 0).outputs(inputs.reshape(8, -1))
    assert np.allclose(outputs, twins.model.outputs(shifted.reshape(8, -1)), atol=1e-12)
    assert wiring.fact((2, 4, 4)).shift == (0.5,) * 16 + (-2.0,) * 16


def test_a_wide_input_is_mixed_by_no_layer():
    """Where a layer would need too many weights, the variables are left unread."""
    inputs = RANDOM.uniform(-1, 1, (4, LARGEST))
    draws = ModelSource(nn.Linear(LARGEST, 2), inputs).load().draws
    assert not draws.twins.wires(ZeroWeights(1), 0)
    block = bytes([0] * 56 + [EXTRA.table.index("cancelled-pair")] + [0] * (SIZE - 57))
    assert extra_case(draws, block).wiring == Unread(1)


@pytest.mark.parametrize("wiring", EXTRAS, ids=str)
@pytest.mark.parametrize("shape", [(3,), (2, 5), (2, 4, 4), (2, 3, 3, 3)])
def test_inputs_may_have_any_shape(wiring, shape):
    """Vectors, tokens, images and volumes: what is wired in are variables, or channels."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(int(np.prod(shape)), 2))
    draws = ModelSource(model, RANDOM.uniform(-1, 1, (8, *shape))).load().draws
    wired = draws.twins.wired(wiring, 0)
    assert wired.shape == (shape[0] + wiring.more(shape), *shape[1:])


def test_cases_are_of_the_wider_shape(loaded):
    """Their inputs and baselines have the variables, which other data fill, and a smaller wiring takes them away."""
    draws = loaded("digits")
    case = replace(
        extra_case(draws, bytes([0] * 56 + [255] + [0] * (SIZE - 57))), wiring=TakenAway("", "", 0)
    )  # the model added and taken away
    assert case.shape == (2, 8, 8)
    assert len(case.baseline) == len(case.inputs[0]) == 128
    assert case.inputs[0][64:] == tuple(draws.data.inputs[1].tolist())
    assert case.subject.shape == (2, 8, 8)
    simpler = next(candidates(case, draws.data))
    assert simpler.wiring == Unread(1)
    assert simpler.inputs == case.inputs


def test_a_wrong_wiring_fails_loudly(monkeypatch):
    """What is of another function than it says is a bug, and is told as one."""

    def off(self, x):
        return self.model(x[:, : self.size]) + 1e-6

    monkeypatch.setattr(FirstOnly, "forward", off)
    with pytest.raises(WiringMoved, match="unread is off by 1e-06"):
        _model().wired(Unread(1), 0)


@pytest.mark.parametrize("name", WIRINGS)
def test_each_has_a_proof_and_a_form_in_files(name):
    """A wiring says why it is what it is, and is read as it was written."""
    instances = [*EXTRAS, *(wiring for wiring, _ in RELATED)]
    wiring = next(instance for instance in instances if instance.name == name)
    assert wiring.proof.endswith(".")
    assert wiring_of(named_data(wiring)) == wiring


@pytest.mark.parametrize(
    ("wiring", "sentence"),
    [
        (Unread(0), "of 1 to"),
        (Unread(10**9), "of 1 to"),
        (TakenAway("unheard", "0", 0), "unknown exchange"),
        (MultipleBehind(-1.0), "a positive factor"),
        (CombinationBehind(1.0, 1.0, 2), "no other output 2"),
        (CombinationBehind(1.0, 0.0, 1), "nothing is added"),
        (ShiftInFront((1.0,)), "Expected 2 shifts"),
    ],
    ids=str,
)
def test_numbers_that_do_not_fit_are_refused(wiring, sentence):
    """An edited file may say anything."""
    with pytest.raises(AxiomcheckError, match=sentence):
        _model().wired(wiring, 0)
