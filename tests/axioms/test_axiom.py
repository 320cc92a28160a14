"""What all axioms share."""

import ast
from dataclasses import dataclass
from typing import ClassVar

import pytest
import torch

from axiomcheck.axioms import AXIOMS, Gap, Rejected
from axiomcheck.axioms.axiom import axiom, generic
from axiomcheck.axioms.observation import Observation, format_value
from axiomcheck.explainers import explainer
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.gradient_squared import gradient_squared
from axiomcheck.explainers.methods.lrp_z_plus import LRPZPlus
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import REWRITES, Case, Linear, Network, Path, ReLU
from axiomcheck.networks.derivations import Combined, OthersScaled, Scaled, Shifted
from axiomcheck.networks.facts import Irrelevant, Monotone, OnKinks, Symmetric
from axiomcheck.strategies.cases import one_network


@dataclass(frozen=True)
class Count(Observation):
    """How many there are, and where."""

    count: int
    x: tuple[float, ...]
    says: ClassVar[str] = "there are {count} at {x}"


def _axiom():
    @axiom(cites="nobody", draws=one_network, observes=Count, script=lambda: "print('gap:', 1)", verb="is")
    def being(explain, case):
        """Something is.

        More than that nobody knows.
        """
        yield Gap(1.0, 2.0, observed=Count(3, (1.0, 0.25)))

    return being


def test_name_and_statement_are_the_functions():
    """The name is the function's, the statement the first line of its docstring."""
    being = _axiom()
    assert (being.name, being.statement, being.cites) == ("being", "Something is.", "nobody")
    assert being.code == "print('gap:', 1)"


def test_calling_an_axiom_measures():
    """An axiom yields the gaps of its function, and tells them in its words."""
    (gap,) = _axiom()(None, None)
    assert gap.size == 1.0
    assert gap.observed.sentence() == "there are 3 at (1, 0.25)"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (-0.0, "0"), (2 / 3, "0.666667"), ([1.0, (2.0, 0.5)], "(1, (2, 0.5))"), ("x1", "x1")],
)
def test_numbers_as_readers_want_them(value, text):
    """Six digits, no zeros behind, no minus before 0, words as they are."""
    assert format_value(value) == text


class _Explain:
    has_baseline = False


class _FromBaseline:
    has_baseline = True


def test_generic_inputs_are_kept(linear):
    """Inputs on kinks are dropped; where all are, the case is rejected."""
    case = Case(linear(1, relu=True), (0.0,), inputs=((0.0,), (1.0,), (-2.0,)))
    assert generic(case, _Explain()).inputs == ((1.0,), (-2.0,))
    with pytest.raises(Rejected, match="every input lies on a kink"):
        generic(Case(linear(1, relu=True), (0.0,), inputs=((0.0,),)), _Explain())


def test_ways_along_kinks_count_for_who_goes_them(linear):
    """From 0 to (1, 1) the unit relu(x1 - x2) is on its kink all along; (1, 0) is not."""
    case = Case(linear(1, -1, relu=True), (1.0, 1.0), inputs=((1.0, 0.0), (2.0, 1.0)))
    assert generic(case, _FromBaseline()).inputs == case.inputs


def test_where_kinks_are_asked_for_all_inputs_count(linear):
    """A case that says so keeps its inputs on kinks."""
    case = Case(linear(1, relu=True), (0.0,), inputs=((0.0,), (1.0,)), facts=(OnKinks(),))
    assert generic(case, _Explain()).inputs == case.inputs


@pytest.mark.parametrize("name", AXIOMS)
def test_axioms_are_described(name):
    """Each stands under its name, has a statement of one line, a source, and code that is Python."""
    described = AXIOMS[name]
    assert described.name == name
    assert described.statement.endswith(".")
    assert any(character.isdigit() for character in described.cites)
    ast.parse(described.code)


