"""The scores along a path, as lines."""

from collections.abc import Sequence

import numpy as np

from ...results.path_profile import PathProfile
from .chart import chart
from .svg import Palette, Part

MOST = 6
"""Variables that have a line."""
POLE = 1e4
"""How many times as large as most of the others the largest score is where lines would be flat but for it."""

LARGEST = 1e100
"""Of scores that large most count as small: floats cannot hold the differences of such."""


def moving(along: PathProfile, palette: Palette) -> Part:
    """Return the scores over t, or how large they are on a logarithmic axis where a few are immensely larger."""
    sizes = np.abs(along.scores)
    pole = bool(sizes.max() > POLE * min(np.quantile(sizes.max(1), 0.9), LARGEST))
    y = "|R|" if pole else "R"
    return chart(_series(along, pole=pole), palette, x="t along the path", y=y, log=pole, marks=along.jumps)


def _series(along: PathProfile, *, pole: bool) -> dict[str, Sequence[tuple[float, float]]]:
    """Return the scores of each variable; of many those that move most."""
    columns = list(zip(*along.scores, strict=True))
    ranked = sorted(range(len(columns)), key=lambda i: min(columns[i]) - max(columns[i]))
    columns_by_name = {
        f"x{i + 1}": [abs(score) if pole else score for score in columns[i]] for i in sorted(ranked[:MOST])
    }
    return {name: list(zip(along.at, column, strict=True)) for name, column in columns_by_name.items()}
