"""Quantus' ``explain`` as an explainer."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.explainers import Unsupported, declaration, locate
from axiomcheck.explainers.libraries.quantus import (
    QuantusMethod,
    QuantusMethodWithBaseline,
    QuantusMethodWithBaselineAndSeed,
    QuantusMethodWithSeed,
    quantus_method,
)
from axiomcheck.networks import AxiomcheckError, UnknownName
from axiomcheck.networks.family import PRESETS

pytestmark = pytest.mark.peers

REBUILT = {
    kind.__name__: kind
    for kind in (QuantusMethod, QuantusMethodWithBaseline, QuantusMethodWithBaselineAndSeed, QuantusMethodWithSeed)
}
CAPTUM = {
    "GradientShap": {},
    "IntegratedGradients": {},
    "DeepLift": {},
    "DeepLiftShap": {},
    "InputXGradient": {},
    "Saliency": {},
    "FeatureAblation": {},
    "Deconvolution": {},
    "FeaturePermutation": {},
    "Lime": {},
    "KernelShap": {},
    "LRP": {},
    "Gradient": {},
    "Occlusion": {"window": (1,)},
    "Control Var. Sobel Filter": {},
    "Control Var. Constant": {"constant_value": 0.5},
    "Control Var. Random Uniform": {},
}
OF_LAYERS = (
    *("LayerGradCam", "GuidedGradCam", "LayerConductance", "LayerActivation", "InternalInfluence"),
    "LayerGradientXActivation",
)
ZENNIT = ("Gradient", "SmoothGrad", "IntegratedGradients", "Occlusion")
ONE_VARIABLE = {"KernelShap": "distribution Categorical"}
"""What Captum raises where an input is one number."""


def _model(weight, bias=0.0):
    """Return one linear layer in float32, in which Quantus computes."""
    model = nn.Sequential(nn.Linear(len(weight), 1))
    model[0].weight.data, model[0].bias.data = torch.tensor([weight]), torch.tensor([bias])
    return model


def _explain(method, model, x, **keywords):
    """Return the scores of one input for the first output."""
    return method(model, torch.tensor([x]), torch.tensor([0]), **keywords)[0].tolist()


def test_the_methods_below_are_all_that_quantus_has():
    """A method that is new in Quantus is to be tested."""
    from quantus import AVAILABLE_XAI_METHODS_CAPTUM

    assert set(AVAILABLE_XAI_METHODS_CAPTUM) == {*CAPTUM, *OF_LAYERS}


@pytest.mark.parametrize("name", CAPTUM)
def test_every_method_of_captum(name, drawn, given):
    """Ten perceptrons of each family: scores, or a defect that is known, or a refusal in a sentence."""
    method = quantus_method(name, CAPTUM[name])
    for case in drawn(["bias-free", "deep-taylor", "biased"], 10, seed=91):
        model, inputs, target, keywords = given(method, case, torch.float32)
        try:
            found = method(model, inputs, target, **keywords)
        except ValueError as error:
            if inputs[0].numel() > 1 or ONE_VARIABLE.get(name, "-") not in str(error):
                raise
            continue
        assert found.shape == inputs.shape
        assert found.dtype == inputs.dtype
        assert found.isfinite().all()


@pytest.mark.parametrize("name", ["Gradient", "InputXGradient", "IntegratedGradients", "LRP"])
def test_other_networks(name, drawn, given):
    """On convolutions the shape is kept, as no channels are added up; what Captum refuses is unsupported."""
    method = quantus_method(name)
    for case in drawn(["ordinary"], 20, seed=92):
        model, inputs, target, keywords = given(method, case, torch.float32)
        try:
            assert method(model, inputs, target, **keywords).shape == inputs.shape
        except Unsupported as refused:
            if not str(refused).startswith("quantus:LRP refuses: Module "):
                raise


def _mismatched(model):
    """Return whether a batch norm has another number of channels than the layer that is registered before it."""
    kinds = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.BatchNorm1d, nn.BatchNorm2d)
    leaves = [module for module in model.modules() if isinstance(module, kinds)]
    pairs = [(one, other) for one, other in pairwise(leaves) if hasattr(other, "num_features")]
    return any(len(one.weight) != other.num_features for one, other in pairs if one.weight is not None)


@pytest.mark.parametrize("name", ZENNIT)
@pytest.mark.parametrize("options", [{}, {"composite": "epsilon_plus", "canonizer": "SequentialMergeBatchNorm"}])
def test_every_attributor_of_zennit(name, options, drawn, given):
    """Ten networks of each preset family."""
    method = quantus_method(name, {"xai_lib": "zennit", **options})
    for case in drawn(PRESETS, 10, seed=93):
        model, inputs, target, keywords = given(method, case, torch.float32)
        try:
            found = method(model, inputs, target, **keywords)
        except Unsupported:
            assert options
            assert any(isinstance(module, torch.nn.MultiheadAttention) for module in model.modules())
            continue
        except AttributeError as error:  # its canonizer reads the weights of a norm that has none
            if str(error) != "'NoneType' object has no attribute 'data'":
                raise
            assert options
            assert any(getattr(module, "affine", True) is False for module in model.modules())
            continue
        except RuntimeError:  # its canonizer merges a norm into the last module before it, one branch of several, say
            assert options
            assert _mismatched(model)
            continue
        assert found.shape == inputs.shape
        assert found.isfinite().all()


@pytest.mark.parametrize(
    ("quantus", "other"),
    [
        ("Gradient", "captum:Saliency:abs=False"),
        ("InputXGradient", "captum:InputXGradient"),
        ("LRP", "captum:LRP"),
        ("DeepLift", "captum:DeepLift"),
        ("IntegratedGradients", "captum:IntegratedGradients:n_steps=10,method='riemann_trapezoid'"),
        ("Gradient:xai_lib='zennit',composite='epsilon_plus'", "zennit:EpsilonPlus"),
        ("SmoothGrad:xai_lib='zennit'", "zennit:SmoothGrad"),
        ("IntegratedGradients:xai_lib='zennit'", "zennit:IntegratedGradients"),
    ],
)
def test_what_quantus_asks_for(quantus, other, drawn, given):
    """Its scores are those of the library behind it; its integrated gradients are a trapezoid rule of 10 points."""
    one, two = locate(f"quantus:{quantus}").explain, locate(other).explain
    for case in drawn(["biased"], 20, seed=94):
        model, inputs, target, keywords = given(one, case, torch.float32)
        found = one(model, inputs, target, **keywords)
        model, inputs, target, keywords = given(two, case, torch.float32)
        assert torch.equal(found, two(model, inputs, target, **keywords).detach())


def test_quantus_occlusion_with_zennit_is_constant():
    """It hands Zennit one unit for the score of every window: whatever the function, each variable has 1."""
    method = quantus_method("Occlusion", {"xai_lib": "zennit"})
    assert _explain(method, _model([5.0, -3.0]), [1.0, 2.0]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("name", "library", "share"),
    [("DeepLift", "captum", 1.0), ("IntegratedGradients", "zennit", 1.0), ("IntegratedGradients", "captum", 0.9)],
)
def test_baselines_reach_quantus(name, library, share):
    """w (x - x̃) for a linear function, input by input.

    The weights of Captum's trapezoid rule, which Quantus asks for in 10 steps, are 1/20, 8 times 1/10, and 1/20: a
    tenth of every integral is lost.
    """
    baseline, inputs = torch.tensor([[1.0, 1.0], [-3.0, 0.5]]), torch.tensor([[4.0, 5.0], [4.0, 5.0]])
    method = quantus_method(name, {"xai_lib": library})
    found = method(_model([2.0, -1.0]), inputs, torch.tensor([0, 0]), baseline=baseline)
    assert found.flatten().tolist() == pytest.approx([share * score for score in (6.0, -4.0, 14.0, -4.5)], abs=1e-5)


@pytest.mark.parametrize("name", ["GradientShap", "DeepLiftShap"])
def test_a_baseline_is_a_distribution_of_one_point(name):
    """Alone it is no distribution to Captum, twice it is; GradientShap without noise is then w (x - x̃)."""
    method = quantus_method(name)
    keywords = {"seed": 0} if declaration(method).samples else {}
    scores = _explain(method, _model([2.0, -1.0]), [4.0, 5.0], baseline=torch.tensor([[1.0, 1.0]]), **keywords)
    assert scores == pytest.approx([6.0, -4.0], abs=1e-5)


@pytest.mark.parametrize(
    ("asked", "conserves", "has_baseline", "samples"),
    [
        ("IntegratedGradients", "change", True, False),
        ("GradientShap", "change", True, True),
        ("LRP", "output", False, False),
        ("Saliency", None, False, False),
        ("Lime", None, False, True),
        ("Gradient:xai_lib='zennit',composite='epsilon_plus'", "unit", False, False),
        ("SmoothGrad:xai_lib='zennit'", None, False, True),
        ("IntegratedGradients:xai_lib='zennit'", "change", True, False),
    ],
)
def test_what_a_method_says_of_itself(asked, conserves, has_baseline, samples):
    """As the library behind it."""
    said = declaration(locate(f"quantus:{asked}").explain)
    assert (said.conserves, said.has_baseline, said.samples) == (conserves, has_baseline, samples)


def test_what_is_not_multiplied_by_the_inputs_conserves_nothing():
    """Then it is the mean gradient."""
    options = {"xai_lib_kwargs": {"multiply_by_inputs": False}}
    assert declaration(quantus_method("IntegratedGradients", options)).conserves is None


@pytest.mark.parametrize("name", ["GradientShap", "Lime", "KernelShap", "Control Var. Random Uniform"])
def test_the_seed_decides(name):
    """The same seed, the same scores; another, others; the global generators are as before."""
    model, method = _model([1.0, 2.0, -3.0, 0.5], 1.0), quantus_method(name)
    model.append(nn.Tanh())
    keywords = {"baseline": torch.zeros(1, 4)} if declaration(method).has_baseline else {}
    before, numpy = torch.get_rng_state(), np.random.get_state()  # noqa: NPY002
    one, again, other = (_explain(method, model, [0.1, -0.2, 0.5, 1.0], seed=seed, **keywords) for seed in (0, 0, 1))
    assert one == again != other
    assert torch.equal(torch.get_rng_state(), before)
    after = np.random.get_state()  # noqa: NPY002
    assert all(np.array_equal(now, then) for now, then in zip(after, numpy, strict=True))


def test_another_dtype_is_refused():
    """Quantus makes float32 of all inputs."""
    with pytest.raises(Unsupported, match=r"^quantus makes float32 of all inputs"):
        quantus_method("Gradient")(_model([1.0]).double(), torch.ones(1, 1).double(), torch.tensor([0]))


def test_windows_larger_than_the_input_are_refused():
    """Its own default, four wide, on an image of two by three."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(6, 1))
    with pytest.raises(Unsupported, match=r"^quantus:Occlusion refuses: Sliding window dimensions"):
        quantus_method("Occlusion")(model, torch.ones(1, 1, 2, 3), torch.tensor([0]))


