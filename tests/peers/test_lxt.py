"""LXT's two ways as explainers: what they compute, what they refuse, what they leave behind."""

from math import exp, tanh

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.libraries.lxt import LxtMethod, code_of, lxt_method
from axiomcheck.explainers.libraries.lxt.efficient import put_back
from axiomcheck.explainers.libraries.lxt.tables import CLASSES, resolve
from axiomcheck.explainers.protocol import Unsupported
from axiomcheck.networks import AxiomcheckError, UnknownName

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]
ONE = torch.tensor([0])


class Calls(nn.Module):
    """A function of the inputs as a model."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        """Return (B, 1)."""
        return self.function(x)


def _linear(*weight, bias=None):
    layer = nn.Linear(len(weight[0]), len(weight), bias=bias is not None).double()
    layer.weight.data = torch.tensor(weight, dtype=torch.float64)
    if bias is not None:
        layer.bias.data = torch.tensor(bias, dtype=torch.float64)
    return layer


def _explain(name, model, *x):
    """Return the scores of one input for the first output."""
    return locate(f"lxt:{name}").explain(model, torch.tensor([x], dtype=torch.float64), ONE)[0].tolist()


@pytest.mark.parametrize("name", ["efficient", "explicit", "explicit:trace=False"])
def test_an_activation_passes_relevance_unchanged(name):
    """The identity rule: of 3 tanh(x1 + x2) at (1, 2) it is a third and two thirds."""
    activation = Calls(torch.tanh) if name == "explicit" else nn.Tanh()
    model = nn.Sequential(_linear([1.0, 1.0]), activation, _linear([3.0]))
    expected = [tanh(3), 2 * tanh(3)]
    assert _explain(name, model, 1.0, 2.0) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("rule", ["attnLRP", "cp_LRP"])
def test_fused_attention_gets_the_rule_of_lxt(rule):
    """One token attends to itself: half of f for the value, none for query and key; held attention passes all on."""
    model = Calls(lambda x: functional.scaled_dot_product_attention(x, x, x)[:, 0])
    scores = locate(f"lxt:efficient:rule={rule}").explain(model, torch.full((1, 1, 1), 2.0, dtype=torch.float64), ONE)
    assert scores.flatten().tolist() == pytest.approx([1.0 if rule == "attnLRP" else 2.0], abs=1e-12)


def test_heads_of_torch_are_held():
    """LXT has CP-LRP alone for ``nn.MultiheadAttention``: all of f comes by the value."""
    heads = nn.MultiheadAttention(1, 1, bias=False, batch_first=True).double()
    heads.in_proj_weight.data.fill_(1.0)
    heads.out_proj.weight.data.fill_(1.0)
    model = Attending(heads)
    scores = locate("lxt:efficient").explain(model, torch.full((1, 1, 1), 2.0, dtype=torch.float64), ONE)
    assert scores.flatten().tolist() == pytest.approx([2.0], abs=1e-12)


class Attending(nn.Module):
    """Heads whose first token comes out."""

    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def forward(self, x):
        """Return (B, 1)."""
        return self.heads(x, x, x)[0][:, 0]


def test_the_softmax_rule_of_lxt_is_a_taylor_expansion():
    """softmax(x, 0)[0] at 1: x s (1 - s) = 0.197 where f = 0.731."""
    share = 1 / (1 + exp(-1))
    model = nn.Sequential(_linear([1.0], [0.0]), Calls(lambda x: torch.softmax(x, -1)), _linear([1.0, 0.0]))
    assert _explain("explicit", model, 1.0) == pytest.approx([share * (1 - share)], abs=1e-5)
    assert share * (1 - share) == pytest.approx(0.197, abs=5e-4)


def test_a_product_divides_relevance_by_two():
    """(x1, x2) times itself at (2, 3): each factor has half of 4 + 9, and both are the input."""
    model = nn.Sequential(Calls(lambda x: torch.matmul(x.unsqueeze(1), x.unsqueeze(2)).flatten(1)))
    assert _explain("explicit", model, 2.0, 3.0) == pytest.approx([4.0, 9.0], abs=1e-6)


WRITTEN = Calls(lambda x: torch.softmax(x, -1)[:, :1])
UNKNOWN = {
    ("efficient", "softmax by hand"): (WRITTEN, "this model calls softmax outside of those it patches"),
    ("efficient", "gelu by hand"): (Calls(functional.gelu), "this model calls gelu outside"),
    ("efficient", "a product"): (Calls(lambda x: x[:, :1] * x[:, 1:]), "this model calls mul outside"),
    ("efficient", "an RMS norm"): (nn.Sequential(nn.RMSNorm(2).double(), _linear([1.0, 1.0])), "variance_epsilon"),
    ("explicit", "a sigmoid"): (Calls(torch.sigmoid), "lxt:explicit has no rule for sigmoid"),
    ("explicit", "a method"): (Calls(lambda x: x.softmax(-1)), "lxt:explicit has no rule for softmax"),
    ("explicit", "a convolution"): (
        nn.Sequential(nn.Unflatten(1, (1, 2)), nn.Conv1d(1, 1, 2).double(), nn.Flatten()),
        "lxt:explicit has no rule for Unflatten",
    ),
    ("explicit", "an activation in place"): (
        nn.Sequential(_linear([1.0, 1.0]), nn.ReLU(inplace=True), _linear([1.0])),
        "works in place",
    ),
}


@pytest.mark.parametrize("case", UNKNOWN, ids=" ".join)
def test_what_lxt_would_leave_to_the_gradient_is_refused(case):
    """In one sentence that names it."""
    model, reason = UNKNOWN[case]
    with pytest.raises(Unsupported, match=reason):
        _explain(case[0], model, 1.0, 2.0)


@pytest.mark.parametrize("model", [nn.Sequential(nn.GELU(), _linear([1.0])), Calls(functional.gelu), nn.ReLU()])
def test_what_lxt_patches_for_good_is_put_back(model):
    """Classes and functions of torch are as before, also after an exception."""
    homes = [*map(resolve, CLASSES), functional]
    before = [dict(vars(home)) for home in homes]
    for bad in (torch.tensor([0]), torch.tensor([7])):
        try:
            locate("lxt:efficient").explain(model, torch.ones(1, 1, dtype=torch.float64), bad)
        except AxiomcheckError:
            continue
    assert [dict(vars(home)) for home in homes] == before


def test_lxt_leaves_its_own_modules_in_a_model():
    """``Composite.remove`` puts LXT's LinearEpsilon back, and parameters stay frozen: nothing of it is hidden."""
    model = nn.Sequential(_linear([1.0]), nn.ReLU(), _linear([1.0]))
    _explain("explicit", model, 1.0)
    assert type(model[0]).__name__ == "LinearEpsilon"
    assert not model[0].weight.requires_grad


