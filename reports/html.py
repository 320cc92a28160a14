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
        axioms={name: axiom for name, axiom in AXIOMS.items() if any(key[1] == name for key in cells)},
        families={family: DESCRIPTIONS.get(family, "") for family in dict.fromkeys(key[2] for key in cells)},
        cells=cells,
        marks={verdict: mark for verdict, (mark, _) in MARKS.items()},
        limits=LIMITS,
    )
