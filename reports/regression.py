"""Counterexamples as a pytest file that needs torch and the library under test alone."""

import re
from collections.abc import Sequence
from textwrap import indent

from ..results.counterexample import Counterexample
from ..results.visible import visible

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


def regression_test(counterexample: Sequence[Counterexample]) -> str:
    """Return a file with one test a counterexample, which fails with the same gap until the explainer is right."""
    explainers = ", ".join(dict.fromkeys(one.explainer for one in counterexample))
    title, first = f"Where {_quoted(explainers)} was wrong.", counterexample[0]
    head = HEAD.format(
        title=title,
        version=first.versions.get("axiomcheck", ""),
        seed=first.seed,
        needs=_needs(counterexample),
        dtype=first.dtype,
    )
    return head + "".join(f"\n\n{_test(one, number)}" for number, one in enumerate(counterexample, 1))


def _needs(counterexample: Sequence[Counterexample]) -> str:
    """Return what the explainers are imported from."""
    lines = "\n".join(one.explainer_code for one in counterexample).splitlines()
    modules = [re.match(r"(?:from|import) ([\w.]+)", line) for line in lines]
    names = dict.fromkeys(module[1].partition(".")[0] for module in modules if module)
    return ", ".join(name for name in names if name not in ("torch", "runpy", "numpy")) or "the explainer"


def _test(counterexample: Counterexample, number: int) -> str:
    name = re.sub(r"\W+", "_", f"{counterexample.explainer} {counterexample.axiom}").strip("_").lower()
    summary = f"{counterexample.formula.splitlines()[0]}: {counterexample.reason}"
    return f'def test_{name}_{number}():\n    """{_quoted(summary)}"""\n{indent(_body(counterexample), "    ")}\n'


def _body(counterexample: Counterexample) -> str:
    code = counterexample.code().replace(f"torch.set_default_dtype(torch.{counterexample.dtype})\n", "")
    lines = [line for line in code.splitlines() if line != "import torch"]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if counterexample.is_error:
        assertions = (
            "relevance = scores(model, x)\nassert relevance.shape[0] == len(x)\nassert relevance.isfinite().all()"
        )
        return body.replace("print(scores(model, x))", assertions)
    return GAP.sub(rf"gap = \1\nassert gap <= {counterexample.tolerance!r}, f\"the gap is {{gap!r}}\"", body).replace(
        '\\"', '"'
    )


def _quoted(text: str) -> str:
    """Return a text as it may stand in a docstring."""
    return re.sub(r"\s+", " ", visible(text)).replace("\\", "\\\\").replace('"', "'")
