"""The pages of docs/findings, made of stored counterexamples and of scripts that need torch and a library alone."""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HOME = Path(__file__).parents[1] / "docs" / "findings"
LIBRARIES = ("captum", "shap", "torch")


def texts() -> dict[str, dict[str, str]]:
    """Return what is written by hand of each finding, by its name."""
    return tomllib.loads((HOME / "findings.toml").read_text(encoding="utf-8"))


def output(name: str) -> str:
    """Run the script of a finding in an empty folder, without axiomcheck, and return what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-I", "-W", "ignore", str(HOME / f"{name}.py")]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def page(name: str) -> str:
    """Return the page of a finding."""
    text, stored = texts()[name], json.loads((HOME / f"{name}.json").read_text(encoding="utf-8"))
    versions = ", ".join(
        f"{library} {stored['versions'][library]}" for library in LIBRARIES if library in stored["versions"]
    )
    script = (HOME / f"{name}.py").read_text(encoding="utf-8")
    return f"""# {text["title"]}

`{stored["explainer"]}` violates `{stored["axiom"]}` ({versions}). Smallest network: `{stored["formula"]}`;
{stored["reason"]}. Stored in `docs/findings/{name}.json` for `axiomcheck replay`.

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
    return f"# Findings\n\nDefects of current releases for which we found no thread that names them.\n\n{lines}\n"


if __name__ == "__main__":
    (HOME / "index.md").write_text(index(), encoding="utf-8")
    for finding in texts():
        (HOME / f"{finding}.md").write_text(page(finding), encoding="utf-8")
