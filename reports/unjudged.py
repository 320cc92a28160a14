"""Explainers that were judged nowhere, and for one reason, as where a library is missing: told once, not by cell."""

from ..results.certificate import Certificate


def unjudged(certificate: Certificate) -> dict[str, tuple[str, ...]]:
    """Return for each such reason the explainers.

    >>> from axiomcheck.results.certificate import Cell, Environment
    >>> absent = [Cell("b:X", axiom, "biased", "unsupported", "b is missing") for axiom in ("symmetry", "linearity")]
    >>> some = [Cell("a", "symmetry", "biased", "holds", ""), Cell("a", "linearity", "biased", "unsupported", "no")]
    >>> unjudged(Certificate(Environment({}, "", "float64", 60, ""), 0, (*absent, *some)))
    {'b is missing': ('b:X',)}
    """
    reasons: dict[str, set[str | None]] = {}
    for cell in certificate.cells:
        reasons.setdefault(cell.explainer, set()).add(cell.reason if cell.verdict == "unsupported" else None)
    groups: dict[str, tuple[str, ...]] = {}
    for explainer, (reason, *others) in reasons.items():
        if reason is not None and not others:
            groups[reason] = (*groups.get(reason, ()), explainer)
    return groups
