"""A badge that says which level of conformance is reached: as SVG, or as JSON for shields.io."""

import json

from ..results.certificate import Certificate
from ..results.conformance import LEVELS, conformance
from .levels import of_level

LABEL = "axiomcheck"
COLOURS = {"": "#6a737d", "A": "#8a6d00", "B": "#3b7a00", "C": "#0b7a3b"}
LETTER = 7
"""The width of a letter in pixels, about; the text is stretched to the width that is left for it."""


def level_of(certificate: Certificate) -> str:
    """Return the level that all explainers of a certificate reach; nothing if one reaches none, or there is none."""
    return min((one.level for one in conformance(certificate)), key=("", *LEVELS).index, default="")


def as_badge(certificate: Certificate) -> str:
    """Return the badge as SVG, which loads nothing."""
    level = level_of(certificate)
    message = of_level(level)
    left, right = (LETTER * len(text) + 10 for text in (LABEL, message))
    texts = "".join(
        f'<text x="{middle}" y="14" textLength="{LETTER * len(text)}">{text}</text>'
        for text, middle in ((LABEL, left / 2), (message, left + right / 2))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img"'
        f' aria-label="{LABEL}: {message}"><title>{LABEL}: {message}</title>'
        f'<rect width="{left}" height="20" fill="#555"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{COLOURS[level]}"/>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">{texts}</g>'
        "</svg>\n"
    )


def as_shields(certificate: Certificate) -> str:
    """Return what an endpoint badge of shields.io reads: https://shields.io/badges/endpoint-badge."""
    level = level_of(certificate)
    badge = {"schemaVersion": 1, "label": LABEL, "message": of_level(level), "color": COLOURS[level]}
    return json.dumps(badge) + "\n"
