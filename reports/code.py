"""A counterexample as a script that shows the gap."""

from ..axioms import AXIOMS
from .counterexample import Counterexample


def counterexample_code(found: Counterexample) -> str:
    """Return Python that needs torch and the explainer alone, and prints the gap that was found."""
    case = found.case
    parts = [case.networks[-1].code() if case.irrelevant else case.network.code()]
    if case.rewrites and not case.irrelevant:
        other = case.networks[-1].code().split("\n\n", 1)[1]
        parts.append("first = model\n" + other.split("\n", 1)[1] + "\nother, model = model, first")
    if not case.path:
        parts.append(f"x = torch.tensor({[list(_shown_input(found))]})")
    elif "sides" in found.observed:
        parts.append(f"sides = torch.tensor({found.observed['sides']})")
    else:
        parts.append(f"x = torch.tensor({[list(vertex) for vertex in case.path.vertices]})")
    parts[-1] += f"\ntarget = {case.target}"
    if found.has_baseline:
        parts[-1] += f"\nbaseline = torch.tensor({[list(case.baseline)]})"
    if case.irrelevant:
        parts[-1] += f"\nirrelevant = {list(case.irrelevant)}"
    parts += [found.explainer_code, _scores(found), _shown(found)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _shown_input(found: Counterexample) -> tuple[float, ...]:
    x = found.observed.get("x")
    return tuple(x) if isinstance(x, list) else found.case.inputs[0]


def _scores(found: Counterexample) -> str:
    baseline = ", baseline=baseline.expand_as(x)" if found.has_baseline else ""
    return f"""
def scores(model, x):
    return explain(model, x, torch.full((len(x),), target){baseline}).detach()
"""


def _shown(found: Counterexample) -> str:
    if "error" in found.observed:
        return "print(scores(model, x))"
    expected = f"expected = {found.observed['expected']!r}\n" if "expected" in found.observed else ""
    return expected + AXIOMS[found.axiom].code
