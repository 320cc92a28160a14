"""Models of several inputs, of tokens, and with several outputs: one of each is explained, the rest is held or said."""

import numpy as np
import pytest
import torch
from torch import nn

import axiomcheck as ac
from axiomcheck.engine.replay import replay
from axiomcheck.models.source import ModelSource
from axiomcheck.networks import AxiomcheckError

RANDOM = np.random.default_rng(0)
PIXELS, MASK = RANDOM.uniform(-1, 1, (12, 3)), np.tile([[1, 0, 1]], (12, 1))
TOKENS = RANDOM.integers(0, 5, (12, 3))


class Masked(nn.Module):
    """Returns by name the sum of what the mask leaves, and its double, and something else before."""

    def forward(self, pixels, mask):
        """Return a dictionary."""
        total = (pixels * mask).sum(1, keepdim=True)
        return {"loss": total.sum(), "logits": torch.cat([total, 2 * total], 1)}


class Tokens(nn.Module):
    """Sums up the vectors of tokens: the logits of a token are the sum of those up to it."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(5, 2)

    def forward(self, tokens):
        """Return a tuple of (B, T, 2)."""
        return (self.embed(tokens).cumsum(1),)


def _loaded(*source, **named):
    return ModelSource(*source, **named).load()


def test_one_of_several_inputs_is_explained():
    """The output is that of the pixels with the mask held, from the dictionary."""
    loaded = _loaded(Masked(), {"pixels": PIXELS, "mask": MASK}, explains="pixels")
    model = loaded.draws.twins.model
    assert model.value((1.0, 10.0, 3.0)) == (4, 8)
    assert loaded.draws.name.output == "logits"
    assert loaded.remarks[0] == "explained is pixels; mask held as in the first input"


def test_of_tokens_the_vectors_are_explained():
    """The last token's outputs are the sums of the vectors, whatever the tokens."""
    module = Tokens()
    loaded = _loaded(module, TOKENS, embedding="embed")
    draws = loaded.draws
    assert draws.twins.model.value((1.0, 2.0, 3.0, 4.0, 5.0, 6.0)) == (9, 12)
    assert draws.name.output == "0[-1]"
    vectors = module.embed.weight.detach().double().numpy()[TOKENS].reshape(12, 6)
    assert np.array_equal(draws.data.inputs, vectors)
    assert isinstance(module.embed, nn.Embedding)
    assert any("training mode" in remark for remark in loaded.remarks)
    assert not any("training mode" in remark for remark in _loaded(module.eval(), TOKENS, embedding="embed").remarks)


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (Masked(), {"inputs": {"pixels": PIXELS, "mask": MASK}, "explains": "pixels"}),
        (Tokens(), {"inputs": TOKENS, "embedding": "embed"}),
    ],
)
def test_linear_models_are_judged(model, named):
    """On a sum the gradient times the input is right, and equal shares are a violation that is replayed."""
    ac.check("grad-x-input", "conservation", model=model, examples=60, **named)
    ac.check("grad-x-input", "same_function", model=model, examples=60, **named)
    found = ac.find_counterexample("gradient", "conservation", model=model, examples=60, **named)
    assert replay(found, model=ModelSource(model, None)).status == "STILL VIOLATED"


@pytest.mark.parametrize(
    ("inputs", "named", "sentence"),
    [
        ({"pixels": PIXELS, "mask": MASK}, {}, "name the one that is explained"),
        ({"pixels": PIXELS, "mask": MASK}, {"explains": "image"}, "one of the inputs pixels, mask but got 'image'"),
        ({"pixels": PIXELS, "mask": MASK[:3]}, {"explains": "pixels"}, "Expected 12 of each input but got 3 of mask"),
        (TOKENS, {"embedding": "wte"}, "no module 'wte': its embeddings are embed"),
        (PIXELS, {"embedding": "embed"}, "Expected tokens, whole numbers"),
        (TOKENS, {"embedding": "embed", "explains": "mask"}, "one of the inputs"),
    ],
)
def test_what_is_missing_is_said(inputs, named, sentence):
    """One sentence says what would be."""
    with pytest.raises(AxiomcheckError, match=sentence):
        _loaded(Tokens(), inputs, **named)


def test_what_is_no_module_is_said():
    """A function has no embedding."""
    with pytest.raises(AxiomcheckError, match=r"an nn.Module, but got function"):
        _loaded(lambda x: x, TOKENS, embedding="embed")


class Twice(Tokens):
    """Asks its embedding twice."""

    def forward(self, tokens):
        """Return the sum of the vectors, of two calls."""
        return (self.embed(tokens) + self.embed(tokens)).sum(1)


def test_an_embedding_that_is_asked_twice_is_refused():
    """Its vectors would be explained in one place and not in the other."""
    with pytest.raises(AxiomcheckError, match="the embedding is called more than once"):
        _loaded(Twice(), TOKENS, embedding="embed")
