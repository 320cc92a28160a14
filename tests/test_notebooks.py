"""The notebooks of examples/ run from a clean start, and are stored without what they printed."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "examples").glob("*.ipynb"))


def _code(path):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_there_are_two():
    """First steps, and a model of one's own."""
    assert [path.stem for path in NOTEBOOKS] == ["first_steps", "own_model"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_cleared(path):
    """What a cell shows is made on running it."""
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in _code(path))


@pytest.mark.long
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_every_cell_runs(path):
    """In a kernel of its own; the last one shows something."""
    from nbclient import NotebookClient
    from nbformat import read

    notebook = read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    assert [cell for cell in notebook.cells if cell.cell_type == "code"][-1].outputs
