"""Output form."""

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import Case, Family


def _returning(change):
    return lambda model, inputs, target: change(grad_x_input(model, inputs, target))


def quotient(model, inputs, target):
    """Divide by the output, which may be 0."""
    return grad_x_input(model, inputs, target) / model(inputs.clone()).gather(1, target[:, None]).detach()


@pytest.fixture
def case(linear):
    """Return the case of 2·x1 - x2 at (3, 1) and (1, 1)."""
    return Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0), (1.0, 1.0)))


WRONG = {
    "it returned NoneType where a Tensor was expected": lambda scores: None,
    "it returned list where a Tensor was expected": lambda scores: scores.tolist(),
    "it returned tuple where a Tensor was expected": lambda scores: (scores,),
    "it returned the shape (2,) for inputs of the shape (2, 2)": lambda scores: scores.sum(1),
    "it returned the shape (1, 2, 2) for inputs of the shape (2, 2)": lambda scores: scores[None],
    "it returned float32 for inputs of float64": lambda scores: scores.float(),
    "it returned int64 for inputs of float64": lambda scores: scores.long(),
    "it returned complex scores": lambda scores: scores + 0j,
    "it returned a sparse Tensor": lambda scores: scores.to_sparse(),
    "it returned no numbers": lambda scores: scores.to("meta"),
    "it returned NaN": lambda scores: scores * torch.nan,
    "it returned an infinite score": lambda scores: scores.index_fill(0, torch.tensor([1]), torch.inf),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_came_back_is_told(judged, case, said):
    """Whatever is no score of its own for each variable is a violation, and the sentence says what it is."""
    outcome = judged(_returning(WRONG[said]), "output_form", case)
    assert (outcome.kind, outcome.gap, outcome.reason) == ("violated", 1.0, said)


@pytest.mark.parametrize("explain", [gradient, grad_x_input, IntegratedGradients()])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_who_keeps_the_form_holds(judged, case, explain, dtype):
    """Scores come in the arithmetic that was asked for."""
    assert judged(explain, "output_form", case, dtype).kind == "holds"


def test_each_arithmetic_expects_its_own(judged, case):
    """What always computes in float64 is wrong in float32, and only there."""
    assert judged(_returning(torch.Tensor.double), "output_form", case).kind == "holds"
    outcome = judged(_returning(torch.Tensor.double), "output_form", case, "float32")
    assert (outcome.kind, outcome.reason) == ("violated", "it returned float64 for inputs of float32")
    assert judged(_returning(torch.Tensor.float), "output_form", case, "float32").kind == "holds"


def test_other_axioms_convert(judged, case):
    """A float32 result is wrong in form, and good enough for everything else."""
    assert judged(_returning(torch.Tensor.float), "conservation", case).kind == "holds"


def test_scores_that_still_have_a_gradient_are_fine(judged, case):
    """A result that has not been detached has the form that is asked for."""
    assert judged(_returning(lambda scores: scores.clone().requires_grad_()), "output_form", case).kind == "holds"


def test_an_exception_is_an_error(judged, case):
    """Who raises returns nothing that could have a form."""

    def raises(model, inputs, target):
        raise KeyError("scores")

    outcome = judged(raises, "output_form", case)
    line = raises.__code__.co_firstlineno + 1
    assert (outcome.kind, outcome.reason) == ("error", f"it raised KeyError: 'scores' (test_output_form.py:{line})")


def test_a_cell_shrinks():
    """0/0 is found where the output is 0: in one variable with one layer."""
    cell = run(Question(locate(quotient), AXIOMS["output_form"], Family.parse("bias-free"), Budget(60)))
    assert (cell.verdict, cell.reason) == ("violated", "it returned NaN")
    assert cell.counterexample.case.network.in_features == len(cell.counterexample.case.inputs) == 1
    assert len(cell.counterexample.case.network.linears) == 1
