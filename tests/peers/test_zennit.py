"""Zennit's methods as explainers: names, options, what they say of themselves, what reaches the library."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.libraries.zennit import (
    ZennitMethod,
    ZennitMethodWithBaseline,
    ZennitMethodWithSeed,
    zennit_method,
)
from axiomcheck.networks import AxiomcheckError, UnknownName

pytestmark = pytest.mark.peers

REBUILT = {kind.__name__: kind for kind in (ZennitMethod, ZennitMethodWithBaseline, ZennitMethodWithSeed)}


def _model(*weights, bias=None):
    """Return linear layers of the given weights, with ReLU between them, in float64."""
    layers = []
    for weight in weights:
        layer = nn.Linear(len(weight[0]), len(weight), bias=bias is not None).double()
        layer.weight.data = torch.tensor(weight, dtype=torch.float64)
        if bias is not None:
            layer.bias.data = torch.full((len(weight),), bias, dtype=torch.float64)
        layers += [nn.ReLU(), layer]
    return nn.Sequential(*layers[1:])


def _explain(method, model, x, **keywords):
    """Return the scores of one input for the first output."""
    return method(model, torch.tensor([x], dtype=torch.float64), torch.tensor([0]), **keywords)[0].tolist()


def test_composites_are_known_by_class_and_by_registered_name():
    """Both names make the same scores."""
    model = _model([[2.0, -1.0], [1.0, 3.0]], [[1.0, 1.0]])
    one, other = (_explain(zennit_method(name), model, [1.0, 2.0]) for name in ("EpsilonPlus", "epsilon_plus"))
    assert one == other


def test_one_unit_is_put_in():
    """Relevance is shared out from one unit, whatever the output is: 2/6 and 4/6 of it for 2·1 + 1·4."""
    method = zennit_method("Epsilon", {"epsilon": 1e-15})
    assert _explain(method, _model([[2.0, 1.0]]), [1.0, 4.0]) == pytest.approx([1 / 3, 2 / 3], abs=1e-12)


def test_each_input_has_its_own_target():
    """The unit stands at the output that each input asks for."""
    model, inputs = _model([[1.0, 0.0], [0.0, 1.0]]), torch.ones(2, 2, dtype=torch.float64)
    found = zennit_method("Gradient")(model, inputs, torch.tensor([1, 0]))
    assert found.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("asked", "conserves"),
    [
        *((f"zennit:{name}", "unit") for name in ("Epsilon", "Gamma", "ZPlus", "AlphaBeta", "ZBox", "WSquare", "Flat")),
        *((f"zennit:{name}", "unit") for name in ("Norm", "EpsilonPlus", "EpsilonGammaBox", "excitation_backprop")),
        *((f"zennit:{name}", None) for name in ("Gradient", "SmoothGrad", "Occlusion", "GuidedBackprop", "DeconvNet")),
        *((f"zennit:{name}", None) for name in ("Pass", "BetaSmooth", "ReLUDeconvNet", "deconvnet")),
        ("zennit:IntegratedGradients", "change"),
        ("zennit:IntegratedGradients:canonizers='SequentialMergeBatchNorm'", "change"),
        ("zennit:IntegratedGradients:composite='Epsilon'", None),
        ("zennit:SmoothGrad:composite='EpsilonPlus'", "unit"),
        ("zennit:EpsilonPlus:attributor='SmoothGrad'", "unit"),
        ("zennit:EpsilonPlus:attributor='Occlusion'", None),
    ],
)
def test_what_is_conserved(asked, conserves):
    """Relevance of one unit, or the change from the baseline, or nothing."""
    assert declaration(locate(asked).explain).conserves == conserves


def test_baselines_and_seeds_are_taken_where_zennit_takes_them():
    """What measures from somewhere takes a baseline, what samples a seed, and nothing else does."""
    taken = {
        name: (declaration(zennit_method(name)).has_baseline, declaration(zennit_method(name)).samples)
        for name in ("Gradient", "SmoothGrad", "IntegratedGradients", "Occlusion", "Epsilon")
    }
    assert taken.pop("SmoothGrad") == (False, True)
    assert taken.pop("IntegratedGradients") == taken.pop("Occlusion") == (True, False)
    assert set(taken.values()) == {(False, False)}


def test_integrated_gradients_measure_from_the_baseline_of_each_input():
    """For a linear function they are w (x - x̃), input by input."""
    baseline = torch.tensor([[1.0, 1.0], [-3.0, 0.5]], dtype=torch.float64)
    inputs = torch.tensor([[4.0, 5.0], [4.0, 5.0]], dtype=torch.float64)
    found = zennit_method("IntegratedGradients")(_model([[2.0, -1.0]]), inputs, torch.tensor([0, 0]), baseline=baseline)
    assert found.flatten().tolist() == pytest.approx([6.0, -4.0, 14.0, -4.5], abs=1e-12)


def test_occlusion_fills_with_the_baseline_of_each_input():
    """Zennit keeps a window and fills the rest: w₁x₁ + w₂x̃₂ for the first variable; inverted it fills the window."""
    baseline = torch.tensor([[10.0, 20.0], [-1.0, 0.0]], dtype=torch.float64)
    inputs = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
    asked = _model([[1.0, 1.0]]), inputs, torch.tensor([0, 0])
    options = {"window": 1, "stride": 1}
    kept = zennit_method("Occlusion", options)(*asked, baseline=baseline)
    filled = zennit_method("Occlusion", {**options, "invert": True})(*asked, baseline=baseline)
    assert kept.tolist() == [[21, 12], [3, 3]]
    assert filled.tolist() == [[12, 21], [3, 3]]


def test_the_seed_decides():
    """The same seed draws the same noise, another one another; the global generator is as before."""
    model, method = _model([[1.0, 2.0], [3.0, -1.0]], [[1.0, 1.0]]), zennit_method("SmoothGrad", {"noise_level": 3.0})
    before = torch.get_rng_state()
    one, again, other = (_explain(method, model, [0.25, -0.25], seed=seed) for seed in (0, 0, 1))
    assert one == again != other
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("Epsilon", {"epsilon": 1.0}, [0.5]),
        ("ZPlus", {"stabilizer": 2.0}, [1 / 3]),
        ("Gradient", {"composite": "Epsilon", "epsilon": 1.0}, [0.5]),
        ("EpsilonPlus", {"epsilon": 1.0}, [0.5]),
        ("Flat", {"stabilizer": 1.0}, [0.5]),
    ],
)
def test_options_reach_the_rule(name, options, expected):
    """Of f(x) = x at 1 it is 1/(1 + ε) that is left."""
    assert _explain(zennit_method(name, options), _model([[1.0]]), [1.0]) == pytest.approx(expected, abs=1e-12)


def test_parameters_are_zeroed_by_name():
    """Without its bias, z = x + 1 shares out all of the unit at 1; with it, half."""
    model = _model([[1.0]], bias=1.0)
    kept, zeroed = (zennit_method("Epsilon", {"epsilon": 1e-15, **o}) for o in ({}, {"zero_params": ["bias"]}))
    assert _explain(kept, model, [1.0]) == pytest.approx([0.5], abs=1e-12)
    assert _explain(zeroed, model, [1.0]) == pytest.approx([1.0], abs=1e-12)


def test_rules_for_the_first_layer_have_z_plus_above_or_are_everywhere():
    """w²: at (1, 0) the units are 1 and 0, so that z⁺ gives all to the first, and w² above 1/10 and 9/10."""
    model = _model([[1.0, 0.0], [0.0, 1.0]], [[1.0, 3.0]])
    first, everywhere = (zennit_method("WSquare", {"stabilizer": 1e-15, "everywhere": e}) for e in (False, True))
    assert _explain(first, model, [1.0, 0.0]) == pytest.approx([1.0, 0.0], abs=1e-12)
    assert _explain(everywhere, model, [1.0, 0.0]) == pytest.approx([0.1, 0.9], abs=1e-12)


def test_a_canonizer_merges_a_batch_norm_and_puts_it_back():
    """x, and then a batch norm that adds 1: passed by, it costs nothing; merged it is a bias, half of 2 at 1."""
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.BatchNorm1d(1, eps=0.0)).double().eval()
    model[0].weight.data.fill_(1.0)
    model[1].bias.data.fill_(1.0)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    plain, merged = (
        _explain(zennit_method("Epsilon", {"epsilon": 1e-15, **options}), model, [1.0])
        for options in ({}, {"canonizers": "SequentialMergeBatchNorm"})
    )
    assert plain == pytest.approx([1.0], abs=1e-12)
    assert merged == pytest.approx([0.5], abs=1e-12)
    assert {name: value.tolist() for name, value in model.state_dict().items()} == {
        name: value.tolist() for name, value in before.items()
    }


def test_several_canonizers():
    """A list of names is as good as a tuple."""
    names = ["SequentialMergeBatchNorm", "ResNetCanonizer"]
    one, other = (zennit_method("EpsilonPlus", {"canonizers": kind(names)}) for kind in (list, tuple))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize("name", ["EpsilonPlus", "SmoothGrad", "IntegratedGradients"])
def test_methods_are_values(name):
    """Options in another order make the same method, and its repr is the expression that rebuilds it."""
    options = {"n_iter": 3, "canonizers": ("VGGCanonizer",)} if name != "EpsilonPlus" else {"epsilon": 0.5}
    one, other = zennit_method(name, options), zennit_method(name, dict(reversed(options.items())))
    assert one == other
    assert hash(one) == hash(other)
    assert eval(repr(one), dict(REBUILT)) == one


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("Deconvnet", {}, "did you mean"),
        ("Attributor", {}, "unknown method of zennit"),
        ("BasicHook", {}, "unknown method of zennit"),
        ("SequentialMergeBatchNorm", {}, "unknown method of zennit"),
        ("Epsilon", {"epsilonn": 1.0}, "did you mean 'epsilon'?"),
        ("Epsilon", {"attributor": "Gradeint"}, "did you mean 'Gradient'?"),
        ("Gradient", {"composite": "EpsilonPlu"}, "did you mean 'EpsilonPlus'?"),
        ("Gradient", {"epsilon": 1.0}, "unknown option of zennit:Gradient"),
        ("Gradient", {"attr_output": 1.0}, "unknown option of zennit:Gradient"),
        ("IntegratedGradients", {"baseline_fn": 1.0}, "unknown option of zennit:IntegratedGradients"),
        ("Epsilon", {"everywhere": True}, "unknown option of zennit:Epsilon"),
        ("Epsilon", {"canonizers": "SequentialMerge"}, "did you mean 'SequentialMergeBatchNorm'?"),
        ("Epsilon", {"canonizers": "NamedMergeBatchNorm"}, "unknown canonizer of zennit"),
    ],
)
def test_unknown_names_are_told(name, options, hint):
    """Abstract classes, what needs arguments, and options that are ours to give are no choice."""
    with pytest.raises(UnknownName) as told:
        zennit_method(name, options)
    assert hint in str(told.value)


@pytest.mark.parametrize(
    ("name", "options"), [("AlphaBeta", {"alpha": 3.0}), ("Epsilon", {"epsilon": None}), ("Occlusion", {"window": 0.5})]
)
def test_options_that_zennit_refuses_are_told_before_any_call(name, options):
    """One sentence that names the method, with Zennit's own reason."""
    with pytest.raises(AxiomcheckError, match=f"^zennit:{name} refuses its options: "):
        zennit_method(name, options)


def test_hooks_are_gone_afterwards_and_after_an_exception():
    """The adapter leaves what Zennit leaves: nothing."""
    model = _model([[1.0, 2.0]])
    _explain(zennit_method("EpsilonPlus"), model, [1.0, 2.0])
    with pytest.raises(RuntimeError):
        zennit_method("EpsilonPlus")(model, torch.ones(1, 3, dtype=torch.float64), torch.tensor([0]))
    assert not any(m._forward_hooks or m._forward_pre_hooks or m._backward_hooks for m in model.modules())


def test_the_model_itself_is_called():
    """No copy: the very object computes."""
    seen, model = [], _model([[1.0]])
    model.register_forward_hook(lambda module, _, __: seen.append(module))
    _explain(zennit_method("Epsilon"), model, [1.0])
    assert seen == [model]
