"""A tiny BERT and a tiny GPT of transformers, untrained: explained are the vectors of their embeddings."""

import numpy as np
import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import locate
from axiomcheck.explainers.libraries.lxt import code_of, lxt_method
from axiomcheck.explainers.libraries.lxt.architectures import patches_of
from axiomcheck.explainers.libraries.lxt.efficient import put_back
from axiomcheck.explainers.protocol import Unsupported
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


def _gpt(**options):
    transformers = pytest.importorskip("transformers")
    ends = {"bos_token_id": 0, "eos_token_id": 0}
    config = transformers.GPT2Config(**SIZE, **ends, n_positions=8, n_embd=8, n_layer=2, n_head=2, **options)
    return transformers.GPT2LMHeadModel(config), TOKENS, "transformer.wte"


def _bert_of_lxt():
    _, inputs, embedding = _bert()
    copied = pytest.importorskip("lxt.efficient.models.bert")
    sizes = {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = copied.BertConfig(**SIZE, **sizes, max_position_embeddings=8)
    return copied.BertForSequenceClassification(config), inputs, embedding


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


@pytest.fixture(scope="module", params=[_bert_of_lxt, _gpt], ids=["bert", "gpt"])
def explained(request):
    """Return a model that LXT has patches of its own for, ready to draw cases."""
    torch.manual_seed(0)
    model, inputs, embedding = request.param()
    return ModelSource(model, inputs, embedding=embedding).load().draws


@pytest.mark.parametrize(
    ("axiom", "kind"),
    [("conservation", "violated"), ("continuity", "holds"), *((axiom, "holds") for axiom in CONTRACTS)],
)
def test_attn_lrp_of_lxt_is_judged(axiom, kind, explained):
    """Positions that are added and biases of norms take relevance; nothing of a model is left changed."""
    assert _kinds(explained, "lxt:efficient", axiom) == {kind}


def _one_token(**options):
    """Return a GPT of one token, whose attention, of itself alone, is its value, and the vector of the token."""
    torch.manual_seed(0)
    model = _gpt(**options)[0].double().eval()
    for name, weight in model.named_parameters():
        weight.data = torch.zeros_like(weight) if "bias" in name or ".wpe." in name else 20 * weight.data
    return Vectors(model), torch.randn(1, 1, 8, dtype=torch.float64)


class Vectors(torch.nn.Module):
    """A language model of the vectors of tokens: the logits of what comes next."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, vectors):
        """Return (B, K)."""
        return self.model(inputs_embeds=vectors).logits[:, -1]


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
def test_held_attention_conserves_without_biases_and_positions(attention):
    """Norms, gates and attention are held, all else is linear: relevance sums to f but for what eps takes."""
    model, vectors = _one_token(attn_implementation=attention)
    target = torch.tensor([3])
    scores = locate("lxt:efficient:rule=cp_LRP").explain(model, vectors, target)
    assert scores.sum().item() == pytest.approx(model(vectors)[0, 3].item(), rel=1e-9)
    assert (scores - locate("grad-x-input").explain(model, vectors, target)).abs().max() > 0.01


def test_no_patch_is_left_behind():
    """The module of the architecture, its classes and its table of attentions are as they were, for both rules."""
    from transformers.models.gpt2 import modeling_gpt2

    changed = (modeling_gpt2, modeling_gpt2.GPT2MLP, torch.nn.LayerNorm, torch.nn.Dropout)
    model, vectors = _one_token()
    before = [dict(vars(each)) for each in changed], dict(modeling_gpt2.ALL_ATTENTION_FUNCTIONS)
    for rule in ("attnLRP", "cp_LRP"):
        locate(f"lxt:efficient:rule={rule}").explain(model, vectors, torch.tensor([3]))
    assert ([dict(vars(each)) for each in changed], dict(modeling_gpt2.ALL_ATTENTION_FUNCTIONS)) == before


def test_models_that_lxt_cannot_patch_are_refused():
    """BERT must be made of LXT's classes, which know one rule; other architectures have no patches."""
    transformers = pytest.importorskip("transformers")
    sizes = {"dim": 8, "hidden_dim": 16, "n_layers": 1, "n_heads": 2}
    distilled = transformers.DistilBertModel(transformers.DistilBertConfig(**SIZE, **sizes, max_position_embeddings=8))
    for model, rule, why in (
        (_bert()[0], "attnLRP", "make the model of those in lxt.efficient.models.bert"),
        (_bert_of_lxt()[0], "cp_LRP", "LXT has no cp_LRP for bert"),
        (distilled, "attnLRP", "no patches for distilbert of transformers, only for gemma3, gpt2"),
    ):
        with pytest.raises(Unsupported, match=why):
            locate(f"lxt:efficient:rule={rule}").explain(model.eval(), torch.zeros(1, 1, 8), torch.tensor([0]))


def test_the_script_patches_the_architecture_too():
    """What is printed for maintainers gives the same scores; run in a process of its own, for it leaves its patches."""
    model, vectors = _one_token()
    code = code_of(lxt_method("efficient"))
    expected = locate("lxt:efficient").explain(model, vectors, torch.tensor([3]))
    with put_back([*patches_of(model, "attnLRP"), torch.nn.functional]):
        namespace = {}
        exec(code, namespace)
        found = namespace["explain"](model, vectors, torch.tensor([3]))
    assert torch.equal(found.detach(), expected)
