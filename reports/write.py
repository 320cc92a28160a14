"""Where a certificate is written."""

from pathlib import Path

from ..networks.errors import AxiomcheckError
from .certificate import Certificate
from .html import as_html
from .json import as_json


def ready(folder: Path) -> Path:
    """Make ``folder`` before the work begins, so that nothing is lost at its end."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AxiomcheckError(f"cannot write to {str(folder)!r}: {error.strerror}") from error
    return folder


def write_certificate(certificate: Certificate, folder: Path) -> list[Path]:
    """Write ``certificate.json`` and ``certificate.html`` to ``folder`` and return their paths."""
    forms = {"certificate.json": as_json(certificate), "certificate.html": as_html(certificate)}
    for name, text in forms.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in forms]
