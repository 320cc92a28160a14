"""What stands in the way of judging a model is told in a sentence, and what can be judged is."""

import warnings

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.models.source import ModelSource
from axiomcheck.networks import AxiomcheckError

INPUTS = np.random.default_rng(0).uniform(-1, 1, (6, 3))


class Forward(nn.Module):
    """A model of a function."""

    def __init__(self, function):
        super().__init__()
        self.layer, self.function = nn.Linear(3, 2), function

    def forward(self, x):
        """Return what the function makes of a layer's outputs."""
        return self.function(self.layer(x))


def _without_copies():
    model = nn.Linear(3, 2)
    model.extra = model.weight * 2
    return model


def _quantized():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return nn.Sequential(torch.ao.nn.quantized.dynamic.Linear(3, 2))


def _with_buffer(buffer):
    model = nn.Linear(3, 2)
    model.register_buffer("extra", buffer)
    return model


REFUSED = {
    "no model": (lambda: "text".upper, "Expected a model"),
    "always dropout": (lambda: Forward(lambda z: nn.functional.dropout(z, 0.5, training=True)), "two outputs for one"),
    "batch-dependent": (lambda: Forward(lambda z: z if len(z) > 1 else 2 * z), "what else is in the batch"),
    "batch mean": (lambda: Forward(lambda z: z - z.mean(0)), "what else is in the batch"),
    "a tuple": (lambda: Forward(lambda z: (z[:, None],)), "the model returns tuple"),
    "one number": (lambda: Forward(lambda z: z[:, 0]), r"the shape \(6,\) for 6 inputs of 3"),
    "wrong shapes": (lambda: nn.Linear(4, 2), "does not run on inputs of 3: RuntimeError"),
    "NaN": (lambda: Forward(lambda z: z * float("nan")), "NaN or infinite outputs"),
    "lazy": (lambda: nn.LazyLinear(2), "lazy parameters without a size .*: run it on an input first"),
    "meta": (lambda: nn.Linear(3, 2, device="meta"), "meta device"),
    "a buffer on meta": (lambda: _with_buffer(torch.zeros(2, device="meta")), "meta device"),
    "quantized": (_quantized, "is quantized, and has no derivatives"),
    "two inputs": (lambda: nn.Bilinear(3, 3, 2), "required positional argument.*; of several inputs, --inputs names"),
    "tokens": (lambda: nn.Embedding(3, 2), "; where it reads tokens, --embedding names"),
    "scripted": (lambda: torch.jit.trace(nn.Linear(3, 2), torch.zeros(1, 3)), "compiled by torch.jit"),
    "a cast": (lambda: Forward(lambda z: z.float()), "casts its values and returns float32"),
    "a cast inside": (lambda: Forward(lambda z: z.float().sqrt().double() + z), "casts values to float32 on the way"),
    "no derivatives": (lambda: Forward(lambda z: z.detach()), "no derivatives"),
    "uncopyable": (_without_copies, "cannot be copied"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_judged_says_why(why):
    """One sentence, and no traceback."""
    make, sentence = REFUSED[why]
    with pytest.raises(AxiomcheckError, match=sentence) as error:
        ModelSource(make(), INPUTS).load()
    assert "\n" not in str(error.value)


JUDGED = {
    "training mode": (lambda: nn.Sequential(nn.Linear(3, 2), nn.Dropout()).train(), "was in training mode"),
    "float16": (lambda: nn.Linear(3, 2).half().eval(), "its weights are float16"),
    "bfloat16": (lambda: nn.Linear(3, 2).bfloat16().eval(), "its weights are bfloat16"),
    "compiled": (lambda: torch.compile(nn.Linear(3, 2).eval()), "torch.compile"),
    "a branch for each input": (
        lambda: Forward(lambda z: torch.where(z.sum(1, keepdim=True) > 0, z, -z)).eval(),
        "in float32",
    ),
}


@pytest.mark.parametrize("how", JUDGED)
def test_what_can_be_judged_is(how):
    """It is judged, and what was done is told."""
    make, remark = JUDGED[how]
    model = make()
    loaded = ModelSource(model, INPUTS).load()
    assert any(remark in told for told in loaded.remarks)
    assert loaded.draws.twins.model.outputs(INPUTS).shape == (6, 2)


def test_the_model_stays_as_it_is():
    """What is handed in is not touched: mode, arithmetic and weights."""
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    ModelSource(model, INPUTS).load()
    assert model.training
    assert model[0].weight.dtype == torch.float32
    assert model[0].weight.requires_grad
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_rounding_is_measured():
    """The outputs of a sum of 10⁴ - 10⁴ + x lose in float32 what numbers of the size of 10⁴ lose."""
    loaded = ModelSource(Forward(lambda z: (z + 1e4) - 1e4), INPUTS).load()
    assert 1e3 < loaded.draws.twins.model.lost < 1e5
