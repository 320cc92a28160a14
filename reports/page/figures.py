"""Drawings within a page: small, and each of them once."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markupsafe import Markup

from ...results.counterexample import Counterexample
from ..drawing import animation
from ..drawing.picture import _networks, _notes, _scores
from ..drawing.svg import INLINE, Element, Part

USUAL = {
    "text": {
        "dominant-baseline": "central",
        "text-anchor": "start",
        "font-size": "13",
        "font-weight": "normal",
        "fill": "currentColor",
        "paint-order": "stroke",
        "stroke-linejoin": "round",
    },
    "circle": {"fill": INLINE.paper, "stroke": "currentColor"},
    "line": {"stroke": "currentColor"},
    "g": {"transform": "translate(0 0)", "font-weight": "normal"},
}
"""Attributes that the style of the page gives to all elements of a name, so that no drawing repeats them."""
MARGIN, DIGITS = 4, 6
"""Pixels around a drawing; and of numbers that move, which are written with fewer."""


class Drawings:
    """The drawings of one page. Of two that are equal, the second refers to the first."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, counterexample: Counterexample) -> Iterator[Markup]:
        """Yield the network, or both of two, the scores, and what the signs say, as SVG each."""
        names = "both networks" if len(counterexample.case.networks) == 2 else "the network"
        parts = {
            names: _networks(counterexample, INLINE),
            "the scores": _scores(counterexample, INLINE),
            "signs": _notes(counterexample, INLINE),
        }
        for name, part in parts.items():
            if part.width and part.height:
                yield self.once(name, part)

    def once(self, name: str, part: Part) -> Markup:
        """Return a part of a drawing as SVG, or a reference to the same one before."""
        inner = short("".join(ET.tostring(element, encoding="unicode") for element in slim(part.element)))
        first = inner not in self.known
        number = self.known.setdefault(inner, f"d{len(self.known)}")
        reference = f'<g id="{number}" class="drawn">{inner}</g>' if first else f'<use href="#{number}"/>'
        width, height = part.width + 2 * MARGIN, part.height + 2 * MARGIN
        box = f'viewBox="-{MARGIN} -{MARGIN} {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
        return Markup(f'<svg {box} role="img" aria-label="{name}">{reference}</svg>')  # noqa: S704 - a tree wrote it


def slim(element: Element) -> list[Element]:
    """Return an element without what the page's style says anyway: itself, or its children if nothing else is left.

    >>> [ET.tostring(part) for part in slim(ET.XML('<g><g transform="translate(0 0)"><rect x="1" /></g></g>'))]
    [b'<rect x="1" />']
    """
    usual = USUAL.get(element.tag, {})
    names = (name for name, value in element.attrib.items() if value != usual.get(name))
    attributes = {name: element.attrib[name] for name in names if not name.startswith(("class", "data-"))}
    children = [part for child in element for part in slim(child)]
    if element.tag == "g" and not attributes:
        return children
    copy = ET.Element(element.tag, attributes)
    copy.text = element.text
    copy.extend(children)
    return [copy]


def moving(counterexample: Counterexample) -> Markup:
    """Return what moves along the path of a counterexample; "" without one."""
    text = re.sub(r"<text [^>]*>", lambda tag: _without(tag[0]), short(animation(counterexample)))
    text = re.sub(r"-?\d+\.\d{6,}(e-?\d+)?", lambda number: f"{float(number[0]):.{DIGITS}g}", text)
    return Markup(f'<div class="drawn">{text}</div>' if text else "")  # noqa: S704 - its own builder escapes


def _without(tag: str) -> str:
    for name, value in USUAL["text"].items():
        tag = tag.replace(f' {name}="{value}"', "")
    return tag


def short(text: str) -> str:
    """Return a text with colours without what they are on pages that do not set them: this one does.

    >>> short('fill="var(--soft, #5a6068)"')
    'fill="var(--soft)"'
    """
    return re.sub(r"var\((--\w+), #\w+\)", r"var(\1)", text)