def test_channels_are_added_up_only_if_asked_for():
    """Then the shape is another, as Quantus has it."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 1))
    asked = model, torch.ones(1, 2, 2, 3), torch.tensor([0])
    assert quantus_method("Gradient")(*asked).shape == (1, 2, 2, 3)
    assert quantus_method("Gradient", {"reduce_axes": [1]})(*asked).shape == (1, 1, 2, 3)


@pytest.mark.parametrize(
    ("name", "options"),
    [("Occlusion", {"window": [1]}), ("IntegratedGradients", {"xai_lib_kwargs": {"multiply_by_inputs": False}})],
)
def test_methods_are_values(name, options):
    """Lists and mappings are kept as what has a hash; the repr is the expression that rebuilds the method."""
    method = quantus_method(name, options)
    assert hash(method) == hash(quantus_method(name, options))
    assert eval(repr(method), dict(REBUILT)) == method


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("Salience", {}, "did you mean 'Saliency'?"),
        ("LRP", {"xai_lib": "captun"}, "did you mean 'captum'?"),
        ("LRP", {"xai_lib": "zennit"}, "unknown method of quantus"),
        ("Gradient", {"baseline": 0}, "unknown option of quantus:Gradient"),
        ("Gradient", {"windows": 0}, "did you mean 'window'?"),
        ("Gradient", {"xai_lib": "zennit", "composite": "epsilon_plu"}, "did you mean 'epsilon_plus'?"),
        ("Gradient", {"xai_lib": "zennit", "canonizer": "VGG"}, "VGGCanonizer"),
    ],
)
def test_unknown_names_are_told(name, options, hint):
    """One sentence with a suggestion."""
    with pytest.raises(UnknownName) as told:
        quantus_method(name, options)
    assert hint in str(told.value)


@pytest.mark.parametrize("name", OF_LAYERS)
def test_methods_of_layers_explain_no_input(name):
    """They are unsupported, and the reason says so."""
    assert locate(f"quantus:{name}").reason == f"quantus:{name} explains a layer, not the input"


def test_a_constant_must_be_given():
    """One sentence, with an example."""
    with pytest.raises(AxiomcheckError, match=r"say which, as in constant_value=0\.5$"):
        quantus_method("Control Var. Constant")
