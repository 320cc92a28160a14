"""The page of a certificate of 40 explainers, 12 axioms and 6 families, against its JSON alone."""

from axiomcheck.reports.html import as_html
from axiomcheck.reports.json import as_json
from tests.reports.page.large import hunted, large

from .timing import Row, side_by_side


def rows() -> list[Row]:
    certificate = large(hunted())
    times = side_by_side(lambda: as_html(certificate), lambda: as_json(certificate), rounds=3, items=1)
    page, data = len(as_html(certificate).encode()), len(as_json(certificate).encode())
    found = {(cell.counterexample.case, cell.reason) for cell in certificate.cells if cell.counterexample}
    remark = f"{page / 1e6:.1f} MB / {data / 1e6:.1f} MB, {len(certificate.cells)} cells, {len(found)} counterexamples"
    return [Row("write a large certificate: the page / JSON", *times, remark)]
