"""A counterexample as a script that shows the gap."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from ..networks import Shape
from ..networks.code import body, preamble
from ..results.counterexample import Counterexample


def counterexample_code(found: Counterexample) -> str:
    """Return Python that needs torch and the explainer alone, and prints the gap that was found."""
    case = found.case
    shape = case.network.shape
    explained = case.networks[-1:] if case.irrelevant or case.symmetric else case.networks
    bodies = [body(network) for network in explained]
    parts = [preamble("\n".join(bodies), found.dtype), bodies[0]]
    if len(bodies) == 2:
        parts.append(f"first = model\n{bodies[1]}\nother, model = model, first")
    if not case.path or "higher" in found.observed:
        parts.append(f"x = {_tensor(found.observed.get('batch') or [_shown_input(found)], shape)}")
    elif "sides" in found.observed:
        parts.append(f"sides = {_tensor(found.observed['sides'], shape)}")
    else:
        parts.append(f"x = {_tensor(case.path.vertices, shape)}")
    parts[-1] += f"\ntarget = {case.target}"
    if found.has_baseline:
        parts[-1] += f"\nbaseline = {_tensor(case.baseline, shape)}"
    parts[-1] += "".join(f"\n{name} = {value}" for name, value in _particulars(found))
    parts += [found.explainer_code, _scores(found), _shown(found)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _particulars(found: Counterexample) -> Iterator[tuple[str, object]]:
    """Yield what else the axiom's code reads, by name."""
    case, shape = found.case, found.case.network.shape
    if case.irrelevant:
        yield "irrelevant", list(case.irrelevant)
    if case.symmetric:
        yield "symmetric", list(case.symmetric)
    if "variable" in found.observed:
        yield "variable", found.observed["variable"]
    if "higher" in found.observed:
        yield "higher", _tensor([found.observed["higher"]], shape)
    for field in fields(case.derivation) if case.derivation else ():
        value = getattr(case.derivation, field.name)
        yield field.name, _tensor(value, shape) if isinstance(value, tuple) else value


def _shown_input(found: Counterexample) -> tuple[float, ...]:
    x = found.observed.get("x")
    return tuple(x) if isinstance(x, list) else found.case.inputs[0]


def _tensor(points: Any, shape: Shape) -> str:
    """Return points (B, d), or one (d,), as a tensor of their shape."""
    rows = np.array(points, dtype=np.float64) + 0.0
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


def _shown(found: Counterexample) -> str:
    if "error" in found.observed:
        return "print(scores(model, x))"
    expected = f"expected = {found.observed['expected']!r}\n" if "expected" in found.observed else ""
    return expected + found.axiom_code
