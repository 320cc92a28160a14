"""A counterexample as a script that shows the gap."""

from collections.abc import Iterator, Mapping
from functools import singledispatch

import numpy as np

from ..axioms import Observation
from ..axioms.arithmetic import Dtype
from ..models.case import ModelCase
from ..networks import Case, Shape
from ..networks.code import body, preamble
from ..networks.facts import Irrelevant, Symmetric


def script(
    case: Case | ModelCase,
    observed: Observation | None,
    *,
    explainer_code: str,
    axiom_code: str,
    has_baseline: bool,
    dtype: Dtype,
) -> str:
    """Return Python that needs torch and the explainer alone: it builds the networks and prints the gap.

    Where the explainer failed, it prints the scores instead, and fails again.
    """
    parts = _setup(case, dtype)
    bindings = dict(_bindings(case, observed))
    if has_baseline or "baseline" in axiom_code:
        bindings["baseline"] = _written(case.baseline, case.shape) if has_baseline else "None"
    parts.append("\n".join(f"{name} = {value}" for name, value in bindings.items()))
    fails = observed is not None and observed.failure == "error"
    parts += [explainer_code, _scores(case, has_baseline=has_baseline), PRINTS_SCORES if fails else axiom_code]
    return "\n\n".join(part.strip() for part in parts) + "\n"


@singledispatch
def _setup(case: Case | ModelCase, dtype: Dtype) -> list[str]:
    """Return the imports and what builds the models."""
    raise NotImplementedError(type(case).__name__)


@_setup.register
def _(case: Case, dtype: Dtype) -> list[str]:
    about_last = case.variables(Irrelevant) or case.variables(Symmetric)
    explained = case.networks[-1:] if about_last else case.networks
    bodies = [body(network) for network in explained]
    parts = [preamble("\n".join(bodies), dtype), bodies[0]]
    if len(bodies) == 2:
        parts.append(f"first = model\n{bodies[1]}\nother, model = model, first")
    return parts


@_setup.register
def _(case: ModelCase, dtype: Dtype) -> list[str]:
    return case.setup(dtype)


PRINTS_SCORES = "print(scores(model, x))"
"""What stands at the end of a script that fails."""


def _bindings(case: Case | ModelCase, observed: Observation | None) -> Iterator[tuple[str, str]]:
    """Yield the names of the inputs, of the target and of what else the axiom's code reads, with their values."""
    shape = case.shape
    if inputs := _inputs(case, observed):
        yield "x", _written(inputs, shape)
    yield "target", str(case.target)
    bindings: list[Mapping[str, object]] = [fact.bindings for fact in case.facts]
    for known in (*bindings, observed.bindings if observed else {}):
        yield from ((name, _written(value, shape)) for name, value in known.items())


def _inputs(case: Case | ModelCase, observed: Observation | None) -> tuple[tuple[float, ...], ...]:
    """Return the inputs that were looked at, else the first, or the vertices of the path; none if others are bound."""
    if observed and (observed.inputs or observed.bindings):
        return observed.inputs
    return case.path.vertices if case.path else case.inputs[:1]


def _written(value: object, shape: Shape) -> str:
    """Return a number, or points (B, d), or one (d,), as a tensor of their shape."""
    if not isinstance(value, tuple):
        return repr(value)
    rows = np.array(value, dtype=np.float64) + 0.0
    spread = f".reshape{(*rows.shape[:-1], *shape)}" if len(shape) > 1 else ""
    return f"torch.tensor({rows.tolist()}){spread}"


def _scores(case: Case | ModelCase, *, has_baseline: bool) -> str:
    derived = case.derivation is not None
    reference = "(baseline - shift)" if derived else "baseline"
    baseline = f", baseline={reference}.expand_as(x)" if has_baseline else ""
    flat = ".flatten(1)" if len(case.shape) > 1 else ""
    keywords = ", target=target, shift=0.0" if derived else ""
    return f"""
def scores(model, x{keywords}):
    return torch.as_tensor(explain(model, x, torch.full((len(x),), target){baseline})).detach(){flat}
"""
