"""Scripts: functions whose source is printed, and the call that prints what they return."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.scripts import call_of, code_of, source_of
from axiomcheck.axioms.scripts.null_player import gap


@pytest.mark.parametrize("name", [*AXIOMS, "equality"])
def test_what_is_printed_is_the_source(name):
    """The functions of the module, without its docstring and the import of torch, which a script has above."""
    source = source_of(name)
    printed, module = ast.parse(source), import_module(f"axiomcheck.axioms.scripts.{name}")
    assert set(source.splitlines()) <= set(Path(module.__file__).read_text(encoding="utf-8").splitlines())
    assert "import torch" not in source.splitlines()
    assert not isinstance(printed.body[0], ast.Expr)
    assert isinstance(printed.body[-1], ast.FunctionDef)
    assert printed.body[-1].name == "gap"


def test_the_call_names_the_parameters():
    """A script binds them."""
    assert call_of("null_player") == 'print("gap:", gap(scores, model, x, irrelevant))'
    assert code_of("null_player") == f"{source_of('null_player')}\n\n\n{call_of('null_player')}"
    assert AXIOMS["null_player"].code == code_of("null_player")


def test_a_script_is_a_function_like_any_other():
    """It can be called where it stands."""
    assert gap(lambda model, x: -2 * x, torch.nn.Identity(), torch.tensor([[1.0, 3.0]]), [1]) == 6.0
