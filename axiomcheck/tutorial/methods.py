"""Slides 4–12: LRP, deep Taylor, where they are one method, and how a parameter is chosen."""

from ..engine.campaign import Campaign
from ..engine.question import Budget
from ..engine.sweep import Sweep
from ..reports.selection import Selection, rate
from .search import TUTORIAL, Answer, answer, difference
from .slide import Chart, Slide

RULES = ("lrp-0", "lrp-epsilon", "lrp-gamma", "lrp-alpha-beta", "lrp-z-plus")
ROOTS = ("nearest", "rescaled-activations", "rescaled-excitations", "generalized")
GENERALIZED = "deep-taylor:root='generalized',gamma=1"
SWEEP = "gamma=0,0.1,0.25,1"


def lrp() -> Slide:
    """LRP as rules, each asked whether what arrives is what was sent."""
    answers = {rule: answer(rule, "conservation", "bias-free") for rule in RULES}
    keeps = [rule for rule, one in answers.items() if one.counterexample is None]
    loses = [rule for rule, one in answers.items() if one.counterexample is not None]
    table = (("rule", "conservation, without biases"), *((rule, one.sentence) for rule, one in answers.items()))
    sentences = (
        f"Without biases all that was sent arrives by {', '.join(keeps) or 'none'}.",
        f"Something is lost or gained by {', '.join(loses)}, each shown on the smallest network that was found.",
    )
    return Slide(
        "4",
        "LRP propagates the output back to the input",
        "Layer-wise relevance propagation shares the output out among the inputs, layer by layer (Bach et al. 2015).",
        "axiomcheck hunt lrp-epsilon conservation --family bias-free",
        sentences,
        "lrp-0" in keeps and "lrp-epsilon" in loses,
        table,
        counterexamples=tuple(one.counterexample for one in answers.values() if one.counterexample)[:1],
    )


def roots() -> Slide:
    """Compare the root points of deep Taylor, options of one explainer."""
    names = {root: f"deep-taylor:root='{root}'" for root in ROOTS}
    axioms = ("conservation", "continuity")
    answers = {(root, axiom): answer(name, axiom, "deep-taylor") for root, name in names.items() for axiom in axioms}
    rows = tuple((root, *(answers[root, axiom].sentence for axiom in axioms)) for root in ROOTS)
    failing = {root for (root, _), one in answers.items() if one.counterexample}
    shown = [one.counterexample for one in answers.values() if one.counterexample]
    sentences = (
        "The root point is an option of one explainer, and decides what the relevance does.",
        (
            "On networks with biases of at most 0, a ReLU behind every layer and inputs of at least 0, "
            f"{len(ROOTS) - len(failing)} of {len(ROOTS)} root points kept both axioms; one of the two was lost by "
            f"{', '.join(sorted(failing)) or 'none'}."
        ),
    )
    return Slide(
        "5–7",
        "Deep Taylor: one expansion, several root points",
        "Relevance is redistributed by a Taylor expansion at a root point: the nearest, rescaled activations or "
        "excitations, or a generalized one with a parameter γ (Montavon et al. 2017).",
        "axiomcheck certify \"deep-taylor:root='nearest'\" --axiom conservation --family deep-taylor",
        sentences,
        "rescaled-excitations" not in failing,
        (("root point", *axioms), *rows),
        counterexamples=tuple(shown[:1]),
    )


def equivalence() -> Slide:
    """At γ = 1 the generalized rule is gradient × input; biases end that."""
    same: dict[str, Answer] = {
        "deep Taylor, γ = 1, and gradient × input, no biases": difference(
            GENERALIZED, "grad-x-input", "bias-free", generic=True
        ),
        "LRP-0 and gradient × input, any biases": difference("lrp-0", "grad-x-input", "biased", generic=True),
        "DeepLIFT from 0 and gradient × input, no biases": difference("deeplift", "grad-x-input", "bias-free"),
    }
    ended = {
        "deep Taylor, γ = 1, and gradient × input, with biases": difference(
            GENERALIZED, "grad-x-input", "biased", generic=True
        ),
        "DeepLIFT from 0 and gradient × input, with biases": difference("deeplift", "grad-x-input", "biased"),
    }
    first = next(iter(ended.values())).counterexample
    sentences = (
        "Without biases all of them are one method, off zero pre-activations, at which relevance ends by convention.",
        f"With biases they part: {first.reason}." if first else "With biases no difference was found.",
    )
    rows = tuple((name, one.sentence) for name, one in (same | ended).items())
    return Slide(
        "8–9",
        "At γ = 1, without biases, the rule is gradient × input",
        "The generalized rule becomes gradient × input; see also DeepLIFT (Shrikumar et al. 2017).",
        f'axiomcheck hunt "{GENERALIZED}" --equals grad-x-input --family biased',
        sentences,
        all(one.counterexample is None for one in same.values()) and all(one.counterexample for one in ended.values()),
        (("two methods", "are they one?"), *rows),
        counterexamples=(first,) if first else (),
    )


def selection() -> Slide:
    """Which γ is best: every value judged by every axiom."""
    sweep = Sweep.of("lrp-gamma", SWEEP)
    certificate = Campaign.of(sweep.explainers, TUTORIAL, ["deep-taylor"], Budget(80)).run()
    chosen = Selection(certificate, sweep.explainer, sweep.option, sweep.values, sweep.explainers)
    family = certificate.families[0]
    rows = tuple(
        (value, *(chosen.cells[value, axiom, family].verdict for axiom in TUTORIAL)) for value in chosen.values
    )
    series = {
        axiom.replace("_", " "): [(float(v), rate(chosen.cells[v, axiom, family]) or 0.0) for v in chosen.values]
        for axiom in TUTORIAL
    }
    kept = {value: chosen.outcome(value, family)[0] for value in chosen.values}
    best = f"No other value beats γ = {', '.join(chosen.unbeaten)} on all axioms by more than chance."
    trades = "implementation_invariance" in kept["0"] and "continuity" not in kept["0"]
    return Slide(
        "10–12",
        "Which γ is best?",
        "Try all and select by explanation quality; but how is that assessed?",
        f"axiomcheck select lrp-gamma --sweep {SWEEP} --family deep-taylor",
        (best, *chosen.sentences()),
        trades and all("continuity" in kept[value] for value in chosen.values[1:]),
        (("γ", *(axiom.replace("_", " ") for axiom in TUTORIAL)), *rows),
        (Chart("share of cases that violate each axiom", series, "γ", "share that violates"),),
    )
