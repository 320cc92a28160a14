"""A tiny BERT and a tiny GPT of transformers, untrained: explained are the vectors of their embeddings."""

import numpy as np
import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import locate
from axiomcheck.models.admitted import draw
from axiomcheck.models.source import ModelSource

pytestmark = pytest.mark.peers
TOKENS = np.random.default_rng(0).integers(0, 12, (16, 4))
SIZE = {"vocab_size": 12}
CONTRACTS = ("batch_consistency", "determinism", "purity", "same_function", "output_form")


def _bert():
    transformers = pytest.importorskip("transformers")
    sizes = {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = transformers.BertConfig(**SIZE, **sizes, max_position_embeddings=8)
    inputs = {"input_ids": TOKENS, "attention_mask": np.ones_like(TOKENS)}
    return transformers.BertForSequenceClassification(config), inputs, "bert.embeddings.word_embeddings"


def _gpt():
    transformers = pytest.importorskip("transformers")
    ends = {"bos_token_id": 0, "eos_token_id": 0}
    config = transformers.GPT2Config(**SIZE, **ends, n_positions=8, n_embd=8, n_layer=2, n_head=2)
    return transformers.GPT2LMHeadModel(config), TOKENS, "transformer.wte"


@pytest.fixture(scope="module", params=[_bert, _gpt], ids=["bert", "gpt"])
def draws(request):
    """Return the model, ready to draw cases."""
    torch.manual_seed(0)
    model, inputs, embedding = request.param()
    return ModelSource(model, inputs, embedding=embedding).load().draws


def _kinds(draws, explainer, axiom):
    judge, random = Judge(locate(explainer).explain, AXIOMS[axiom]), np.random.default_rng(0)
    return {judge(draw(draws, axiom, random.bytes(96))).kind for _ in range(2)}


@pytest.mark.parametrize("axiom", ["implementation_invariance", "continuity", *CONTRACTS])
@pytest.mark.parametrize("explainer", ["grad-x-input", "integrated-gradients"])
def test_derivatives_of_smooth_models_are_right(explainer, axiom, draws):
    """They depend on the function alone, which has no kinks."""
    assert _kinds(draws, explainer, axiom) == {"holds"}


@pytest.mark.parametrize(("explainer", "kind"), [("grad-x-input", "violated"), ("integrated-gradients", "holds")])
def test_layer_norms_break_the_sum_of_gradient_times_input(explainer, kind, draws):
    """A layer norm with positions added is not homogeneous; the integral of the gradient is complete all the same."""
    assert _kinds(draws, explainer, "conservation") == {kind}
