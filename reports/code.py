"""A counterexample as a script that shows the gap."""

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from ..axioms.observation import Binding
from ..networks import Shape
from ..networks.code import body, preamble
from ..results.counterexample import Counterexample


def counterexample_code(found: Counterexample) -> str:
    """Return Python that needs torch and the explainer alone, and prints the gap that was found."""
    case = found.case
    explained = case.networks[-1:] if case.irrelevant or case.symmetric else case.networks
    bodies = [body(network) for network in explained]
    parts = [preamble("\n".join(bodies), found.dtype), bodies[0]]
    if len(bodies) == 2:
        parts.append(f"first = model\n{bodies[1]}\nother, model = model, first")
    parts.append("\n".join(f"{name} = {value}" for name, value in _bindings(found)))
    parts += [found.explainer_code, _scores(found), "print(scores(model, x))" if found.is_error else found.axiom_code]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _bindings(found: Counterexample) -> Iterator[tuple[str, str]]:
    """Yield the names that the script binds to inputs, the target and what else the axiom's code reads."""
    case, shape = found.case, found.case.network.shape
    inputs = _inputs(found)
    if inputs:
        yield "x", _written(inputs, shape)
    yield "target", str(case.target)
    if found.has_baseline or "baseline" in found.axiom_code:
        yield "baseline", _written(case.baseline, shape) if found.has_baseline else "None"
    if case.irrelevant:
        yield "irrelevant", str(list(case.irrelevant))
    if case.symmetric:
        yield "symmetric", str(list(case.symmetric))
    for name, value in (found.observed.bindings if found.observed else {}).items():
        yield name, _written(value, shape)
    for field in fields(case.derivation) if case.derivation else ():
        yield field.name, _written(getattr(case.derivation, field.name), shape)


def _inputs(found: Counterexample) -> tuple[tuple[float, ...], ...]:
    """Return the inputs that were looked at, else the first, or the vertices of the path; none if others are bound."""
    observed, case = found.observed, found.case
    if observed and (observed.inputs or observed.bindings):
        return observed.inputs
    return case.path.vertices if case.path else case.inputs[:1]


def _written(value: Binding, shape: Shape) -> str:
    """Return a number, or points (B, d), or one (d,), as a tensor of their shape."""
    if not isinstance(value, tuple):
        return repr(value)
    rows = np.array(value, dtype=np.float64) + 0.0
    spread = f".reshape{(*rows.shape[:-1], *shape)}" if len(shape) > 1 else ""
    return f"torch.tensor({rows.tolist()}){spread}"


def _scores(found: Counterexample) -> str:
    derived = found.case.derivation is not None
    reference = "(baseline - shift)" if derived else "baseline"
    baseline = f", baseline={reference}.expand_as(x)" if found.has_baseline else ""
    flat = ".flatten(1)" if len(found.case.network.shape) > 1 else ""
    keywords = ", target=target, shift=0.0" if derived else ""
    return f"""
def scores(model, x{keywords}):
    return torch.as_tensor(explain(model, x, torch.full((len(x),), target){baseline})).detach(){flat}
"""
