"""Slides 13–14 and 25–26: properties in place of looks, and the blind spot of three of them."""

from ..axioms import AXIOMS
from .search import TUTORIAL, answer
from .slide import Slide, listed

BREAKS = {
    "conservation": "lrp-epsilon",
    "continuity": "grad-x-input",
    "implementation_invariance": "lrp-z-plus",
    "selectivity": "uniform",
}
"""For each axiom an explainer that breaks it."""


def properties() -> Slide:
    """Break each axiom by some method."""
    answers = {axiom: answer(name, axiom, "biased") for axiom, name in BREAKS.items()}
    rows = tuple(
        (axiom.replace("_", " "), AXIOMS[axiom].statement.rstrip("."), BREAKS[axiom], answers[axiom].sentence)
        for axiom in TUTORIAL
    )
    broken = [BREAKS[axiom] for axiom, one in answers.items() if one.counterexample]
    return Slide(
        "13–14",
        "Not by looks: test properties",
        "Explanations are to be consistent in themselves, in the input domain and in the space of models.",
        "axiomcheck certify " + " ".join(BREAKS.values()) + " --family biased",
        (
            "Each property is an axiom that a search tries to break.",
            f"It found where {listed(broken)} break one each, on the functions in the table.",
        ),
        len(broken) == len(BREAKS),
        (("axiom", "what must hold", "broken by", "smallest function found"), *rows),
    )


def blind_spot() -> Slide:
    """Uniform redistribution passes three axioms and says nothing."""
    answers = {axiom: answer("uniform", axiom, examples=200) for axiom in TUTORIAL}
    passed = [axiom.replace("_", " ") for axiom, one in answers.items() if one.counterexample is None and one.effective]
    shown = answers["selectivity"].counterexample
    rows = tuple((axiom.replace("_", " "), one.sentence) for axiom, one in answers.items())
    sentences = (
        f"Sharing the output equally satisfies {listed(passed)}: no counterexample among the widest networks.",
        f"It tells nothing apart: {shown.formula.splitlines()[0]}, {shown.reason}."
        if shown
        else "No counterexample to selectivity was found.",
    )
    return Slide(
        "25–26",
        "A blind spot: redistributing uniformly",
        "Uniform redistribution is conservative, continuous and invariant, and says nothing; selectivity must be "
        "tested too.",
        "axiomcheck certify uniform --family ordinary",
        sentences,
        len(passed) == 3 and shown is not None,
        (("axiom", "uniform"), *rows),
        counterexamples=(shown,) if shown else (),
    )
