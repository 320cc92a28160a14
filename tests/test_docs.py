"""What documents show is run as it is written, and the site is built without a warning."""

import re
import sys
from importlib import util
from pathlib import Path

import pytest
from pytest_examples import find_examples

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"`([\w/]+\.py)`")
"""A file that the text before a block names."""
OWN = ("axioms", "explainers", "networks")
"""The folders to which CONTRIBUTING adds files."""
YOURS = '''
import torch

def explain(model, inputs, target):
    """G x I, as somebody else would write it."""
    inputs = inputs.clone().requires_grad_()
    model(inputs).gather(1, target[:, None]).sum().backward()
    return inputs.grad * inputs

def squared_gradient(model, inputs, target):
    inputs = inputs.clone().requires_grad_()
    model(inputs).gather(1, target[:, None]).sum().backward()
    return inputs.grad**2
'''
"""What snippets import as if it were the reader's."""
BLOCKS = [one for page in PAGES for one in find_examples(page) if one.prefix == "python"]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """The folder of somebody who follows the documents."""
    for name in ("mine", "my_package"):
        (tmp_path / f"{name}.py").write_text(YOURS, encoding="utf-8")
    (tmp_path / "known.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in ("mine", "my_package"):
        sys.modules.pop(name, None)


def _home(block):
    """Return the file that a block is for, as the text just before it says; None if it is for none."""
    above = block.path.read_text(encoding="utf-8").splitlines()[: block.start_line - 1]
    paragraph = "\n".join(above).rstrip("`python\n").rsplit("\n\n", 1)[-1]
    named = [name for name in FILE.findall(paragraph) if name.startswith(OWN)]
    return named[-1] if named else None


def _run_as(home, source, desk):
    """Run a block as a module of the package: a new one, or at the end of one that is there."""
    name = "axiomcheck." + home.removesuffix(".py").replace("/", ".")
    there = ROOT / home
    path = desk / there.name
    path.write_text((there.read_text(encoding="utf-8") + "\n\n" if there.exists() else "") + source, encoding="utf-8")
    spec = util.spec_from_file_location(name, path)
    module = util.module_from_spec(spec)
    kept = sys.modules.get(name)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        sys.modules.pop(name) if kept is None else sys.modules.update({name: kept})


def test_there_are_snippets():
    """The parser finds them: those of README, CONTRIBUTING and the pages."""
    assert {block.path.name for block in BLOCKS} >= {"README.md", "CONTRIBUTING.md", "python.md", "pytest.md"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.path.relative_to(ROOT)}:{block.start_line}")
def test_snippets_run(block, desk):
    """As they are written, with what the text says is there."""
    if home := _home(block):
        _run_as(home, block.source, desk)
    else:
        exec(
            compile(block.source, str(block.path), "exec"),
            {"__name__": "snippet", "__file__": str(desk / "test_it.py")},
        )


def test_what_the_first_snippet_prints_stands_in_the_text(desk, capsys):
    """The sentence below the first Python of the README is what it prints."""
    first = next(block for block in BLOCKS if block.path.name == "README.md")
    exec(first.source, {"__name__": "snippet"})
    assert f"`{capsys.readouterr().out.strip()}`" in (ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " ")


def test_the_readme_is_short():
    """At most 700 words."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 700


def test_the_readme_counts_the_rewrites():
    """As many as there are."""
    from axiomcheck.networks import REWRITES

    assert f"by {len(REWRITES)} rewrites" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_site_is_built_without_a_warning(tmp_path, monkeypatch):
    """No dead link, no name without a page; every public name has its place in the reference."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    import axiomcheck

    monkeypatch.chdir(ROOT)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    reference = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    missing = [name for name in axiomcheck.__all__ if f'.{name}"' not in reference and name != "__version__"]
    assert not missing
