"""Every method of Captum that explains inputs, on networks of every family: scores, a sentence, or a known bug."""

from random import Random

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.libraries.captum import captum_method
from axiomcheck.explainers.libraries.captum.methods import CONSERVES, SAMPLING, input_methods
from axiomcheck.explainers.validation import WrongInput
from axiomcheck.networks import Linear, Network, UnknownName
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

FLOAT32 = ("Occlusion", "ShapleyValues", "ShapleyValueSampling", "Lime", "KernelShap")
"""Methods that return float32 whatever they are given."""
NAMED = (
    *input_methods(),
    "LRP:rule=EpsilonRule,epsilon=0.1",
    "LRP:rule=GammaRule",
    "LRP:rule=Alpha1_Beta0_Rule",
    "LRP:rule=IdentityRule",
    "NoiseTunnel:method=IntegratedGradients",
    "NoiseTunnel:method=GradientShap",
)


@pytest.mark.parametrize("name", NAMED)
def test_scores_or_a_sentence(name):
    """On ten networks of each preset: finite scores in the inputs' form, or why there are none."""
    judge = Judge(locate(f"captum:{name}").explain, AXIOMS["output_form"])
    for preset, family in PRESETS.items():
        random = Random(f"captum everywhere {preset}")
        for _ in range(10):
            case = one_network(random.randbytes(block_size(family)), family)
            if name == "ShapleyValues" and case.network.in_features > 5:  # it tries all d! orders
                continue
            outcome = judge(case)
            if name in FLOAT32 and outcome.kind == "violated":
                assert outcome.reason == "it returned float32 for inputs of float64"
            elif name == "KernelShap" and outcome.kind == "error":
                assert case.network.in_features == 1
            elif outcome.kind == "unsupported":
                assert outcome.reason.startswith(f"captum:{name.partition(':')[0]} ")
            else:
                assert outcome.kind == "holds", outcome.reason


def test_all_that_explain_inputs():
    """No method is forgotten; those of layers, of language models and abstract ones are left out."""
    assert set(input_methods()) == {
        *("IntegratedGradients", "DeepLift", "DeepLiftShap", "InputXGradient", "Saliency", "GuidedBackprop"),
        *("Deconvolution", "GuidedGradCam", "FeatureAblation", "FeaturePermutation", "Occlusion", "LRP", "Lime"),
        *("ShapleyValueSampling", "ShapleyValues", "KernelShap", "NoiseTunnel", "GradientShap"),
    }


def _called(name, x, baseline=None, seed=None, **options):
    network = Network((Linear(((2.0, -1.0),), (1.0,)),))
    given = {} if baseline is None else {"baseline": torch.tensor([baseline] * len(x)).double()}
    given |= {} if seed is None else {"seed": seed}
    explain = captum_method(name, options)
    return explain(network.module(), torch.tensor(x).double(), torch.zeros(len(x), dtype=torch.int64), **given)


@pytest.mark.parametrize("name", [name for name, sums in CONSERVES.items() if sums == "change"])
def test_what_sums_to_the_change(name):
    """2·x1 - x2 + 1 from (1, 1) at (3, -2): 4 for the first variable and 3 for the second, each of its own baseline."""
    seed = 0 if name in SAMPLING else None
    for x, expected in (([[3.0, -2.0]], [4.0, 3.0]), ([[0.0, 0.0]], [-2.0, 1.0])):
        assert _called(name, x, (1.0, 1.0), seed)[0].tolist() == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("name", ["GradientShap", "FeatureAblation", "Occlusion", "DeepLiftShap"])
def test_each_input_meets_its_own_baseline(name):
    """A batch of two inputs from two baselines is what each is alone."""
    network = Network((Linear(((2.0, -1.0),), (1.0,)),))
    explain, given = captum_method(name), {"seed": 0} if name == "GradientShap" else {}
    x, start = torch.tensor([[3.0, -2.0], [3.0, -2.0]]).double(), torch.tensor([[1.0, 1.0], [0.0, 0.0]]).double()
    found = explain(network.module(), x, torch.zeros(2, dtype=torch.int64), baseline=start, **given)
    for row in (0, 1):
        expected = torch.tensor([2.0, -1.0]).double() * (x - start)[row]
        if name == "GradientShap":  # x + noise, of which Captum adds none by default
            assert found[row].sum() == pytest.approx(float(expected.sum()), rel=1e-6)
        assert torch.allclose(found[row].double(), expected, rtol=1e-6)


@pytest.mark.parametrize("name", SAMPLING)
def test_samplers_take_a_seed(name):
    """One seed gives one answer, and what is global stays as it was."""
    baseline = (1.0, 1.0) if declaration(captum_method(name)).has_baseline else None
    x = [[3.0, -2.0], [1.0, 0.5], [-1.0, 2.0]]
    before = torch.random.get_rng_state()
    one, other = (_called(name, x, baseline, seed=3) for _ in range(2))
    assert torch.equal(one, other)
    assert torch.equal(before, torch.random.get_rng_state())
    assert declaration(captum_method(name)).samples


def test_rules_are_taken_away_again():
    """After LRP, and after an exception of it, no layer has a rule that was set for it."""
    model = Network((Linear(((2.0, -1.0),), (1.0,)),)).module()
    explain = captum_method("LRP", {"rule": "GammaRule", "gamma": 0.5})
    explain(model, torch.tensor([[1.0, 2.0]]).double(), torch.tensor([0]))
    with pytest.raises(WrongInput, match="Expected targets from 0 to 0 but got target=7"):
        explain(model, torch.tensor([[1.0, 2.0]]).double(), torch.tensor([7]))
    assert not any(hasattr(layer, "rule") for layer in model.modules())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("captum:LRP:rule=GamaRule", "unknown rule of captum:LRP 'GamaRule'; did you mean 'GammaRule'?"),
        ("captum:NoiseTunnel:method=Salience", "unknown method of captum 'Salience'; did you mean 'Saliency'?"),
        ("captum:LRP:epsilom=1", "unknown option of captum:LRP 'epsilom'; did you mean 'epsilon'?"),
    ],
)
def test_unknown_names_are_told(asked, told):
    """Where they are asked for, or at the first call."""
    with pytest.raises(UnknownName) as raised:
        locate(asked).explain(
            Network((Linear(((1.0,),), (0.0,)),)).module(), torch.ones(1, 1).double(), torch.zeros(1, dtype=torch.int64)
        )
    assert told in str(raised.value)


def test_orders_of_too_many_variables_are_refused():
    """Sixteen variables have more orders than anybody can ask."""
    network = Network((Linear(((1.0,) * 9,), (0.0,)),))
    zero = torch.zeros(1, 9).double()
    with pytest.raises(Exception, match="all orders of the variables, and 8 variables are the most"):
        captum_method("ShapleyValues")(network.module(), zero, torch.tensor([0]), baseline=zero)
