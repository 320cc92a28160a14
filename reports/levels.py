"""The levels of conformance that explainers reach, and how they stand to each clause, as Markdown."""

from collections.abc import Iterator

from ..results.certificate import Certificate
from ..results.conformance import CLAUSES, EFFECTIVE, conformance
from .markdown import escaped

MARKS = {"passed": "✔", "failed": "✘", "open": "?"}


def as_levels(certificate: Certificate) -> str:
    """Return a table of clauses and explainers, and why clauses are not passed."""
    return "\n".join(_lines(certificate)) + "\n"


def _lines(certificate: Certificate) -> Iterator[str]:
    every = conformance(certificate)
    yield from ("# Conformance", "")
    yield from (f"- **{escaped(one.explainer)}**: {of_level(one.level)}" for one in every)
    yield from ("", f"| clause | axiom | families | {' | '.join(escaped(one.explainer) for one in every)} |")
    yield "|---|---|---|" + ":-:|" * len(every)
    for number, clause in enumerate(CLAUSES):
        marks = " | ".join(MARKS[one.findings[number].standing] for one in every)
        yield f"| {clause.number} | {clause.axiom.replace('_', ' ')} | {', '.join(clause.families)} | {marks} |"
    yield from ("", f"✔ holds on at least {EFFECTIVE} effective cases in each family · ✘ fails · ? open", "")
    for one in every:
        for found in one.findings:
            if found.standing != "passed":
                yield f"- {escaped(one.explainer)}, {found.clause.number}: {escaped(found.reason)}"
    yield from ("", escaped(certificate.limits), "", f"sha256 `{certificate.as_data()['sha256']}`")


def of_level(level: str) -> str:
    """Return a level in words.

    >>> of_level("B"), of_level("")
    ('level B', 'no level')
    """
    return f"level {level}" if level else "no level"
