"""Equality of two explainers: asked as an axiom is, by drawn cases and the smallest network where it ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from ..explainers import Declaration, Located, Unsupported, declaration
from ..explainers.graphs.graph import evaluate, graph
from ..networks import Array, Case, Family
from ..strategies.cases import one_network
from .arithmetic import weights
from .axiom import Axiom, Explain, Gap, Rejected, generic, lacks_nothing
from .names import EQUALITY, OFF_ZEROS
from .observation import MethodDifference, vector
from .scripts import call_of, source_of
from .subject import SubjectCase

SMALLEST = 1e-9
"""The largest pre-activation that is taken for zero."""


def equality(of: Located, other: Located, *, off_zeros: bool = False, from_zero: bool = False) -> Axiom:
    """Return the axiom that explainer ``of`` gives what ``other`` gives, at inputs in generic position.

    If one of them alone measures from a baseline, or ``from_zero`` says so, it is 0. Where one puts one unit in and the
    other the output, the former is multiplied by f(x). ``off_zeros`` leaves out inputs at which an affine layer, a sum
    or an average is 0, where relevance ends.
    """
    one, two = (_declared(located) for located in (of, other))
    pair = _Pair(one, two, other, off_zeros, from_zero or one.has_baseline != two.has_baseline)
    where = OFF_ZEROS if off_zeros else ""
    return Axiom(
        name=f"{EQUALITY}{other.name}{where}",
        statement=f"The scores are those of {other.name}{where}.",
        cites="",
        draws=pair.draws,
        gaps=pair.gaps,
        observes=MethodDifference,
        script=pair.script,
        verb=f"equals {other.name}",
        group="further",
        lacks=lacks_nothing,
    )


def _declared(located: Located) -> Declaration:
    if located.explain is None:
        raise Unsupported(located.reason)
    return declaration(located.explain)


@dataclass(frozen=True)
class _Pair:
    """Two explainers, the second by name, and where they are compared."""

    one: Declaration
    two: Declaration
    other: Located
    off_zeros: bool
    from_zero: bool

    def draws(self, block: bytes, family: Family) -> Case:
        """Draw one network and its inputs."""
        case = one_network(block, family)
        return replace(case, baseline=(0.0,) * case.network.in_features) if self.from_zero else case

    def gaps(self, explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        """Yield how far the scores are from one another, for each input."""
        if self.from_zero and any(case.baseline):
            raise Rejected("the baseline is not 0, from where one of the two measures")
        assert self.other.explain is not None
        second = explain.bind(self.other.explain)
        case = generic(generic(case, explain), second)
        case = _off_zeros(case) if self.off_zeros else case
        inputs = np.array(case.inputs)
        outputs = np.array([float(case.subject.value(x)[case.target]) for x in case.inputs])
        one = self._in_units(self.one, explain(case.subject, inputs), outputs)
        two = self._in_units(self.two, self._of_other(second, case, inputs), outputs)
        for x, scores, others in zip(case.inputs, one, two, strict=True):
            weight = weights(case.magnitude(x), scores, others)
            yield Gap(
                size=float(np.abs(scores - others).max()),
                scale=weight.scale,
                rounding=weight.rounding,
                magnitude=weight.magnitude,
                vacuous=case.is_dead(x),
                observed=MethodDifference(x, vector(scores), vector(others), self.other.name),
            )

    def _of_other(self, second: Explain, case: SubjectCase, inputs: Array) -> Array:
        try:
            return second(case.subject, inputs)
        except Unsupported as refused:
            raise Unsupported(f"{self.other.name}: {refused}") from refused

    def _in_units(self, declared: Declaration, scores: Array, outputs: Array) -> Array:
        return scores * outputs[:, None] if declared.conserves == "unit" and self._of_two_units else scores

    @property
    def _of_two_units(self) -> bool:
        """Whether one distributes a unit and the other does not."""
        return (self.one.conserves == "unit") != (self.two.conserves == "unit")

    def script(self) -> str:
        """Return Python that compares the two: ``explain`` is the first explainer, and then the second."""
        baselines = [of.has_baseline for of in (self.one, self.two)]
        baseline = "baseline" if all(baselines) else "torch.zeros_like(x[0])" if baselines[1] else "None"
        unit = next((name for name, of in (("one", self.one), ("two", self.two)) if of.conserves == "unit"), "")
        return "\n\n".join(
            [
                "one = scores(model, x)",
                self.other.code.strip(),
                f"baseline = {baseline}\nmultiplied = {unit if self._of_two_units else ''!r}",
                f"\n{source_of('equality')}",
                f"\n{call_of('equality')}",
            ]
        )


def _off_zeros(case: SubjectCase) -> SubjectCase:
    """Return the case with those of its inputs at which no affine layer, sum or average is 0."""
    points = torch.tensor(case.inputs, dtype=torch.float64).reshape(len(case.inputs), *case.subject.shape)
    nodes = graph(case.subject.module())
    values: list[Any] = evaluate(nodes, points)[1:]
    layers = [value.flatten(1) for node, value in zip(nodes, values, strict=True) if node.operation.has_weights]
    smallest = torch.cat([points.new_ones(len(points), 1), *layers], 1).abs().amin(1).tolist()
    inputs = tuple(x for x, size in zip(case.inputs, smallest, strict=True) if size > SMALLEST)
    if not inputs:
        raise Rejected("a pre-activation is 0 at every input")
    return case.at(inputs)
