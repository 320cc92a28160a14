"""Functions of other conventions: Quantus' ``explain_func``, and such as return arrays."""

import inspect
from dataclasses import dataclass

import numpy as np
import pytest
import torch

import axiomcheck as ac
from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.loading.quantus_adapter import adapt


def explain_func(model, inputs, targets, **kwargs):
    """Gradient times input as Quantus asks for it."""
    assert isinstance(inputs, np.ndarray)
    assert isinstance(targets, np.ndarray)
    entering = torch.tensor(inputs, requires_grad=True)
    model(entering).gather(1, torch.tensor(targets)[:, None]).sum().backward()
    return entering.grad.numpy() * inputs * kwargs.get("factor", 1)


@ac.explainer(conserves="change")
def from_baseline(model, inputs, targets, *, baseline, seed=0):
    """Half of what changed for each of two variables."""
    assert isinstance(baseline, np.ndarray)
    return (inputs - baseline) / 2


def array(model, inputs, target):
    """Uniform shares as an array, of a dtype of its own."""
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs).numpy()


@ac.explainer(conserves=None)
@dataclass(frozen=True)
class Scaled:
    """The inputs, times a factor."""

    factor: float = 1.0

    def __call__(self, model, inputs, targets, **kwargs):
        """Return them."""
        return self.factor * inputs


def overwrites(model, inputs, targets, **kwargs):
    """Zeros, in the place of the inputs."""
    inputs *= 0
    return inputs


def both(model, inputs, target, targets=None):
    """The inputs."""
    return inputs


def single(model, inputs, target):
    """The same in float32."""
    return array(model, inputs, target).astype(np.float32)


def test_explain_func_is_an_explainer():
    """It is judged as gradient × input is."""
    assert ac.find_counterexample(explain_func, "conservation", family="bias-free", examples=60) is None
    found = ac.find_counterexample(explain_func, "conservation", family="biased", examples=60)
    assert found.explainer == f"{__name__}:explain_func"
    ac.check(explain_func, equals="grad-x-input", family="biased")


def test_it_is_found_in_a_file_with_its_options(tmp_path):
    """Keywords of the function are options."""
    path = tmp_path / "theirs.py"
    path.write_text("def explain_func(model, inputs, targets, factor=1.0):\n    return inputs * factor\n")
    located = locate(f"{path}:explain_func:factor=3.0")
    found = located.explain(torch.nn.Linear(2, 1), torch.tensor([[1.0, 2.0]]), torch.tensor([0]))
    assert found.tolist() == [[3.0, 6.0]]


def test_what_it_says_of_itself_stays():
    """Declaration, name, and the keywords that the engine looks for."""
    explain = locate(from_baseline).explain
    said = declaration(explain)
    assert (said.has_baseline, said.conserves, said.samples) == (True, "change", True)
    assert explain.__name__ == "from_baseline"
    assert list(inspect.signature(explain).parameters) == ["model", "inputs", "target", "baseline", "seed"]
    given = {"baseline": torch.tensor([[1.0, 0.0]])}
    assert explain(torch.nn.Linear(2, 1), torch.tensor([[3.0, 2.0]]), torch.tensor([0]), **given).tolist() == [[1, 1]]


def test_an_instance_stays_itself():
    """Also where its class says what it conserves, and its options are its fields."""
    explain = locate(Scaled(2.0)).explain
    said = declaration(explain)
    assert (said.has_baseline, said.conserves, said.samples) == (False, None, False)
    assert repr(explain) == "Scaled(factor=2.0)"
    assert explain(None, torch.tensor([[1.0]]), torch.tensor([0])).tolist() == [[2.0]]


def test_arrays_share_the_memory_of_the_tensors():
    """A function that writes into its inputs is seen to."""
    with pytest.raises(ac.AxiomViolation, match="the inputs changed"):
        ac.check(overwrites, "purity", family="bias-free")


def test_others_are_taken_as_they_are():
    """A function with ``target``, one that has both, and what has no signature."""
    assert locate(array).explain is array
    assert adapt(both) is both
    assert adapt(min) is min
    assert locate("gradient").explain.__name__ == "gradient"


def test_arrays_are_scores():
    """They are judged like tensors, their form too."""
    ac.check(array, "conservation", family="biased")
    ac.check(array, "output_form", family="biased")
    with pytest.raises(ac.AxiomViolation, match="it returned float32 for inputs of float64"):
        ac.check(single, "output_form", family="biased")
