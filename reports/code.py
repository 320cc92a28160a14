"""A counterexample as a script that shows the gap."""

from typing import Any

import numpy as np

from ..axioms import AXIOMS
from ..networks import Shape
from ..networks.code import body, preamble
from .counterexample import Counterexample


def counterexample_code(found: Counterexample) -> str:
    """Return Python that needs torch and the explainer alone, and prints the gap that was found."""
    case = found.case
    shape = case.network.shape
    bodies = [body(case.networks[-1])] if case.irrelevant else [body(network) for network in case.networks]
    parts = [preamble("\n".join(bodies)), bodies[0]]
    if len(bodies) == 2:
        parts.append(f"first = model\n{bodies[1]}\nother, model = model, first")
    if not case.path:
        parts.append(f"x = {_tensor([_shown_input(found)], shape)}")
    elif "sides" in found.observed:
        parts.append(f"sides = {_tensor(found.observed['sides'], shape)}")
    else:
        parts.append(f"x = {_tensor(case.path.vertices, shape)}")
    parts[-1] += f"\ntarget = {case.target}"
    if found.has_baseline:
        parts[-1] += f"\nbaseline = {_tensor(case.baseline, shape)}"
    if case.irrelevant:
        parts[-1] += f"\nirrelevant = {list(case.irrelevant)}"
    parts += [found.explainer_code, _scores(found), _shown(found)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _shown_input(found: Counterexample) -> tuple[float, ...]:
    x = found.observed.get("x")
    return tuple(x) if isinstance(x, list) else found.case.inputs[0]


def _tensor(points: Any, shape: Shape) -> str:
    """Return points (B, d), or one (d,), as a tensor of their shape."""
    rows = np.array(points, dtype=np.float64) + 0.0
    spread = f".reshape{(*rows.shape[:-1], *shape)}" if len(shape) > 1 else ""
    return f"torch.tensor({rows.tolist()}){spread}"


def _scores(found: Counterexample) -> str:
    baseline = ", baseline=baseline.expand_as(x)" if found.has_baseline else ""
    flat = ".flatten(1)" if len(found.case.network.shape) > 1 else ""
    return f"""
def scores(model, x):
    return explain(model, x, torch.full((len(x),), target){baseline}).detach(){flat}
"""


def _shown(found: Counterexample) -> str:
    if "error" in found.observed:
        return "print(scores(model, x))"
    expected = f"expected = {found.observed['expected']!r}\n" if "expected" in found.observed else ""
    return expected + AXIOMS[found.axiom].code
