"""What counterexamples print: for each axiom a module with a function ``gap``, whose source stands in their scripts.

The parameters of ``gap`` are names that a script binds: ``scores(model, x)`` and ``explain`` call the explainer;
``model`` and ``other`` are networks, ``x`` inputs (B, *shape), ``target`` an output, ``baseline`` (*shape) or None.
They need torch alone. ``code_of`` writes the source, and the call that prints the gap.
"""

import ast
import inspect
import re
from importlib import import_module


def code_of(axiom: str) -> str:
    """Return Python that prints the gap of an axiom; the script around it binds the names and imports torch.

    >>> print(code_of("null_player").splitlines()[-1])
    print("gap:", gap(scores, model, x, irrelevant))
    """
    return f"{source_of(axiom)}\n\n\n{call_of(axiom)}"


def source_of(axiom: str) -> str:
    """Return the source of a script without its docstring and ``import torch``."""
    source = inspect.getsource(import_module(f".{axiom}", __package__))
    docstring = ast.parse(source).body[0]
    lines = source.splitlines()[docstring.end_lineno :]
    source = "\n".join(line for line in lines if line != "import torch").strip()
    return re.sub(r"\n{4,}", "\n\n\n", source)


def call_of(axiom: str) -> str:
    """Return the line that prints what ``gap`` returns."""
    gap = import_module(f".{axiom}", __package__).gap
    return f'print("gap:", gap({", ".join(inspect.signature(gap).parameters)}))'
