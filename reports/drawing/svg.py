"""SVG elements, built as a tree: the library that writes it escapes what users named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

Element = ET.Element
SPACE = "http://www.w3.org/2000/svg"
SIZE, NARROW = 13, 0.56
"""Of text: its height in pixels, and about how wide a letter is, as a share of that."""
LARGEST = 1200
"""Width of a drawing, in pixels; wider ones are shrunk."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


@dataclass(frozen=True)
class Palette:
    """The colours of a drawing. Blue and red are told apart by all kinds of eyes, and by dashes in grey."""

    ink: str = "#1c1e21"
    soft: str = "#5a6068"
    line: str = "#c9ced4"
    paper: str = "#ffffff"
    mark: str = "#fff3c4"
    positive: str = "#b2182b"
    negative: str = "#2166ac"
    series: tuple[str, ...] = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#7a5195", "#5a6068")


PRINTED = Palette()
INLINE = Palette(
    ink="currentColor",
    soft="var(--soft, #5a6068)",
    line="var(--line, #c9ced4)",
    paper="var(--paper, #ffffff)",
    mark="var(--mark, #fff3c4)",
    positive="var(--positive, #b2182b)",
    negative="var(--negative, #2166ac)",
)
"""For pages, whose style sets the colours of the light and of the dark."""


@dataclass(frozen=True)
class Part:
    """A piece of a drawing and how large it is, in pixels; its corner is at (0, 0)."""

    element: Element
    width: float
    height: float


def element(tag: str, *children: Element, text: str = "", **attributes: object) -> Element:
    """Return an element; ``stroke_width=2`` is the attribute ``stroke-width="2"``.

    >>> ET.tostring(element("text", text="a < b", font_size=12))
    b'<text font-size="12">a &lt; b</text>'
    """
    node = ET.Element(
        tag, {name.rstrip("_").replace("_", "-"): _attribute(value) for name, value in attributes.items()}
    )
    node.text = _clean(text) or None
    node.extend(children)
    return node


def _attribute(value: object) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else _clean(str(value))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


NOTHING = Part(element("g"), 0, 0)
"""What takes no room."""


def words(
    text: str, x: float, y: float, fill: str, *, anchor: str = "start", size: int = SIZE, **more: object
) -> Element:
    """Return one line of text with its middle at the height ``y``."""
    return element(
        "text", text=text, x=x, y=y, fill=fill, text_anchor=anchor, font_size=size, dominant_baseline="central", **more
    )


def width_of(text: str, size: int = SIZE) -> float:
    """Return about how wide a line of text is."""
    return NARROW * size * len(text)


def beside(parts: Iterable[Part], gap: float = 28) -> Part:
    """Return parts next to each other."""
    visible = [part for part in parts if part.width]
    group, x = element("g"), 0.0
    for part in visible:
        group.append(element("g", part.element, transform=f"translate({x:g} 0)"))
        x += part.width + gap
    return Part(group, max(x - gap, 0), max((part.height for part in visible), default=0))


def stacked(parts: Iterable[Part], gap: float = 18) -> Part:
    """Return parts below each other."""
    visible = [part for part in parts if part.height]
    group, y = element("g"), 0.0
    for part in visible:
        group.append(element("g", part.element, transform=f"translate(0 {y:g})"))
        y += part.height + gap
    return Part(group, max((part.width for part in visible), default=0), max(y - gap, 0))


def paragraph(text: str, width: float, fill: str, *, size: int = SIZE, weight: str = "normal") -> Part:
    """Return text in as many lines as it needs."""
    from textwrap import wrap

    columns = max(int(width / (NARROW * size)), 10)
    lines = [line for block in text.splitlines() or [""] for line in wrap(block, columns) or [""]]
    group = element("g", font_weight=weight)
    group.extend(words(line, 0, (number + 0.5) * 1.45 * size, fill, size=size) for number, line in enumerate(lines))
    return Part(group, max(width_of(line, size) for line in lines), 1.45 * size * len(lines))


def document(part: Part, title: str, description: str, *, inline: bool) -> str:
    """Return a whole SVG: for a page, or for a file with a background and an XML header of its own."""
    margin = 4 if inline else 16
    width, height = part.width + 2 * margin, part.height + 2 * margin
    scale = min(1.0, LARGEST / width)
    root = element(
        "svg",
        element("title", text=title),
        element("desc", text=description),
        xmlns=SPACE,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{scale * width:.0f}",
        height=f"{scale * height:.0f}",
        role="img",
        aria_label=title,
        font_family="Helvetica, Arial, sans-serif",
    )
    if inline:
        root.set("style", "max-width: 100%; height: auto")
    else:
        root.append(element("rect", width="100%", height="100%", fill=PRINTED.paper))
    root.append(element("g", part.element, transform=f"translate({margin} {margin})"))
    text = ET.tostring(root, encoding="unicode")
    return text if inline else f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def number(value: float) -> str:
    """Return a number as a picture writes it.

    >>> number(-0.5), number(2.0), number(1 / 3), number(-0.0)
    ('-0.5', '2', '0.333333', '0')
    """
    return f"{value + 0.0:g}".replace("e-0", "e-").replace("e+0", "e")


def exact(value: float) -> str:
    """Return a number of a network with all its digits.

    >>> exact(-0.5), exact(2.0), exact(633.015625), exact(-0.0), exact(2.0**-30)
    ('-0.5', '2', '633.015625', '0', '9.313225746154785e-10')
    """
    return repr(float(value) + 0.0).removesuffix(".0").replace("e-0", "e-").replace("e+0", "e")
