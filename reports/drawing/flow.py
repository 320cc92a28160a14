"""Any network as boxes from top to bottom, the branches of a block side by side."""

from collections.abc import Collection, Mapping
from math import ceil

from ...networks import Block, Branch, Network
from ...networks.layers import Layer, Vector, as_block
from .layer_text import grid, layer_text
from .svg import Element, Palette, Part, beside, element, paragraph, width_of, words

LINE, PADDING, GAP, APART = 16, 8, 16, 20
HIGHEST = 1100
"""Of a column, in pixels; a longer one is folded."""
MONO = "ui-monospace, Menlo, Consolas, monospace"


def flow(
    network: Network, x: Vector, outputs: Mapping[int, str], palette: Palette, highlighted: Collection[int] = ()
) -> Part:
    """Return the layers as boxes in a column, from the input ``x`` to the ``outputs`` with what they are.

    Those ``highlighted`` have a coloured ground.
    """
    boxes = [_box([f"input {'×'.join(map(str, network.shape))}", *grid(x, network.shape)], palette, fill="none")]
    boxes += [_layer(layer, palette, index in highlighted) for index, layer in enumerate(network.layers)]
    size = network.out_features
    ends = [name if size == 1 else f"output {output + 1} of {size}: {name}" for output, name in outputs.items()]
    return _folded([*boxes, beside([_box([end], palette, fill="none") for end in ends], 12)], palette)


def _folded(boxes: list[Part], palette: Palette) -> Part:
    """Return boxes in a column, or in several of which the next goes on where one ends."""
    columns: list[list[Part]] = [[]]
    whole = sum(box.height + GAP for box in boxes)
    most = 1.1 * whole / ceil(whole / HIGHEST)
    for box in boxes:
        if columns[-1] and box is not boxes[-1] and sum(part.height + GAP for part in (*columns[-1], box)) > most:
            columns[-1].append(paragraph("goes on to the right", 200, palette.soft, size=11))
            columns.append([])
        columns[-1].append(box)
    return beside([_column(column, palette) for column in columns], 24)


def _layer(layer: Layer, palette: Palette, highlighted: bool = False) -> Part:  # noqa: FBT001, FBT002 - a flag of the drawing
    if (block := as_block(layer)) is not None:
        return _block(block, palette, highlighted)
    return _box(list(layer_text(layer)), palette, fill=palette.mark if highlighted else palette.paper)


def _block(block: Block, palette: Palette, highlighted: bool) -> Part:  # noqa: FBT001
    """Return the branches of a block in a frame, between what they share and what joins them."""
    branches, joint = [_branch(branch, palette) for branch in block.branches], _box([block.kind], palette, fill="none")
    inner = beside(branches, APART)
    width, top, low = inner.width + 2 * PADDING, PADDING + GAP, 2 * PADDING + GAP + inner.height
    height = low + GAP + joint.height + PADDING
    fill = palette.mark if highlighted else "none"
    frame = element("rect", width=width, height=height, rx=6, fill=fill, stroke=palette.soft, stroke_dasharray="2 3")
    group = element("g", frame, _line(width / 2, 0, width / 2, PADDING, palette))
    middles, x = [], float(PADDING)
    for branch in branches:
        middles.append(x + branch.width / 2)
        group.extend(_arrow(middles[-1], PADDING, palette))
        group.append(_line(middles[-1], top + branch.height, middles[-1], low, palette))
        x += branch.width + APART
    group.extend(_line(middles[0], y, middles[-1], y, palette) for y in (PADDING, low))
    group.extend(_arrow(width / 2, low, palette))
    group.append(element("g", inner.element, transform=f"translate({PADDING} {top})"))
    group.append(element("g", joint.element, transform=f"translate({(width - joint.width) / 2:g} {low + GAP:g})"))
    return Part(group, width, height)


def _branch(branch: Branch, palette: Palette) -> Part:
    if not branch:
        return _box(["x"], palette, fill="none")
    return _column([_layer(layer, palette) for layer in branch], palette)


def _box(lines: list[str], palette: Palette, *, fill: str) -> Part:
    """Return a box: what it is in bold, then lines of numbers, which are aligned."""
    wide = max(width_of(lines[0], 13), *(width_of(line, 12) for line in lines))
    width, height = max(60.0, 2 * PADDING + wide), LINE * len(lines) + PADDING
    group = element("g", element("rect", width=width, height=height, rx=5, fill=fill, stroke=palette.ink))
    for row, line in enumerate(lines):
        font = {"font_family": MONO, "size": 11} if row else {"font_weight": "bold", "size": 12}
        y = PADDING / 2 + LINE * (row + 0.5)
        group.append(words(line, width / 2, y, palette.ink, anchor="middle", **font))  # type: ignore[arg-type]
    return Part(group, width, height)


def _column(parts: list[Part], palette: Palette) -> Part:
    """Return parts below each other, centred, with an arrow from each to the next."""
    width, y = max(part.width for part in parts), 0.0
    group = element("g")
    for place, part in enumerate(parts):
        if place:
            group.extend(_arrow(width / 2, y, palette))
            y += GAP
        group.append(element("g", part.element, transform=f"translate({(width - part.width) / 2:g} {y:g})"))
        y += part.height
    return Part(group, width, y)


def _arrow(x: float, y: float, palette: Palette) -> list[Element]:
    tip = f"{x - 4:g},{y + GAP - 6:g} {x + 4:g},{y + GAP - 6:g} {x:g},{y + GAP:g}"
    return [_line(x, y, x, y + GAP - 4, palette), element("polygon", points=tip, fill=palette.ink)]


def _line(x: float, y: float, to_x: float, to_y: float, palette: Palette) -> Element:
    return element("line", x1=x, y1=y, x2=to_x, y2=to_y, stroke=palette.ink)
