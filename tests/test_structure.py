"""The structure of the package: who may import whom, and that nobody asks what kind another thing is."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("engine", "reports", "results", "models", "axioms", "strategies", "explainers", "networks")
"""The folders below the face of the package, each of which stands on those behind it."""
KINDS = ("networks/layers", "networks/steps", "explainers/graphs/operations")
MOST_QUESTIONS = 30
"""How many tests of the kind of a layer or a step there may be outside the folders of the kinds."""


@pytest.fixture(scope="module")
def imports():
    """What every module imports, lazily and for types too."""
    return grimp.build_graph("axiomcheck", cache_dir=None)


def test_nothing_imports_upward(imports):
    """Each folder stands on those below it."""
    face = grimp.Layer("api", "cli", "commands", "plugin", "tutorial", independent=False)
    upward = imports.find_illegal_dependencies_for_layers(layers=[face, *FLOORS], containers={"axiomcheck"})
    assert [(dependency.importer, dependency.imported) for dependency in upward] == []


def test_no_module_imports_itself_by_way_of_others(imports):
    """There is no cycle, lazy imports and those for types included."""
    modules = {module: imports.find_modules_directly_imported_by(module) for module in imports.modules}
    try:
        order = list(TopologicalSorter(modules).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
    assert order.index("axiomcheck.networks.network") < order.index("axiomcheck.engine.cell")


def test_our_modules_import_each_other_relatively():
    """By their names in the checkout they would exist twice."""
    for folder in FLOORS:
        home = ROOT / folder if (ROOT / folder).is_dir() else ROOT / "axiomcheck" / folder
        for path in home.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
                assert not {name.split(".")[0] for name in names} & {*FLOORS, "axiomcheck"}, path


def _classes(folder):
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name


def _questions(path, kinds):
    """Yield the tests of a file that ask whether something is of one of the kinds."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            named = {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node.args[1])}
            if named & kinds:
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_kinds_answer_for_themselves():
    """Hardly anybody asks which kind of layer or step something is: a new kind would be forgotten there."""
    kinds = {name for folder in KINDS[:2] for name in _classes(folder)}
    assert {"Linear", "Conv", "Affine", "Rectify"} <= kinds
    found = []
    for folder in FLOORS:
        home = ROOT / folder if (ROOT / folder).is_dir() else ROOT / "axiomcheck" / folder
        for path in home.rglob("*.py"):
            if not any(path.is_relative_to(ROOT / own) for own in KINDS):
                found += _questions(path, kinds)
    assert len(found) <= MOST_QUESTIONS, "\n".join(found)
