"""The HTML forms: one page that needs nothing but itself, and the matrix alone for a notebook."""

from collections import Counter
from functools import cache
from html import escape
from typing import Any

from markupsafe import Markup

from ..axioms import AXIOMS
from ..models.name import is_model
from ..results.certificate import Certificate
from .drawing import ANIMATION_SCRIPT, ANIMATION_STYLE
from .drawn import drawn
from .evidence import counts, tolerances
from .family_words import description, label, place
from .groups import grouped
from .matrix import MARKS, WORDS, look_of, notes_of, share_of
from .methods import methods
from .page.measurements import bar, measurements
from .page.panels import panels
from .page.summary import summary
from .rounded import percent, rounded

TEXT = "\N{VARIATION SELECTOR-15}"
"""Behind a sign: it is no emoji."""


def as_html(certificate: Certificate, since: Certificate | None = None) -> str:
    """Return the page, with what has changed ``since`` another one. Everything that comes from a user is escaped."""
    return _rendered(
        "certificate.html",
        certificate,
        sha256=certificate.as_data()["sha256"],
        families={family: description(family) for family in certificate.families},
        sections=list(summary(certificate, since)),
        methods=list(methods(certificate)),
        models=len(certificate.families) == 1 and is_model(certificate.families[0]),
        panels=list(panels(certificate)),
        measurements=list(measurements(certificate)),
        bar=bar,
        counts=counts(certificate),
        drawn=list(drawn(certificate)),
        tolerances=tolerances(certificate),
        moving_style=ANIMATION_STYLE,
        moving_script=ANIMATION_SCRIPT,
    )


def matrix_html(certificate: Certificate) -> str:
    """Return the matrix, its legend and its limits, as a fragment for a notebook."""
    return _rendered("page/notebook.html", certificate)


def _rendered(template: str, certificate: Certificate, **more: object) -> str:
    groups = grouped(certificate.axioms)
    numbers = Counter(map(look_of, certificate.cells))
    page: str = (
        _environment()
        .get_template(template)
        .render(
            certificate=certificate,
            cells={cell.key: cell for cell in certificate.cells},
            groups={heading: {name: AXIOMS[name] for name in names} for heading, names in groups.items()},
            column={axiom: number for number, axiom in enumerate(certificate.axioms, 1)},
            marks={look: mark + TEXT for look, (mark, _) in MARKS.items()},
            looks={look: (numbers[look], WORDS.get(look, look)) for look in MARKS if numbers[look]},
            notes=notes_of(certificate),
            look_of=look_of,
            share_of=share_of,
            limits=certificate.limits,
            **more,
        )
    )
    return page


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("axiomcheck.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["words"] = lambda name: name.replace("_", " ")
    environment.filters["plain"] = _plain
    environment.filters["label"] = label
    environment.filters["place"] = place
    environment.filters["rounded"] = rounded
    environment.filters["percent"] = percent
    return environment


def _plain(text: str) -> Markup:
    """Return a text between tags, where quotes may stay quotes."""
    return Markup(escape(text, quote=False))  # noqa: S704 - it is escaped here
