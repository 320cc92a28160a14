"""Counterexamples as a pytest file that needs torch and the library under test alone."""

import re
from collections.abc import Sequence
from textwrap import indent

from ..results.counterexample import Counterexample

HEAD = '''"""{title}

Found by axiomcheck {version}, seed {seed}. It needs pytest, torch and {needs}.
"""

import pytest
import torch


@pytest.fixture(autouse=True)
def _dtype():
    """Compute in {dtype}, and put back what was the default."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.{dtype})
    yield
    torch.set_default_dtype(before)
'''
GAP = re.compile(r'^print\("gap:", (.*)\)$', re.MULTILINE)


def regression_test(found: Sequence[Counterexample]) -> str:
    """Return a file with one test a counterexample, which fails with the same gap until the explainer is right."""
    explainers = ", ".join(dict.fromkeys(one.explainer for one in found))
    title, first = f"Where {_quoted(explainers)} was wrong.", found[0]
    head = HEAD.format(
        title=title,
        version=first.versions.get("axiomcheck", ""),
        seed=first.seed,
        needs=_needs(found),
        dtype=first.dtype,
    )
    return head + "".join(f"\n\n{_test(one, number)}" for number, one in enumerate(found, 1))


def _needs(found: Sequence[Counterexample]) -> str:
    """Return what the explainers are imported from."""
    lines = "\n".join(one.explainer_code for one in found).splitlines()
    modules = [re.match(r"(?:from|import) ([\w.]+)", line) for line in lines]
    names = dict.fromkeys(module[1].partition(".")[0] for module in modules if module)
    return ", ".join(name for name in names if name not in ("torch", "runpy", "numpy")) or "the explainer"


def _test(found: Counterexample, number: int) -> str:
    name = re.sub(r"\W+", "_", f"{found.explainer} {found.axiom}").strip("_").lower()
    told = f"{found.formula.splitlines()[0]}: {found.reason}"
    return f'def test_{name}_{number}():\n    """{_quoted(told)}"""\n{indent(_body(found), "    ")}\n'


def _body(found: Counterexample) -> str:
    code = found.code().replace(f"torch.set_default_dtype(torch.{found.dtype})\n", "")
    lines = [line for line in code.splitlines() if line != "import torch"]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if found.is_error:
        shown = "relevance = scores(model, x)\nassert relevance.shape[0] == len(x)\nassert relevance.isfinite().all()"
        return body.replace("print(scores(model, x))", shown)
    return GAP.sub(rf"gap = \1\nassert gap <= {found.tolerance!r}, f\"the gap is {{gap!r}}\"", body).replace('\\"', '"')


def _quoted(text: str) -> str:
    """Return a text as it may stand in a docstring."""
    return re.sub(r"\s+", " ", text).replace("\\", "\\\\").replace('"', "'")
