"""What notebooks show: fragments of HTML that need nothing but themselves."""

from html import escape

from ..networks import Network, Path, Twin
from ..networks.dyadics import decimal
from ..results.counterexample import Counterexample
from ..results.scope import Scope
from .drawing import picture
from .drawing.flow import flow
from .drawing.graph import graph, is_perceptron
from .drawing.svg import PRINTED, document

LONGEST = 600
"""Letters of a formula that are shown."""


def network(value: Network) -> str:
    """Return the function of a network, and its layers as a drawing, at inputs of 0."""
    draw = graph if is_perceptron(value) else flow
    texts = {output: f"f{output + 1}" if value.out_features > 1 else "f" for output in range(value.out_features)}
    part = draw(value, (0.0,) * value.in_features, texts, PRINTED)
    title = "a network"
    return _stacked(_code(value.formula()), document(part, title, title, inline=False))


def twin(value: Twin) -> str:
    """Return both formulas, and the rewrites that lead from one to the other."""
    names = ", ".join(rewrite.name for rewrite in value.rewrites)
    return _stacked(_code(value.network.formula()), escape(f"is by {names}"), _code(value.rewritten.formula()))


def path(value: Path) -> str:
    """Return the vertices, one below the other."""
    heads = "".join(f"<th>x{number}</th>" for number in range(1, len(value.vertices[0]) + 1))
    rows = "".join(
        f"<tr><th>t = {t}</th>{''.join(f'<td>{decimal(value)}</td>' for value in vertex)}</tr>"
        for t, vertex in enumerate(value.vertices)
    )
    return f"<table><tr><th></th>{heads}</tr>{rows}</table>"


def counterexample(value: Counterexample) -> str:
    """Return its picture."""
    return picture(value)


def scope(value: Scope) -> str:
    """Return its sentence."""
    return f"<p>{escape(value.sentence)}</p>"


def _code(text: str) -> str:
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f"<pre>{escape(shown)}</pre>"


def _stacked(*parts: str) -> str:
    return "".join(f"<div>{part}</div>" for part in parts)