def test_lxt_loses_the_rule_of_a_module_when_it_traces():
    """gelu(x) at 2: the identity rule gives f = 1.954, x f'(x) would be 2.171; traced, f f'(x) = 2.121 comes out."""
    model = nn.Sequential(_linear([1.0]), nn.GELU())
    x = torch.tensor([[2.0]], dtype=torch.float64, requires_grad=True)
    value = functional.gelu(x)
    (slope,) = torch.autograd.grad(value.sum(), x)
    assert _explain("explicit:trace=False", model, 2.0) == pytest.approx([float(value)], abs=1e-5)
    model = nn.Sequential(_linear([1.0]), nn.GELU())
    assert _explain("explicit", model, 2.0) == pytest.approx([float(value * slope)], abs=1e-5)


def test_a_denominator_has_a_pole():
    """x1 at -1e-6, and gelu(x1) at -1e-10: LXT adds as much, of no sign, and divides by 0."""
    assert not np.isfinite(_explain("explicit:trace=False", nn.Sequential(_linear([1.0])), -1e-6)).all()
    assert not np.isfinite(_explain("efficient", nn.Sequential(nn.GELU()), -1e-10)).all()


@pytest.mark.parametrize("name", ["efficient", "explicit"])
def test_it_conserves_the_output(name):
    """Relevance begins as f(x)."""
    assert declaration(locate(f"lxt:{name}").explain).conserves == "output"


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("eficient", {}, "did you mean 'efficient'?"),
        ("efficient", {"rul": "cp_LRP"}, "did you mean 'rule'?"),
        ("efficient", {"rule": "lrp"}, "Expected rule of lxt:efficient to be 'attnLRP' or 'cp_LRP' but got 'lrp'"),
        ("explicit", {"trace": 2}, "Expected trace of lxt:explicit to be True or False but got 2"),
    ],
)
def test_unknown_names_and_values_are_told(name, options, hint):
    """One sentence, with a suggestion."""
    with pytest.raises((UnknownName, AxiomcheckError)) as told:
        lxt_method(name, options)
    assert hint in str(told.value)


def test_methods_are_values():
    """The repr is the expression that rebuilds it."""
    method = lxt_method("efficient", {"rule": "cp_LRP"})
    assert eval(repr(method), {"LxtMethod": LxtMethod}) == method
    assert hash(method) == hash(lxt_method("efficient", {"rule": "cp_LRP"}))


@pytest.mark.parametrize("name", ["efficient", "efficient:rule=cp_LRP", "explicit", "explicit:trace=False"])
def test_the_code_that_stands_for_it_does_what_it_does(name):
    """On layers of torch; nothing of axiomcheck is named."""
    method = locate(f"lxt:{name}").explain
    code = code_of(method)
    assert "axiomcheck" not in code

    def model():
        return nn.Sequential(_linear([1.0, 2.0], [0.5, -1.0], bias=[0.5, 0.25]), nn.Tanh(), _linear([1.0, -2.0]))

    x = torch.tensor([[1.0, 2.0], [0.5, -1.0]], dtype=torch.float64)
    target = torch.tensor([0, 0])
    ours = method(model(), x, target)
    namespace = {}
    with put_back([*map(resolve, CLASSES), functional]):
        exec(code, namespace)
        alone = namespace["explain"](model(), x, target)
    assert torch.equal(ours, alone)
