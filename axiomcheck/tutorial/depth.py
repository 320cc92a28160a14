"""Slides 15–19 and 22: what depth does to sums, to the size of scores, and to their jumps."""

from collections.abc import Iterable
from random import Random

import numpy as np

from ..engine.hunt import Hunt
from ..engine.question import Budget
from ..engine.resolve import question
from ..engine.runtime.threads import one_thread
from ..explainers import Explainer, locate
from ..networks import Case, Path
from ..networks.tent import tent_map
from ..results.counterexample import Counterexample
from .deep import DEPTHS, NETWORKS, WIDTH, Points, bound, drawn, over_depth
from .search import EXAMPLES, answer
from .slide import Chart, Slide


def _lost(explainer: Explainer, depth: int, random: Random) -> Iterable[float]:
    """Yield for random networks how far Σ R is from what it is to be, as a share of that."""
    count = 0
    while count < NETWORKS:
        network, x = drawn(depth, random), tuple(random.choice((-2.0, -1.0, 1.0, 2.0)) for _ in range(WIDTH))
        case = Case(network, (0.0,) * WIDTH, inputs=(x,))
        explain = bound(explainer, case)
        start = network.exact(case.baseline)[0] if explain.conserves == "change" else 0
        expected = float(network.exact(x)[0] - start)
        if expected:
            count += 1
            yield abs(float(explain(network, np.array([x])).sum()) - expected) / abs(expected)


def sums() -> Slide:
    """Σ R against f over depth."""
    names = ("grad-x-input", "lrp-epsilon", "lrp-z-plus", "integrated-gradients")
    series = over_depth(_lost, names)
    shown = answer("grad-x-input", "conservation", "biased").counterexample
    exact = max(value for _, value in series["integrated-gradients"])
    deep = {name: points[-1][1] for name, points in series.items()}
    sentences = (
        f"Integrated gradients sum to f(x) - f(0) at every depth, to {exact:.0e} of it.",
        (
            f"With {DEPTHS[-1]} hidden layers the sum of gradient × input is off by {deep['grad-x-input']:.0%} of f, "
            f"that of LRP-ε by {deep['lrp-epsilon']:.0%} and that of LRP-z⁺ by {deep['lrp-z-plus']:.0%}, each in the "
            f"median of {NETWORKS} random networks."
        ),
    )
    return Slide(
        "15–17",
        "Conservation: methods differ, and ever more with depth",
        "The scores are to sum to f(x); on a simple network methods differ, and with depth more.",
        "axiomcheck hunt grad-x-input conservation --family biased",
        sentences,
        shown is not None and exact < 1e-9 and series["lrp-epsilon"][-1][1] > series["lrp-epsilon"][0][1],
        charts=(Chart("how far Σ R is off", series, "hidden layers", "|Σ R - f| / |f|, median"),),
        counterexamples=(shown,) if shown else (),
    )


def explosion() -> Slide:
    """Scores against depth on tent maps, and a division by zero."""
    names, series = ("grad-x-input", "lrp-z-plus", "integrated-gradients"), dict[str, Points]()
    with one_thread():
        for name in names:
            explainer = locate(name).explain
            assert explainer is not None
            for depth in range(1, 11):
                case = Case(tent_map(depth), (0.0,), inputs=((0.3,),))
                score = abs(float(bound(explainer, case)(case.network, np.array([[0.3]]))[0, 0]))
                series.setdefault(name, []).append((float(depth), score))
    slopes = [score / 0.3 for _, score in series["grad-x-input"]]
    doubles = all(abs(slope - 2.0**depth) < 1e-6 * 2.0**depth for depth, slope in enumerate(slopes, 1))
    blow_up = _blow_up()
    sentence = f"A division by zero was found: {blow_up.formula.splitlines()[0]}, {blow_up.reason}." if blow_up else ""
    sentences = (
        (
            f"At x = 0.3 the score of gradient × input is 0.3 · 2^depth, {series['grad-x-input'][-1][1]:g} at depth "
            f"10; that of LRP-z⁺ is {series['lrp-z-plus'][-1][1]:g}."
        ),
        sentence or "No division by zero was found.",
    )
    return Slide(
        "18–19",
        "Gradient × input explodes, and formulas divide by zero",
        "Deep tent maps have the slope 2^depth (Bengio 1994, Montúfar 2014); rules divide by what may be 0.",
        "axiomcheck hunt lrp-gamma continuity --family bias-free",
        sentences,
        doubles and blow_up is not None,
        charts=(Chart("scores on tent maps", series, "depth", "|R|", log=True),),
        counterexamples=(blow_up,) if blow_up else (),
    )


def _blow_up() -> Counterexample | None:
    """Search where scores grow without bound."""
    hunt = Hunt(question("lrp-gamma", "continuity", "bias-free", Budget(2 * EXAMPLES)))
    counterexamples = (finding.counterexample for finding in hunt)
    return next((one for one in counterexamples if one and one.failure == "blow-up"), None)


def _jumps(explainer: Explainer, depth: int, random: Random) -> Iterable[float]:
    """Yield how often the scores jump on random paths, at the known kinks of random networks."""
    for _ in range(NETWORKS):
        network = drawn(depth, random)
        ends = tuple(tuple(random.choice((-3.0, -1.0, 1.0, 3.0)) for _ in range(WIDTH)) for _ in range(2))
        case = Case(network, (0.0,) * WIDTH, path=Path(ends))
        explain = bound(explainer, case)
        kinks = sorted({float(kink.at) for kink in case.kinks if 1e-6 < kink.at < 1 - 1e-6})
        if not kinks:
            yield 0.0
            continue
        assert case.path is not None
        step = explain.resolution
        before, behind = (explain(network, case.path.points(np.array(kinks) + side)) for side in (-step, step))
        scale = max(float(np.abs(before).max()), float(np.abs(behind).max())) or 1.0
        yield float((np.abs(behind - before).max(axis=1) > 1e-3 * scale).sum())


def shattered() -> Slide:
    """Jumps against depth."""
    series = over_depth(_jumps, ("grad-x-input", "lrp-epsilon"))
    deep, shallow = series["grad-x-input"][-1][1], series["grad-x-input"][0][1]
    most = max(value for _, value in series["grad-x-input"])
    sentences = (
        (
            f"On a random path gradient × input jumps {shallow:g} times at depth 1 and up to {most:g} times at larger "
            f"depth, in the median of {NETWORKS} networks of {WIDTH} units a layer; {deep:g} at depth {DEPTHS[-1]}."
        ),
        f"LRP-ε does not jump: at most {max(value for _, value in series['lrp-epsilon']):g} times.",
    )
    return Slide(
        "22",
        "Deep functions are not smooth",
        "Gradient × input is discontinuous because deep functions are not smooth: shattered gradients (Balduzzi 2017).",
        "axiomcheck hunt grad-x-input continuity --family biased",
        sentences,
        most > shallow > 0 and all(value == 0 for _, value in series["lrp-epsilon"]),
        charts=(Chart("jumps on a random path", series, "hidden layers", "jumps, median"),),
    )
