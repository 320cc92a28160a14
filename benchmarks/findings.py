"""The pages of docs/findings, made of stored counterexamples and of scripts that need torch and a library alone.

``python -m benchmarks.findings`` writes the pages, ``python -m benchmarks.findings NAME …`` searches for the
counterexamples of these findings anew and stores them first. Those of Zennit, LXT and Quantus need ``.venv-peers``.
"""

import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from axiomcheck.axioms.names import EQUALITY
from axiomcheck.engine.hunt import hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.engine.runtime.versions import versions
from axiomcheck.networks import AxiomcheckError
from axiomcheck.reports.write import write_counterexample
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.reader import read_counterexample

HOME = Path(__file__).parents[1] / "docs" / "findings"
LIBRARIES = ("captum", "shap", "zennit", "lxt", "quantus", "torch")
EXAMPLES = 200


def texts() -> dict[str, dict[str, Any]]:
    """Return what is written by hand of each finding, by its name."""
    return tomllib.loads((HOME / "findings.toml").read_text(encoding="utf-8"))


def stored(name: str) -> Counterexample:
    """Return the stored counterexample of a finding."""
    return read_counterexample(HOME / f"{name}.json")


def search(name: str) -> None:
    """Search for the counterexample of a finding as its ``hunt`` says, and store it.

    An explainer of ``explainers.py`` calls the library that the finding is named for: its version is noted too.
    """
    asked = dict(texts()[name]["hunt"])
    budget = Budget(EXAMPLES, dtype=asked.pop("dtype", "float64"))
    whole = question(asked["explainer"], asked.get("axiom"), asked["family"], budget, equals=asked.get("equals"))
    _, finding = hunt(whole)
    if finding is None or finding.counterexample is None:
        raise AxiomcheckError(f"nothing was found for {name}")
    found = finding.counterexample
    library = versions([f"{name.split('-', maxsplit=1)[0]}:it"])
    write_counterexample(replace(found, versions={**library, **found.versions}), HOME / f"{name}.json")


def output(name: str) -> str:
    """Run the script of a finding in an empty folder, without axiomcheck, and return what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-I", "-W", "ignore", str(HOME / f"{name}.py")]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def claim(found: Counterexample) -> str:
    """Return what a counterexample shows, in words: an axiom that is violated, another explainer, an error."""
    if found.is_error:
        return f"`{found.explainer}` raises an error"
    if found.axiom.startswith(EQUALITY):
        return f"`{found.explainer}` differs from `{found.axiom.removeprefix(EQUALITY)}`"
    return f"`{found.explainer}` violates `{found.axiom}`"


def page(name: str) -> str:
    """Return the page of a finding."""
    text, found = texts()[name], stored(name)
    of = ", ".join(f"{library} {found.versions[library]}" for library in LIBRARIES if library in found.versions)
    script = (HOME / f"{name}.py").read_text(encoding="utf-8")
    return f"""# {text["title"]}

{claim(found)} ({of}). Smallest network: `{found.formula}`;
{found.reason}. Stored in `docs/findings/{name}.json` for `axiomcheck replay`.

``` {{.python}}
{script}```

It prints

```text
{output(name)}```

**What is meant to hold.** {text["paper"]}

**Cause.** {text["cause"]}

**Suggested direction.** {text["direction"]}

**Nearest thread.** {text["nearest"]}
"""


def index() -> str:
    """Return the page that lists the findings."""
    lines = "\n".join(f"- [{text['title']}]({name}.md)" for name, text in texts().items())
    return f"""# Findings

Defects of current releases for which we found no thread that names them. Each page is made of a counterexample that
axiomcheck found, stored beside it, and of a script that needs torch and the library alone. Explainers that have no name
in axiomcheck, or need something done before, are functions of `docs/findings/explainers.py`.

{lines}
"""


if __name__ == "__main__":
    for finding in sys.argv[1:]:
        search(finding)
    (HOME / "index.md").write_text(index(), encoding="utf-8")
    for finding in texts():
        (HOME / f"{finding}.md").write_text(page(finding), encoding="utf-8")
