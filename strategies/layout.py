"""Where everything stands in a block: the shape of a perceptron, its points, what a case asks for, its weights."""

from .draws import Layout

MAX_WIDTH = 4
"""The most variables, and the most units of a layer."""
MAX_AFFINE = 4
"""The most affine layers of a drawn network."""
MAX_OUTPUTS = 4
MAX_POINTS = 4
MAX_REWRITES = 2

POINTS = 8
BASELINE = POINTS + MAX_POINTS * MAX_WIDTH
CASE = BASELINE + 1 + MAX_WIDTH
"""The first of sixteen bytes that each kind of case lays out by itself."""
CASE_SIZE = 8 * MAX_REWRITES
WEIGHTS = CASE + CASE_SIZE
ROW = MAX_WIDTH + 1
"""The bytes of a unit: its weights and its bias."""
SIZE = WEIGHTS + MAX_AFFINE * MAX_WIDTH * ROW
"""Bytes in a block for perceptrons. Hypothesis collects no constants this long, so what else is imported cannot change
a draw."""

BLOCK = Layout("a block", SIZE)
DEPTH = BLOCK.among("affine layers", 0, {1: 56, 2: 104, 3: 72, 4: 24})
WIDTHS = tuple(BLOCK.among(f"width {number}", 1 + number, {1: 32, 2: 96, 3: 80, 4: 48}) for number in range(MAX_AFFINE))
"""How many variables there are, then how many units each hidden layer has."""
VARIABLES = WIDTHS[0]
INPUTS = BLOCK.choice("inputs", 4, range(1, MAX_POINTS + 1), shares=True)
"""How many inputs a case has; it shares its byte with the width of the last layer that a network may have."""
OUTPUTS = BLOCK.choice("outputs", 5, range(1, MAX_OUTPUTS + 1))
FINAL_RELU = BLOCK.chance("a ReLU at the end", 6, 64)
TARGET = BLOCK.index("target", 7)
COORDINATE_BYTES = BLOCK.span("coordinates", POINTS, MAX_POINTS * MAX_WIDTH)
MOVED_BASELINE = BLOCK.chance("a baseline other than 0", BASELINE, 154)
LIKE_INPUT = BLOCK.chance("a baseline with some variables of the first input", BASELINE, 32, shares=True)
WHICH_LIKE_INPUT = BLOCK.index("which variables are as in the first input", BASELINE, shares=True)
BASELINE_BYTES = BLOCK.span("coordinates of the baseline", BASELINE + 1, MAX_WIDTH)
WEIGHT_BYTES = BLOCK.span("weights and biases", WEIGHTS, MAX_AFFINE * MAX_WIDTH * ROW)


def case_layout(name: str, base: Layout | None = None) -> Layout:
    """Return the layout of what one kind of case asks for; its draws stand from ``CASE`` on."""
    return Layout(name, CASE + CASE_SIZE, base)


COMMON = case_layout("any case")
KINK = COMMON.index("which kink", CASE + 13)
"""Of the units' kinks, in families with inputs or baselines on some."""
