"""``python -m benchmarks.scoreboard``: certify what there is, on the default families, and write docs/scoreboard.*."""

import sys
from pathlib import Path

from axiomcheck.axioms import AXIOMS
from axiomcheck.commands.progress import watching
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.engine.runners import InWorkers, preloaded
from axiomcheck.engine.runtime.child import Limits, memory_share
from axiomcheck.explainers import CATALOGUE
from axiomcheck.explainers.libraries.captum.methods import input_methods
from axiomcheck.explainers.libraries.shap.names import KINDS
from axiomcheck.reports.html import as_html
from axiomcheck.reports.json import as_json
from axiomcheck.reports.markdown import as_markdown

from .cross_examining import cross_examined

DOCS = Path(__file__).parents[1] / "docs"
RULES = ("GammaRule", "Alpha1_Beta0_Rule")
ZENNIT = (
    *("Gradient", "IntegratedGradients", "SmoothGrad"),
    *("EpsilonPlus", "EpsilonPlusFlat", "EpsilonGammaBox", "EpsilonAlpha2Beta1", "EpsilonAlpha2Beta1Flat"),
    *("BetaSmooth", "DeconvNet", "ExcitationBackprop", "GuidedBackprop"),
)
TIMEOUT = 30.0
"""Seconds for a cell; the cases that were due then are counted in it."""
SLOW = ("FeaturePermutation", "Lime", "KernelShap", "ShapleyValues")
"""Methods of Captum that take minutes for each cell, and are left out."""


def explainers() -> list[str]:
    """Return the names of all that is certified."""
    captum = [f"captum:{name}" for name in sorted(input_methods()) if name not in SLOW]
    captum += [f"captum:LRP:rule={rule}" for rule in RULES]
    return [*CATALOGUE, *captum, *(f"zennit:{name}" for name in ZENNIT), *(f"shap:{name}" for name in KINDS)]


def main(examples: int, jobs: int) -> None:
    """Write the scoreboard as Markdown, as a page and as a certificate.

    What convicts one explainer is shown to all others.
    """
    axioms = [name for name, axiom in AXIOMS.items() if axiom.group == "tutorial"]
    budget = Budget(examples, timeout=TIMEOUT)
    campaign = Campaign.of(explainers(), axioms, None, budget)
    limits = Limits(TIMEOUT, memory_share(jobs))
    with watching(campaign.steps(with_scope=False), jobs) as watch:
        judged = campaign.run(InWorkers(jobs, limits, preloaded(campaign.explainers)), watch)
    certificate = cross_examined(judged, budget, lambda: None)
    forms = {"md": as_markdown(certificate), "html": as_html(certificate), "json": as_json(certificate)}
    for suffix, text in forms.items():
        path = DOCS / f"scoreboard.{suffix}"
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], "60", "2")[:2]))
