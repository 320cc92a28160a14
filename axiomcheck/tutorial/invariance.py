"""Slides 23–24: two networks for one function, and which re-implementations change which explanation."""

from ..networks import Network
from .search import answer
from .slide import Slide

RULES = ("grad-x-input", "lrp-0", "lrp-epsilon", "lrp-gamma", "lrp-z-plus", "integrated-gradients")
REWRITES = ("permute", "split", "rescale", "cancelling-pair", "identity", "factorise", "move-bias", "guard", "max-pair")
FEW = 30


def _units(network: Network) -> int:
    """Return the number of hidden units."""
    return sum(linear.out_features for linear in network.linears[:-1])


def two_maxima() -> Slide:
    """Find the two max networks."""
    axiom = "implementation_invariance"
    pair = answer("lrp-z-plus", axiom, "biased", rewrite="max-pair", examples=400).counterexample
    smaller = answer("lrp-z-plus", axiom, "biased").counterexample
    spared = answer("gradient", axiom, "biased", rewrite="max-pair", examples=400)
    sentences = []
    if pair:
        sizes = " and ".join(str(_units(network)) for network in pair.case.networks)
        sentences.append(f"The search found a function with two networks of {sizes} hidden units: {pair.reason}.")
    if smaller:
        rewrites = ", ".join(rewrite.name for rewrite in smaller.case.rewrites)
        sentences.append(
            f"A smaller pair is {smaller.formula.splitlines()[0]} rewritten by {rewrites}: {smaller.reason}."
        )
    sentences.append(f"The gradient does not care: no difference in {spared.effective} such pairs.")
    shown = [one for one in (pair, smaller) if one]
    return Slide(
        "23",
        "Two networks implement the maximum",
        "Two networks implement one function, and an explanation differs between them (Sundararajan et al. 2017).",
        "axiomcheck hunt lrp-z-plus implementation_invariance --family biased --rewrite max-pair",
        tuple(sentences),
        len(shown) == 2 and spared.counterexample is None and spared.effective > 0,
        counterexamples=tuple(shown),
    )


def implementations() -> Slide:
    """Which rewrites break which rule."""
    axiom = "implementation_invariance"
    answers = {
        (rewrite, rule): answer(rule, axiom, "biased", rewrite=rewrite, examples=FEW)
        for rewrite in REWRITES
        for rule in RULES
    }
    broken = {rule: [rewrite for rewrite in REWRITES if answers[rewrite, rule].counterexample] for rule in RULES}
    spared = [rule for rule, names in broken.items() if not names]
    worst = max(broken, key=lambda rule: len(broken[rule]))
    rows = tuple(
        (rewrite, *("✘" if answers[rewrite, rule].counterexample else "✔" for rule in RULES)) for rewrite in REWRITES
    )
    first = next((answers[rewrite, worst].counterexample for rewrite in broken[worst]), None)
    return Slide(
        "24",
        "Implementation matters for LRP",
        "One layer has naive and better implementations, and LRP tells them apart.",
        "axiomcheck hunt lrp-epsilon implementation_invariance --family biased --rewrite factorise",
        (
            f"{worst} is broken by {', '.join(broken[worst]) or 'none'}.",
            f"No re-implementation broke {', '.join(spared) or 'none of them'}.",
        ),
        "grad-x-input" in spared and bool(broken["lrp-z-plus"]) and bool(broken["lrp-epsilon"]),
        (("rewrite", *RULES), *rows),
        counterexamples=(first,) if first else (),
    )
