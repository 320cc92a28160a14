"""A counterexample's scores in the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from ...results.counterexample import Counterexample
from ...results.path_profile import PathProfile
from .observation import breaks_of, places_of, scores_of, star_of, totals_of
from .svg import number

HALF, COLUMNS = 16, 48
LEVELS, SHADES = "▁▂▃▄▅▆▇█", "░▒▓█"
MOST = 12
"""Variables up to which scores are bars."""
LARGEST = 4096
"""Variables up to which scores are shown."""


def sketch(counterexample: Counterexample) -> str:
    """Return the scores as bars around a zero line, many as shades, and the path with what jumps on it.

    Lines have at most 100 columns. Of more variables than a terminal has room for there is nothing.
    """
    if len(counterexample.case.baseline) > LARGEST:
        return ""
    scores, names = scores_of(counterexample), places_of(counterexample)
    lines = [*(_shaded(counterexample, scores) if len(names) > MOST else _bars(names, scores))]
    lines += _sums(counterexample)
    lines += [star] if (star := star_of(counterexample)) else []
    return "\n".join(
        [*lines, *(_path(counterexample.along, breaks_of(counterexample)) if counterexample.along else ())]
    )


Scores = Mapping[str, Sequence[float]]


def _bars(names: Sequence[str], scores: Scores) -> Iterator[str]:
    """Yield a line for each variable and series."""
    every = [value for values in scores.values() for value in values]
    largest, before = max(map(abs, every), default=0.0) or 1.0, _before(every)
    left, wide = max(map(len, names), default=0), max(map(len, scores), default=0)
    for place, name in enumerate(names):
        for row, (label, values) in enumerate(scores.items()):
            bar = _bar(values[place], largest, before)
            yield f"{'' if row else name:<{left}}  {label:>{wide}} {bar}".rstrip()


def _before(values: Sequence[float]) -> int:
    """Return the room that numbers need on the left of the line."""
    return max((len(number(value)) for value in values if value < 0), default=0)


def _bar(value: float, largest: float, before: int) -> str:
    """Return a bar on its side of the line."""
    length = round(HALF * abs(value / largest))
    label, left = number(value), HALF + before + 1
    if value < 0:
        return f"{f'{label} ' + '▒' * length:>{left}}│"
    return f"{'':>{left}}│{'█' * length} {label}"


def _shaded(counterexample: Counterexample, scores: Scores) -> Iterator[str]:
    """Yield the scores in the places of their pixels: a sign, and a shade that is darker for larger ones."""
    shape = counterexample.case.shape
    columns = min(shape[-1] if len(shape) > 1 else MOST, 30)
    largest = max((abs(value) for values in scores.values() for value in values), default=0.0) or 1.0
    for label, values in scores.items():
        yield f"{label}, █ is {number(largest)}"
        for start in range(0, len(values), columns):
            if start and len(shape) == 3 and start % prod(shape[1:]) == 0:
                yield ""
            yield " ".join(_shade(value / largest) for value in values[start : start + columns])


def _shade(share: float) -> str:
    if share == 0:
        return " ·"
    return f"{'-' if share < 0 else '+'}{SHADES[min(int(abs(share) * len(SHADES)), len(SHADES) - 1)]}"


def _sums(counterexample: Counterexample) -> Iterator[str]:
    """Yield what the scores sum to and what was expected, where that was asked."""
    if totals := totals_of(counterexample):
        (total, value), (meaning, expected) = totals.items()
        yield f"{total} = {number(value)}, expected {meaning} = {number(expected)}"


def _path(along: PathProfile, break_name: str) -> Iterator[str]:
    """Yield one line of blocks for each variable that moves, as high as its score, and the jumps below."""
    yield from ("", f"scores along the path, from t = 0 to {number(along.at[-1])}")
    moving = [(i, values) for i, values in enumerate(zip(*along.scores, strict=True)) if min(values) < max(values)]
    wide = max((len(number(min(values))) for _, values in moving), default=0)
    for variable, values in moving[:MOST]:
        low, high = number(min(values)), number(max(values))
        yield f"x{variable + 1:<4} {low:>{wide}} {_blocks(along, values)} {high}"
    if len(moving) > MOST:
        yield f"… {len(moving) - MOST} variables more"
    if along.jumps:
        yield f"{'':>{wide + 7}}{_marks(along)}"
        yield f"{break_name} at t = {_some(along.jumps)}"


def _blocks(along: PathProfile, values: Sequence[float]) -> str:
    """Return for each column a block between the lowest and the highest score."""
    largest, last = max(map(abs, values)), along.at[-1]
    low, high = min(values) / largest, max(values) / largest
    cells = [values[_near(along, column * last / (COLUMNS - 1))] / largest for column in range(COLUMNS)]
    return "".join(LEVELS[round((value - low) / (high - low) * (len(LEVELS) - 1))] for value in cells)


def _near(along: PathProfile, at: float) -> int:
    return min(range(len(along.at)), key=lambda place: abs(along.at[place] - at))


def _marks(along: PathProfile) -> str:
    ruler = [" "] * COLUMNS
    for jump in along.jumps:
        ruler[round(jump / along.at[-1] * (COLUMNS - 1))] = "↑"
    return "".join(ruler).rstrip()


def _some(jumps: Sequence[float], most: int = 5) -> str:
    label = ", ".join(map(number, jumps[:most]))
    return label + (f" and {len(jumps) - most} more" if len(jumps) > most else "")
