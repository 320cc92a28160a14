"""The HTML form: one page that needs nothing but itself."""

from ..axioms import AXIOMS
from ..networks.family import DESCRIPTIONS
from .basis import counts, figures, of_cell, tolerances
from .certificate import LIMITS, Certificate
from .grouping import grouped
from .matrix import MARKS


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
    groups = grouped(certificate.axioms)
    return environment.get_template("certificate.html").render(
        certificate=certificate,
        sha256=certificate.as_data()["sha256"],
        groups={heading: {name: AXIOMS[name] for name in names} for heading, names in groups.items()},
        families={family: DESCRIPTIONS.get(family, "") for family in certificate.families},
        cells=cells,
        marks={verdict: mark for verdict, (mark, _) in MARKS.items()},
        limits=LIMITS,
        basis={cell.key: list(of_cell(cell, certificate)) for cell in certificate.cells},
        figures={cell.key: list(figures(cell)) for cell in certificate.cells},
        counts=counts(certificate),
        tolerances=tolerances(certificate),
    )
