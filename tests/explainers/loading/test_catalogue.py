"""What holds for every explainer that comes with axiomcheck."""

import subprocess
import sys

import pytest
import torch

from axiomcheck.explainers import CATALOGUE, Unsupported, declaration, locate


@pytest.fixture(params=CATALOGUE)
def explain(request):
    """Return one of the explainers."""
    return locate(request.param).explain


def _called(explain, model, inputs, target, start):
    extra = {"baseline": start} if declaration(explain).has_baseline else {}
    return explain(model, inputs, target, **extra)


def _drawn(explain, draw_networks, seed, count=20):
    """Yield networks of all presets that the explainer handles, with a batch each; it refuses some of `ordinary`."""
    generator, handled = torch.Generator().manual_seed(seed), 0
    for network in draw_networks(count, seed=seed):
        inputs, start = (torch.randint(-96, 97, (6, *network.shape), generator=generator) / 16.0 for _ in range(2))
        drawn = inputs.double(), torch.arange(6) % network.out_features, start.double()
        try:
            _called(explain, network.module(), *drawn)
        except Unsupported:
            assert not network.is_plain
            continue
        handled += 1
        yield network, *drawn
    assert handled > 3.2 * count


def test_a_batch_equals_its_items(explain, draw_networks):
    """Each input, with its own target and its own baseline, gets alone what it gets among others."""
    for network, inputs, target, start in _drawn(explain, draw_networks, seed=81):
        model = network.module()
        together = _called(explain, model, inputs, target, start)
        alone = [_called(explain, model, *(part[i : i + 1] for part in (inputs, target, start))) for i in range(6)]
        assert torch.allclose(together, torch.cat(alone), rtol=1e-9, atol=1e-9)


def test_form_of_the_output(explain, draw_networks):
    """Relevance has the shape and the type of the inputs, is finite, and carries no gradient."""
    for dtype in (torch.float64, torch.float32):
        for network, inputs, target, start in _drawn(explain, draw_networks, seed=82, count=5):
            relevance = _called(explain, network.module().to(dtype), inputs.to(dtype), target, start.to(dtype))
            assert (relevance.shape, relevance.dtype) == (inputs.shape, dtype)
            assert torch.isfinite(relevance).all()
            assert not relevance.requires_grad


def test_model_and_inputs_stay_as_they_are(explain, draw_networks):
    """Nothing is written into the inputs, the parameters, their gradients or the hooks."""
    for network, inputs, target, start in _drawn(explain, draw_networks, seed=83, count=5):
        model, kept, before = network.module(), [inputs.clone(), start.clone()], network.module().state_dict()
        _called(explain, model, inputs, target, start)
        assert torch.equal(inputs, kept[0])
        assert torch.equal(start, kept[1])
        assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
        assert all(p.grad is None and p.requires_grad for p in model.parameters())
        assert not any(module._forward_hooks or module._backward_hooks for module in model.modules())


def test_two_calls_agree(explain, draw_networks):
    """The second call gives the very numbers of the first."""
    for network, *rest in _drawn(explain, draw_networks, seed=84, count=5):
        one, other = (_called(explain, network.module(), *rest) for _ in range(2))
        assert torch.equal(one, other)


def test_gradients_are_not_needed_outside(explain, max_pair):
    """Inputs that ask for gradients are explained like others."""
    inputs = torch.tensor([[2.0, 1.0]], dtype=torch.float64, requires_grad=True)
    start, target = torch.zeros(1, 2, dtype=torch.float64), torch.tensor([0])
    one = _called(explain, max_pair[0].module(), inputs, target, start)
    other = _called(explain, max_pair[0].module(), inputs.detach(), target, start)
    assert torch.equal(one, other)


@pytest.mark.parametrize("name", CATALOGUE)
def test_entries_tell_what_they_are(name):
    """An entry has a line and a source, and leads to something that can be called."""
    entry = CATALOGUE[name]
    assert callable(entry.load())
    assert entry.summary
    assert entry.cites
    assert "\n" not in entry.summary


def test_which_have_a_baseline():
    """These measure from a baseline, and no others."""
    found = [name for name in CATALOGUE if declaration(locate(name).explain).has_baseline]
    assert found == [
        *("deeplift", "deeplift-reveal-cancel", "integrated-gradients", "expected-gradients"),
        *("shapley", "shapley-sampling", "occlusion"),
    ]


def test_what_is_not_conserved_is_declared():
    """All but these conserve the output, or the change from the baseline."""
    found = {name: declaration(locate(name).explain) for name in CATALOGUE}
    assert [name for name, said in found.items() if said.conserves is None] == [
        *("gradient-squared", "gradient-magnitude", "expected-gradients", "occlusion", "smoothgrad"),
        *("guided-backprop", "deconvnet"),
    ]
    assert all(said.conserves in (None, "change" if said.has_baseline else "output") for said in found.values())


def test_the_catalogue_loads_no_library():
    """Listing the explainers needs neither torch nor Captum."""
    loaded = "{'torch', 'captum', 'hypothesis'} & set(sys.modules)"
    code = f"import sys; from axiomcheck.explainers import CATALOGUE; print({loaded})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
