"""Axioms see subjects: what is no drawn network can stand in its place, as far as it goes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.subject import Subject, SubjectCase, differ
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.uniform import uniform
from axiomcheck.networks import Case, Linear, Network
from axiomcheck.networks.facts import Fact, Irrelevant


@dataclass(frozen=True)
class Model:
    """Somebody's own model: floats, autograd, and no exact arithmetic."""

    make: Callable[[], nn.Module]
    in_features: int = 2
    out_features: int = 2
    depth: int = 2
    is_exact: bool = False

    @property
    def shape(self):
        """One flat point."""
        return (self.in_features,)

    def module(self):
        """Build the model, with the same weights each time."""
        torch.manual_seed(3)
        return self.make().double().eval()

    def outputs(self, inputs):
        """Call it."""
        with torch.no_grad():
            return self.module()(torch.tensor(inputs, dtype=torch.float64)).numpy()

    def value(self, x):
        """Return what it computes, as fractions."""
        return tuple(map(Fraction, self.outputs([x])[0].tolist()))

    def values(self, points):
        """Return what it computes at each point."""
        return [self.value(point) for point in points]

    def gradients(self, x):
        """Return its Jacobian, by autograd."""
        model, point = self.module(), torch.tensor(x, dtype=torch.float64)
        return torch.autograd.functional.jacobian(lambda at: model(at[None])[0], point).T.numpy()

    def magnitude(self, x):
        """Bound all sums by all weights."""
        weights = sum(float(weight.detach().abs().sum()) for weight in self.module().parameters())
        return weights**2 * (1 + max(map(abs, x)))

    def on_kink(self, x):
        """It is smooth."""
        return False

    def bends(self, x, variable):
        """It is smooth."""
        return False

    def kinks(self, path):
        """Nobody knows."""
        raise Unsupported("where the kinks of this model are is not known")

    def rises(self, variable, target):
        """Nobody knows."""
        raise Unsupported("in which variables this model never falls is not known")


@dataclass(frozen=True)
class ModelCase:
    """One model, or two that are said to be of one function, with inputs."""

    subjects: tuple[Subject, ...]
    inputs: tuple[tuple[float, ...], ...]
    baseline: tuple[float, ...] = (0.0, 0.0)
    target: int = 0
    facts: tuple[Fact, ...] = ()
    path = None
    rewrites = ()
    derivation = None
    on_nonnegative = False
    kinks = ()

    @property
    def subject(self):
        """Return the first."""
        return self.subjects[0]

    def fact(self, kind):
        """Find a fact."""
        return next((fact for fact in self.facts if isinstance(fact, kind)), None)

    def variables(self, kind):
        """Find what a fact is about."""
        return self.fact(kind).about if self.fact(kind) else ()

    def at(self, inputs, *, baseline=None, target=None):
        """Go elsewhere."""
        given = {"baseline": baseline, "target": target}
        return replace(self, inputs=inputs, **{name: value for name, value in given.items() if value is not None})

    def belongs_to(self, family):
        """No family says no."""
        return True

    def magnitude(self, x):
        """Take the largest."""
        return max(subject.magnitude(point) for subject in self.subjects for point in (x, self.baseline))

    def is_dead(self, x):
        """Ask the outputs and the gradients."""
        outputs = (self.subject.value(point)[self.target] for point in (x, self.baseline))
        return not any(outputs) and not self.subject.gradients(x)[:, self.target].any()

    def is_spent(self, x):
        """Ask the output alone."""
        return not self.subject.exact(x)[self.target]

    def input_is_generic(self, x, *, from_baseline):
        """Ask the subjects."""
        return not any(subject.on_kink(x) for subject in self.subjects)


class Smooth(nn.Module):
    """One layer, tanh, and another one; it reads ``variables`` of its inputs."""

    def __init__(self, *variables):
        super().__init__()
        self.variables, self.layers = (
            list(variables),
            nn.Sequential(nn.Linear(len(variables), 4), nn.Tanh(), nn.Linear(4, 2)),
        )

    def forward(self, x):
        """Read the variables."""
        return self.layers(x[:, self.variables])


