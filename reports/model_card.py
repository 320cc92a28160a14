"""A block of Markdown for the model card of what was explained, or of a library."""

from ..results.certificate import Certificate
from .family_words import label
from .matrix import MARKS, look_of
from .page.summary import summary


def as_model_card(certificate: Certificate) -> str:
    """Return a section ``Explanations``: what holds, what fails, and what that rests on."""
    versions = ", ".join(f"{name} {version}" for name, version in certificate.environment.versions.items())
    lines = ["## Explanations", ""]
    lines += [f"- **{_plain(name)}**: {_plain(text)}" for name, text in certificate.about.items()]
    lines += ["", f"| explainer | {' | '.join(axiom.replace('_', ' ') for axiom in certificate.axioms)} |"]
    lines += ["|---" * (len(certificate.axioms) + 1) + "|"]
    cells = {cell.key: cell for cell in certificate.cells}
    for explainer in certificate.explainers:
        row = [
            [cells.get((explainer, axiom, family)) for family in certificate.families] for axiom in certificate.axioms
        ]
        marks = ("".join(MARKS[look_of(cell)][0] if cell else " " for cell in of_axiom) for of_axiom in row)
        lines.append(f"| {_plain(explainer)} | {' | '.join(marks)} |")
    lines += [
        "",
        f"Families, in this order: {'; '.join(_plain(label(family)) for family in certificate.families)}.",
        "",
    ]
    for section in summary(certificate):
        lines.append(f"**{section.heading}**: {'; '.join(_plain(name) for name, _ in section.lines)}.")
    lines += ["", certificate.limits, "", f"Judged with {versions}; seed {certificate.seed}."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return a text that is no markup of Markdown, in one line."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
