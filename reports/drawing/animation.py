"""An input that moves along a path, its explanation beside it, moved by a slider."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import resources
from math import prod
from xml.etree import ElementTree as ET

from ...networks.layers import Vector
from ...results.counterexample import Counterexample
from ...results.path_profile import PathProfile
from .motion import moving
from .observation import breaks_of
from .pixels import MOST_CELLS
from .svg import INLINE, SPACE, element, number

COLUMNS = 8
"""Cells in a row of what is no image."""
ANIMATION_STYLE, ANIMATION_SCRIPT = (
    resources.files("axiomcheck.reports").joinpath("static", name).read_text(encoding="utf-8")
    for name in ("moving.css", "moving.js")
)
"""What a page with such fragments needs once."""


def animation(counterexample: Counterexample) -> str:
    """Return an HTML fragment: the input, its scores, and the slider; nothing without ``along``, or for large inputs.

    Without JavaScript it stands still at the jump; to move it needs a page's style and script once.
    """
    along = counterexample.along
    if along is None or len(along.inputs[0]) > MOST_CELLS:
        return ""
    place = counterexample.observed.place if counterexample.observed else None
    start = along.at.index(place if place in along.at else next(iter(along.jumps), along.at[0]))
    frames = (("inputs", "input", along.inputs[start]), ("scores", "scores", along.scores[start]))
    grids = "".join(_grids(*one, counterexample.case.shape) for one in frames)
    return (
        f'<div class="moving"><div class="control" hidden><label>along the path <input type="range" min="0" '
        f'max="{len(along.at) - 1}" value="{start}" step="1" aria-label="place on the path"></label>'
        f'<button type="button">Play</button><output></output></div>'
        f'{grids}<div class="along">{_chart(along)}</div>'
        f'<script type="application/json">{_data(counterexample, along)}</script></div>'
    )


def _grids(name: str, title: str, values: Vector, shape: Sequence[int]) -> str:
    """Return the cells in the places of their pixels, a grid for each channel of an image."""
    columns = shape[-1] if len(shape) > 1 else min(len(values), COLUMNS)
    size = prod(shape[1:]) if len(shape) == 3 else len(values)
    cells = [f'<span data-name="x{i + 1}">{number(value)}</span>' for i, value in enumerate(values)]
    grids = ["".join(cells[start : start + size]) for start in range(0, len(cells), size)]
    style = f"grid-template-columns: repeat({columns}, auto)"
    cells_html = "".join(f'<div class="grid" style="{style}">{grid}</div>' for grid in grids)
    return f'<div class="{name}"><p>{title}</p>{cells_html}</div>'


def _chart(along: PathProfile) -> str:
    from .chart import ABOVE, BELOW, HEIGHT

    part = moving(along, INLINE)
    here = element("line", y1=ABOVE, y2=HEIGHT - BELOW, x1=-9, x2=-9, stroke="currentColor", class_="here")
    box = {"viewBox": f"0 0 {part.width:.0f} {part.height:.0f}", "role": "img", "aria_label": "scores along the path"}
    root = element("svg", part.element, here, xmlns=SPACE, font_family="inherit", **box)
    return ET.tostring(root, encoding="unicode")


def _frames(along: PathProfile) -> dict[str, object]:
    return {name: values for name, values in asdict(along).items() if name != "keeps_outputs"}


def _data(counterexample: Counterexample, along: PathProfile) -> str:
    """Return the frames as JSON that no page can mistake for markup: it holds numbers, and words of our own."""
    from .chart import LEFT, RIGHT, WIDTH

    place = {"left": LEFT, "width": WIDTH - LEFT - RIGHT}
    return json.dumps(_frames(along) | {"break": breaks_of(counterexample)} | place)
