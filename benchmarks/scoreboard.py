"""``python -m benchmarks.scoreboard``: certify what there is, and write docs/scoreboard.*.

Cells are kept in ``build/scoreboard`` as they are judged: the same command goes on where it was interrupted.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.campaign import DEFAULT_FAMILIES, Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.explainers import CATALOGUE
from axiomcheck.explainers.libraries.captum.methods import input_methods
from axiomcheck.explainers.libraries.lxt.method import WAYS
from axiomcheck.explainers.libraries.shap.names import KINDS
from axiomcheck.reports.html import as_html
from axiomcheck.reports.json import as_json
from axiomcheck.reports.markdown import as_markdown
from axiomcheck.results.certificate import Certificate

from .cross_examining import cross_examined
from .resuming import resumed

ROOT = Path(__file__).parents[1]
DOCS, CELLS = ROOT / "docs", ROOT / "build" / "scoreboard"
FAMILIES = (*DEFAULT_FAMILIES, "smooth", "attention")
RULES = ("GammaRule", "Alpha1_Beta0_Rule")
ZENNIT = (
    *("Gradient", "IntegratedGradients", "SmoothGrad"),
    *("EpsilonPlus", "EpsilonPlusFlat", "EpsilonGammaBox", "EpsilonAlpha2Beta1", "EpsilonAlpha2Beta1Flat"),
    *("BetaSmooth", "DeconvNet", "ExcitationBackprop", "GuidedBackprop"),
)
ABOUT = {
    "subject": "the scoreboard: what methods of axiomcheck, Captum, Zennit, SHAP and LXT keep of the tutorial's axioms",
    "author": "axiomcheck, by make scoreboard",
}
TIMEOUT = 5.0
"""Seconds of the processor for a cell; the cases that were due then are counted in it."""
TRIALS = 200
"""Cases that shrinking may try: the simplest counterexample to one explainer is shown to the others anyway."""
SLOW = ("FeaturePermutation", "Lime", "KernelShap", "ShapleyValues")
"""Methods of Captum that take minutes for each cell, and are left out."""


def explainers() -> list[str]:
    """Return the names of all that is certified."""
    captum = [f"captum:{name}" for name in sorted(input_methods()) if name not in SLOW]
    captum += [f"captum:LRP:rule={rule}" for rule in RULES]
    zennit, shap, lxt = (
        [f"{home}:{name}" for name in names] for home, names in (("zennit", ZENNIT), ("shap", KINDS), ("lxt", WAYS))
    )
    return [*CATALOGUE, *captum, *zennit, *shap, *lxt]


def main(examples: int) -> None:
    """Judge, show what convicts one explainer to all others, and write the scoreboard."""
    axioms = [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    budget = Budget(examples, timeout=TIMEOUT, timed="processor", trials=TRIALS)
    judged = resumed(Campaign.of(explainers(), axioms, FAMILIES, budget), CELLS)
    date = datetime.now(UTC).date().isoformat()
    write(replace(cross_examined(judged, budget, lambda: None), about=ABOUT | {"date": date}))


def write(certificate: Certificate) -> None:
    """Write the scoreboard as Markdown, as a page and as a certificate; each cell has one counterexample."""
    certificate = replace(certificate, cells=tuple(replace(cell, further=()) for cell in certificate.cells))
    forms = {"md": as_markdown(certificate), "html": as_html(certificate), "json": as_json(certificate)}
    for suffix, text in forms.items():
        path = DOCS / f"scoreboard.{suffix}"
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
