"""The whole picture of a counterexample: networks, scores, path, and the sentence."""

from collections.abc import Sequence

from ...networks import Branch
from ...networks.style import PLAIN
from ...results.counterexample import Counterexample
from .flow import flow
from .graph import graph, is_perceptron
from .motion import moving
from .observation import breaks_of, kind_of, outputs_of, places_of, point_of, scores_of, shorten, star_of, totals_of
from .scores import explained
from .svg import INLINE, NOTHING, PRINTED, Palette, Part, beside, document, paragraph, stacked

WIDTH, WIDEST = 640, 1060
"""Of the lines of text, and of what stands side by side, in pixels."""
LINES = 6
"""Of formulas; longer ones are not read, and the networks are drawn."""


def picture(counterexample: Counterexample, *, inline: bool = False) -> str:
    """Return a counterexample as one SVG: for a page if ``inline``, else one that stands in a paper as it is."""
    palette = INLINE if inline else PRINTED
    parts = (_networks(counterexample, palette), _scores(counterexample, palette))
    fits = sum(part.width for part in parts) < 1.2 * WIDTH
    drawing = stacked(
        (
            beside(parts, 48) if fits else stacked(parts),
            _along(counterexample, palette),
            _notes(counterexample, palette),
        )
    )
    width = max(WIDTH, min(drawing.width, WIDEST))
    verb = "fails on" if counterexample.is_error else "violates"
    title = f"{shorten(counterexample.explainer, 80)} {verb} {counterexample.axiom.replace('_', ' ')}"
    heading = paragraph(title, width, palette.ink, size=15, weight="bold")
    caption = paragraph(shorten(counterexample.reason, 600), width, palette.ink)
    texts = stacked(
        (heading, caption, _formula(counterexample, width, palette), _places(counterexample, width, palette, inline)),
        10,
    )
    return document(stacked((texts, drawing)), title, counterexample.reason, inline=inline)


def _formula(counterexample: Counterexample, width: float, palette: Palette) -> Part:
    part = paragraph(counterexample.formula, width, palette.soft)
    return part if len(part.element) <= LINES else NOTHING


def _places(counterexample: Counterexample, width: float, palette: Palette, inline: bool) -> Part:  # noqa: FBT001
    """Return the path and the baseline, which a page tells itself."""
    texts = " · ".join(counterexample.whereabouts)
    return paragraph(shorten(texts, 600), width, palette.soft) if texts and not inline else NOTHING


def _networks(counterexample: Counterexample, palette: Palette) -> Part:
    """Return the network, or two with the layers marked in which they differ."""
    case, point = counterexample.case, point_of(counterexample)
    parts, differing = [], _differing([network.layers for network in case.networks])
    draw = graph if all(map(is_perceptron, case.networks)) else flow
    for place, (network, x) in enumerate(case.places(point)):
        texts, highlighted = outputs_of(counterexample)[place], differing[place]
        drawing = draw(network, x, texts, palette, highlighted)
        title = paragraph(_titles(counterexample)[place], max(300, drawing.width), palette.soft)
        parts.append(stacked((title, drawing), 8))
    return beside(parts, 40) if sum(part.width for part in parts) < WIDEST else stacked(parts)


def _titles(counterexample: Counterexample) -> list[str]:
    """Return what the networks are: how the second is made of the first."""
    case = counterexample.case
    if case.derivation is not None:
        return ["f", f"g(x) = {case.derivation.formula}"]
    styles = [network.style for network in case.networks]
    texts = ["" if style == PLAIN or len(set(styles)) == 1 else f", written with {style.text}" for style in styles]
    names = ["f", f"g, which is f rewritten by {', '.join(rewrite.name for rewrite in case.rewrites)}"]
    return [name + style for name, style in zip(names, texts, strict=False)]


def _differing(branches: Sequence[Branch]) -> list[list[int]]:
    """Return for each of two branches the layers between what both begin with and what both end with."""
    if len(branches) < 2:
        return [[] for _ in branches]
    one, other = branches
    shortest = min(len(one), len(other))
    start = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    rest = shortest - start
    end = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return [list(range(start, len(branch) - end)) for branch in branches]


def _scores(counterexample: Counterexample, palette: Palette) -> Part:
    scores = scores_of(counterexample)
    if not scores:
        return NOTHING
    drawing = explained(
        scores, places_of(counterexample), counterexample.case.shape, totals_of(counterexample), palette
    )
    return stacked((paragraph(kind_of(counterexample), 300, palette.soft), drawing), 8)


def _along(counterexample: Counterexample, palette: Palette) -> Part:
    """Return how the scores move along the path."""
    along = counterexample.along
    if along is None:
        return NOTHING
    highlighted = f"; dotted: {breaks_of(counterexample)}" if along.jumps else ""
    title = paragraph(f"scores along the path{highlighted}", 400, palette.soft)
    return stacked((title, moving(along, palette)), 8)


def _notes(counterexample: Counterexample, palette: Palette) -> Part:
    """Return what the signs in the drawing say, as far as there are any."""
    networks = counterexample.case.networks
    highlighted = any(_differing([network.layers for network in networks]))
    weights = [w for network in networks for layer in network.linears for row in layer.weight for w in row]
    dashed = all(map(is_perceptron, networks)) and any(weight < 0 for weight in weights)
    notes = ["dashed: negative weights"] * dashed + ["shaded: where f and g differ"] * highlighted
    notes += [note for note in (star_of(counterexample),) if note]
    return paragraph(" · ".join(notes), WIDTH, palette.soft, size=11) if notes else NOTHING
