"""The HTML form: one page that needs nothing but itself."""

from ..axioms import AXIOMS
from ..networks.family import DESCRIPTIONS
from .certificate import LIMITS, Certificate
from .terminal import MARKS


def as_html(certificate: Certificate) -> str:
    """Return the page. Everything that comes from a user is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("axiomcheck.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cells = {cell.key: cell for cell in certificate.cells}
    return environment.get_template("certificate.html").render(
        certificate=certificate,
        sha256=certificate.as_data()["sha256"],
        axioms={name: AXIOMS[name] for name in certificate.axioms},
        families={family: DESCRIPTIONS.get(family, "") for family in certificate.families},
        cells=cells,
        marks={verdict: mark for verdict, (mark, _) in MARKS.items()},
        limits=LIMITS,
    )