BOTH, FIRST = Model(lambda: Smooth(0, 1)), Model(lambda: Smooth(0))
SAME = Model(lambda: nn.Sequential(nn.Identity(), Smooth(0, 1)))
INPUTS = ((0.5, -1.25), (2.0, 0.75), (-0.25, 1.0))
CASE = ModelCase((BOTH,), INPUTS, (0.25, -0.5))


def _judged(explain, axiom, case=CASE):
    return Judge(explain, AXIOMS[axiom])(case)


def test_the_fake_is_no_network():
    """It has what the protocol asks for, and nothing in common with a network."""
    assert not isinstance(BOTH, Network)
    for protocol, fake in ((Subject, BOTH), (SubjectCase, CASE)):
        assert {name for name in vars(protocol) if not name.startswith("_")} <= set(dir(fake))


def test_networks_and_cases_are_subjects():
    """A drawn network has all that the protocol asks for, and so has a case."""
    network = Network((Linear(((1.0,),), (0.0,)),))
    for protocol, drawn in ((Subject, network), (SubjectCase, Case(network, (0.0,), ((1.0,),)))):
        assert {name for name in vars(protocol) if not name.startswith("_")} <= set(dir(drawn))


@pytest.mark.parametrize(
    ("axiom", "right", "wrong"),
    [
        ("conservation", IntegratedGradients(steps=64), grad_x_input),
        ("batch_consistency", gradient, lambda model, x, target: gradient(model, x, target).cumsum(0)),
        ("determinism", gradient, lambda model, x, target: gradient(model, x, target) * torch.rand(1)),
        ("purity", gradient, lambda model, x, target: gradient(model.train(), x, target)),
        ("output_form", gradient, lambda model, x, target: gradient(model, x, target) * torch.nan),
    ],
)
def test_axioms_are_judged_on_a_model(axiom, right, wrong):
    """Who is right holds, who is wrong is convicted."""
    assert _judged(right, axiom).kind == "holds"
    assert _judged(wrong, axiom).kind == "violated"


def test_null_players_of_a_model():
    """The model does not read x2: the gradient ignores it, a uniform explanation does not."""
    case = ModelCase((FIRST,), INPUTS, facts=(Irrelevant((1,)),))
    assert _judged(gradient, "null_player", case).kind == "holds"
    outcome = _judged(uniform, "null_player", case)
    assert outcome.kind == "violated"
    assert "though f does not depend on x2" in outcome.reason


def _by_modules(model, inputs, target):
    return torch.full_like(inputs, float(len(list(model.modules()))))


def test_invariance_of_a_given_pair():
    """Two models of one function: the gradient is the same, what counts modules is not; one model alone is no pair."""
    pair = ModelCase((BOTH, SAME), INPUTS)
    assert _judged(gradient, "implementation_invariance", pair).kind == "holds"
    assert _judged(_by_modules, "implementation_invariance", pair).kind == "violated"
    assert _judged(gradient, "implementation_invariance").kind == "rejected"


def test_what_a_subject_does_not_admit_is_said():
    """No crash: the axiom is unsupported, and says why."""
    from axiomcheck.networks import Path
    from axiomcheck.networks.facts import Monotone

    class OnPath(ModelCase):
        """The same on a path."""

        path = Path((INPUTS[0], INPUTS[1]))

        @property
        def kinks(self):
            """Ask the subject."""
            return self.subject.kinks(self.path)

    continuity = _judged(gradient, "continuity", OnPath((BOTH,), ()))
    assert (continuity.kind, continuity.reason) == ("unsupported", "where the kinks of this model are is not known")
    rising = _judged(gradient, "demand_monotonicity", OnPath((BOTH,), (), facts=(Monotone(0),)))
    assert (rising.kind, rising.reason) == ("unsupported", "in which variables this model never falls is not known")


def test_rounding_is_no_difference_of_outputs():
    """Where outputs are not exact, they differ by more than a small share of the magnitude or not at all."""
    exact, tiny = replace(BOTH, is_exact=True), Fraction(1, 2**60)
    assert differ(exact, Fraction(1), 1 + tiny, 1.0)
    assert not differ(BOTH, Fraction(1), 1 + tiny, 1.0)
    assert differ(BOTH, Fraction(1), Fraction(2), 1.0)
    assert not differ(exact, Fraction(1), Fraction(1), 1.0)
    assert np.allclose(BOTH.gradients((0.5, 0.5)).shape, (2, 2))
