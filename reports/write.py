"""Where a certificate is written."""

import os
from pathlib import Path
from typing import Literal

from ..networks.errors import AxiomcheckError
from ..results.certificate import Certificate
from ..results.counterexample import Counterexample
from .html import as_html
from .json import as_json, counterexample_as_json


def ready(folder: Path) -> Path:
    """Make ``folder`` before the work begins, so that nothing is lost at its end."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AxiomcheckError(f"cannot write to {str(folder)!r}: {error.strerror}") from error
    return folder


def write_certificate(certificate: Certificate, folder: Path, since: Certificate | None = None) -> list[Path]:
    """Write ``certificate.json`` and ``certificate.html`` to ``folder`` and return their paths.

    The page says what has changed ``since`` another certificate.
    """
    forms = {"certificate.json": as_json(certificate), "certificate.html": as_html(certificate, since)}
    for name, text in forms.items():
        write_text(text, folder / name)
    return [folder / name for name in forms]


def write_counterexample(counterexample: Counterexample, path: Path) -> None:
    """Write a counterexample to a file, in folders that are made if need be."""
    write_text(counterexample_as_json(counterexample), path)


def write_text(text: str, path: Path, mode: Literal["w", "x"] = "w") -> None:
    """Write a file, in folders that are made if need be; ``AxiomcheckError`` if that cannot be.

    It is there whole or not at all: what cannot be written to the end does not take the place of what is there.
    With mode ``x`` it must be a new one: ``FileExistsError`` if it is not. Half a surrogate pair, which UTF-8 has not,
    is escaped as JSON does it.
    """
    ready(path.parent)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if mode == "x":
            path.hardlink_to(part)
        else:
            part.replace(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise AxiomcheckError(f"cannot write {str(path)!r}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
