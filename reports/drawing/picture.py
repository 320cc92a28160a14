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


def picture(found: Counterexample, *, inline: bool = False) -> str:
    """Return a counterexample as one SVG: for a page if ``inline``, else one that stands in a paper as it is."""
    palette = INLINE if inline else PRINTED
    seen = (_networks(found, palette), _scores(found, palette))
    fits = sum(part.width for part in seen) < 1.2 * WIDTH
    drawn = stacked((beside(seen, 48) if fits else stacked(seen), _along(found, palette), _notes(found, palette)))
    width = max(WIDTH, min(drawn.width, WIDEST))
    verb = "fails on" if found.is_error else "violates"
    title = f"{shorten(found.explainer, 80)} {verb} {found.axiom.replace('_', ' ')}"
    heading = paragraph(title, width, palette.ink, size=15, weight="bold")
    caption = paragraph(shorten(found.reason, 600), width, palette.ink)
    texts = stacked((heading, caption, _formula(found, width, palette), _places(found, width, palette, inline)), 10)
    return document(stacked((texts, drawn)), title, found.reason, inline=inline)


def _formula(found: Counterexample, width: float, palette: Palette) -> Part:
    part = paragraph(found.formula, width, palette.soft)
    return part if len(part.element) <= LINES else NOTHING


def _places(found: Counterexample, width: float, palette: Palette, inline: bool) -> Part:  # noqa: FBT001
    """Return the path and the baseline, which a page tells itself."""
    told = " · ".join(found.whereabouts)
    return paragraph(shorten(told, 600), width, palette.soft) if told and not inline else NOTHING


def _networks(found: Counterexample, palette: Palette) -> Part:
    """Return the network, or two with the layers marked in which they differ."""
    case, point = found.case, point_of(found)
    parts, differing = [], _differing([network.layers for network in case.networks])
    draw = graph if all(map(is_perceptron, case.networks)) else flow
    for place, (network, x) in enumerate(case.places(point)):
        told, marked = outputs_of(found)[place], differing[place]
        drawn = draw(network, x, told, palette, marked)
        title = paragraph(_titles(found)[place], max(300, drawn.width), palette.soft)
        parts.append(stacked((title, drawn), 8))
    return beside(parts, 40) if sum(part.width for part in parts) < WIDEST else stacked(parts)


def _titles(found: Counterexample) -> list[str]:
    """Return what the networks are: how the second is made of the first."""
    case = found.case
    if case.derivation is not None:
        return ["f", f"g(x) = {case.derivation.told}"]
    styles = [network.style for network in case.networks]
    told = ["" if style == PLAIN or len(set(styles)) == 1 else f", written with {style.told}" for style in styles]
    names = ["f", f"g, which is f rewritten by {', '.join(rewrite.name for rewrite in case.rewrites)}"]
    return [name + style for name, style in zip(names, told, strict=False)]


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


def _scores(found: Counterexample, palette: Palette) -> Part:
    scores = scores_of(found)
    if not scores:
        return NOTHING
    drawn = explained(scores, places_of(found), found.case.network.shape, totals_of(found), palette)
    return stacked((paragraph(kind_of(found), 300, palette.soft), drawn), 8)


def _along(found: Counterexample, palette: Palette) -> Part:
    """Return how the scores move along the path."""
    along = found.along
    if along is None:
        return NOTHING
    marked = f"; dotted: {breaks_of(found)}" if along.jumps else ""
    title = paragraph(f"scores along the path{marked}", 400, palette.soft)
    return stacked((title, moving(along, palette)), 8)


def _notes(found: Counterexample, palette: Palette) -> Part:
    """Return what the signs in the drawing say, as far as there are any."""
    networks = found.case.networks
    marked = any(_differing([network.layers for network in networks]))
    weights = [w for network in networks for layer in network.linears for row in layer.weight for w in row]
    dashed = all(map(is_perceptron, networks)) and any(weight < 0 for weight in weights)
    notes = ["dashed: negative weights"] * dashed + ["shaded: where f and g differ"] * marked
    notes += [note for note in (star_of(found),) if note]
    return paragraph(" · ".join(notes), WIDTH, palette.soft, size=11) if notes else NOTHING
