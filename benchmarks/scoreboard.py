"""``python -m benchmarks.scoreboard``: certify what there is, and write docs/scoreboard.*.

Cells are kept in ``build/scoreboard`` as they are judged: the same command goes on where it was interrupted.
"""

import sys
from pathlib import Path

from axiomcheck.axioms import AXIOMS
from axiomcheck.commands.progress import watching
from axiomcheck.engine.campaign import DEFAULT_FAMILIES, Campaign
from axiomcheck.engine.journal import Journal
from axiomcheck.engine.question import Budget
from axiomcheck.explainers import CATALOGUE
from axiomcheck.explainers.libraries.captum.methods import input_methods
from axiomcheck.explainers.libraries.lxt.method import WAYS
from axiomcheck.explainers.libraries.shap.names import KINDS
from axiomcheck.reports.html import as_html
from axiomcheck.reports.json import as_json
from axiomcheck.reports.markdown import as_markdown
from axiomcheck.results.certificate import Cell, Certificate

from .cross_examining import cross_examined

ROOT = Path(__file__).parents[1]
DOCS, CELLS = ROOT / "docs", ROOT / "build" / "scoreboard"
FAMILIES = (*DEFAULT_FAMILIES, "smooth", "attention")
RULES = ("GammaRule", "Alpha1_Beta0_Rule")
ZENNIT = (
    *("Gradient", "IntegratedGradients", "SmoothGrad"),
    *("EpsilonPlus", "EpsilonPlusFlat", "EpsilonGammaBox", "EpsilonAlpha2Beta1", "EpsilonAlpha2Beta1Flat"),
    *("BetaSmooth", "DeconvNet", "ExcitationBackprop", "GuidedBackprop"),
)
TIMEOUT = 5.0
"""Seconds of the processor for a cell, whatever else the machine does; the cases that were due then are counted in it."""
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


def judged(campaign: Campaign) -> Certificate:
    """Judge the cells that are not kept, in this process: explainers that meet the same cases share what is known."""
    CELLS.mkdir(parents=True, exist_ok=True)
    journal, known = Journal.resume(CELLS, campaign.header)
    wanted = {question.key for question in campaign.questions}
    settled = {key: cell for key, cell in known.items() if key in wanted}
    with watching(campaign.steps(with_scope=False), 1) as watch:

        def on_cell(cell: Cell) -> None:
            if cell.key not in settled:
                journal.add(cell)
            watch(cell)

        return campaign.run(on_cell=on_cell, known=settled)


def main(examples: int) -> None:
    """Write the scoreboard as Markdown, as a page and as a certificate.

    What convicts one explainer is shown to all others.
    """
    axioms = [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    budget = Budget(examples, timeout=TIMEOUT, timed="processor")
    certificate = cross_examined(judged(Campaign.of(explainers(), axioms, FAMILIES, budget)), budget, lambda: None)
    forms = {"md": as_markdown(certificate), "html": as_html(certificate), "json": as_json(certificate)}
    for suffix, text in forms.items():
        path = DOCS / f"scoreboard.{suffix}"
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