@pytest.fixture
def violations(linear, larger):
    """Return a violation of every axiom: the explainer and the case."""
    zero, up = (0.0, 0.0), Path(((0.0,), (2.0,)))
    total = Network((Linear(((1.0, 1.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
    pair = REWRITES["cancelling-pair"](0, 1, 1.0, 0.0, 0, 1.0)
    two = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)),))
    return {
        "conservation": (gradient, Case(linear(2, -1), zero, inputs=((3.0, 1.0),))),
        "continuity": (gradient, Case(linear(1, relu=True), (0.0,), path=Path(((-1.0,), (1.0,))))),
        "implementation_invariance": (
            LRPZPlus(),
            Case(larger, zero, inputs=((2.0, 1.0),), rewrites=(REWRITES["max-pair"](0, 0, 1),)),
        ),
        "selectivity": (uniform, Case(linear(1, 0), zero, inputs=((2.0, 3.0),), facts=(Irrelevant((1,)),))),
        "null_player": (uniform, Case(linear(1, 0), zero, inputs=((2.0, 3.0),), facts=(Irrelevant((1,)),))),
        "sensitivity": (uniform, Case(linear(1, bias=1.0), (0.0,), inputs=((-1.0,),))),
        "symmetry": (
            LRPZPlus(),
            Case(total, zero, ((2.0, 2.0),), rewrites=(pair,), facts=(Symmetric(0, 1),)),
        ),
        "linearity": (gradient_squared, Case(two, (0.0,), ((1.0,),), facts=(Combined(1.0, 1.0, 1),))),
        "homogeneity": (gradient_squared, Case(linear(1), (0.0,), ((1.0,),), facts=(Scaled(3.0),))),
        "positivity": (
            explainer(claims={"positivity": "biased"})(lambda *asked: -grad_x_input(*asked)),
            Case(linear(1), (0.0,), inputs=((2.0,),)),
        ),
        "shift_invariance": (grad_x_input, Case(linear(2), (0.0,), ((3.0,),), facts=(Shifted((1.0,)),))),
        "demand_monotonicity": (
            gradient,
            Case(
                Network((Linear(((-1.0,),), (1.0,)), ReLU(), Linear(((-1.0,),), (0.0,)))),
                (0.0,),
                path=up,
                facts=(Monotone(0),),
            ),
        ),
        "target_only": (_over_all, Case(two, (0.0,), ((1.0,),), facts=(OthersScaled(3.0),))),
        "batch_consistency": (_averaged, Case(two, (0.0,), inputs=((1.0,), (4.0,)))),
        "determinism": (_noisy, Case(linear(2, -1), zero, inputs=((3.0, 1.0), (1.0, 1.0)))),
        "context": (_by_mode, Case(linear(2, -1), zero, inputs=((3.0, 1.0),))),
        "purity": (_training, Case(linear(2, -1), zero, inputs=((3.0, 1.0),))),
        "same_function": (_doubled, Case(linear(2, -1), zero, inputs=((1.0, 1.0), (3.0, 1.0)))),
        "output_form": (lambda *asked: grad_x_input(*asked) * torch.nan, Case(linear(1), (0.0,), inputs=((2.0,),))),
    }


def _averaged(model, inputs, target):
    return grad_x_input(model, inputs, target).mean(0, keepdim=True).expand_as(inputs)


def _over_all(model, inputs, target):
    leaf = inputs.detach().clone().requires_grad_()
    return torch.autograd.grad(model(leaf).sum(), leaf)[0] * inputs


def _by_mode(model, inputs, target):
    return grad_x_input(model, inputs, target) * (1 + model.training)


def _noisy(model, inputs, target):
    return grad_x_input(model, inputs, target) * torch.rand_like(inputs)


def _training(model, inputs, target):
    return grad_x_input(model.train(), inputs, target)


def _doubled(model, inputs, target):
    with torch.no_grad():
        next(model.parameters()).mul_(2)
    return uniform(model, inputs, target)


@pytest.mark.parametrize("name", AXIOMS)
def test_code_computes_the_gap(name, violations, judged, capsys):
    """Executed beside scores, models and what was observed, an axiom's code prints the gap of the verdict."""
    explain, case = violations[name]
    outcome = judged(explain, name, case)
    assert outcome.kind == "violated"

    def scores(model, inputs, target=case.target, shift=0.0):
        return explain(model, inputs, torch.full((len(inputs),), target))

    def tensor(value):
        return torch.tensor(value, dtype=torch.float64) if isinstance(value, tuple) else value

    namespace = {
        "torch": torch,
        "explain": explain,
        "scores": scores,
        "model": case.networks[-1 if case.fact(Symmetric) else 0].module(),
        "other": case.networks[-1].module(),
        "x": tensor(outcome.observed.inputs),
        "target": case.target,
        "baseline": None,
        **{name: tensor(value) for of in (outcome.observed, *case.facts) for name, value in of.bindings.items()},
    }
    exec(AXIOMS[name].code, namespace)
    assert float(capsys.readouterr().out.removeprefix("gap:")) == pytest.approx(outcome.gap)


@pytest.mark.parametrize("name", AXIOMS)
def test_violations_are_told_in_one_line(name, violations, judged):
    """The reason has no gap left in it, and no line break."""
    reason = judged(violations[name][0], name, violations[name][1]).reason
    assert reason
    assert not set("{}\n") & set(reason)
