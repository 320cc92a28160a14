"""The same in the terminal: bars, shades and paths of characters."""

import re

import pytest

from axiomcheck.axioms.continuity import Jump
from axiomcheck.axioms.determinism import RepeatDifference
from axiomcheck.axioms.observation import Scores
from axiomcheck.networks import Case, Linear, Network, Path, ReLU
from axiomcheck.networks.layers import Flatten
from axiomcheck.reports.drawing import picture, sketch
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.path_profile import PathProfile

SUM = Network((Linear(((1.0, 1.0),), (0.0,)), ReLU()))


def _found(axiom, case, observed, along=None):
    code = {"has_baseline": False, "explainer_code": "", "axiom_code": "", "versions": {}, "seed": 0}
    return Counterexample("by hand", axiom, "biased", case=case, observed=observed, reason="it is so", gap=1.0,
                          tolerance=1e-6, along=along, **code)  # fmt: skip


def _moving(scores, jumps=(), kind="jump"):
    at = tuple(i / (len(scores) - 1) for i in range(len(scores)))
    case = Case(SUM, baseline=(0.0, 0.0), path=Path(((0.0, 0.0), (1.0, 1.0))))
    seen = Jump((0.5, 0.5), (1.0, 0.0), (0.0, 0.0), 0.5, kind, ((0.5, 0.5), (0.5, 0.5)))
    return _found("continuity", case, seen, PathProfile.on(case, at, scores, jumps))


def test_bars_are_as_long_as_the_scores():
    """Of 4 and -1 the second is a quarter as long, on the other side of one line."""
    case = Case(SUM, baseline=(0.0, 0.0), inputs=((1.0, 2.0),))
    first, second = sketch(_found("positivity", case, Scores((1.0, 2.0), (4.0, -1.0)))).splitlines()
    assert first.count("█") == 4 * second.count("▒") > 0
    assert first.index("│") == second.index("│")


def test_images_are_shades():
    """Sixteen scores are four rows of four; the largest are the darkest, signs are told, zeros are dots."""
    scores = [0.0] * 14 + [-1.0, 0.1]
    case = Case(Network((ReLU(), Flatten()), shape=(1, 4, 4)), baseline=(0.0,) * 16, inputs=(tuple(scores),))
    lines = sketch(_found("positivity", case, Scores(tuple(scores), tuple(scores)))).splitlines()
    assert lines[0] == "R, █ is 1"
    assert lines[-1] == " ·  · -█ +░"
    assert len(lines) == 5


def test_a_path_is_blocks_with_the_jump_below():
    """A score that falls is a row from the highest to the lowest block; one that stays has none."""
    found = _moving(((1.0, 5.0), (0.5, 5.0), (0.0, 5.0)), jumps=(0.5,))
    lines = sketch(found).splitlines()
    (blocks,) = [line for line in lines if "▁" in line]
    assert blocks.startswith("x1")
    assert blocks.index("█") < blocks.index("▁")
    (arrow,) = [line.index("↑") for line in lines if "↑" in line]
    assert abs(arrow - (blocks.index("█") + 24)) <= 1
    assert lines[-1] == "a jump at t = 0.5"


@pytest.mark.parametrize("drawn", [sketch, picture])
def test_a_pole_is_no_jump(drawn):
    """Scores that grow without bound are not said to jump."""
    found = _moving(((1.0, 0.0), (1e9, 0.0), (1.0, 0.0)), jumps=(0.5,), kind="blow-up")
    assert "a jump or a pole" in drawn(found)


def test_poles_are_drawn_on_a_logarithmic_axis():
    """What is a billion times as large as the rest leaves the rest visible."""
    assert ">|R|<" in picture(_moving(((1.0, 0.0),) * 20 + ((1e9, 0.0),) + ((1.0, 0.0),) * 20, kind="blow-up"))
    assert ">R<" in picture(_moving(((1.0, 0.0), (2.0, 0.0), (3.0, 0.0))))


def test_lines_fit_a_terminal():
    """Also with long numbers, many variables and many jumps no line has more than 100 columns."""
    scores = tuple(tuple(-1.23456789e-10 * (i + j) for j in range(20)) for i in range(41))
    at = tuple(i / 40 for i in range(41))
    wide = Network((Linear(((1.0,) * 20,), (0.0,)),))
    case = Case(wide, baseline=(0.0,) * 20, path=Path(((0.0,) * 20, (1.0,) * 20)))
    x = (1.0,) * 20
    seen = Jump(x, scores[3], scores[9], 0.5, "jump", (x, x))
    drawn = sketch(_found("continuity", case, seen, PathProfile.on(case, at, scores, at[1:-1])))
    assert max(map(len, drawn.splitlines())) <= 100


@pytest.mark.parametrize("other", [(), (1.0,)])
def test_what_is_no_vector_of_as_many_scores_is_left_out(other):
    """A file may hold fewer numbers; what cannot be drawn is not."""
    x = (1.0, 2.0)
    case = Case(SUM, baseline=(0.0, 0.0), inputs=(x,))
    found = _found("determinism", case, RepeatDifference(x, (4.0, -1.0), other, "in the next", (x,)))
    for drawn in (sketch(found), picture(found)):
        assert "one call" in drawn
        assert "another" not in drawn


@pytest.mark.parametrize("drawn", [sketch, picture])
def test_the_largest_floats_are_drawn(drawn):
    """Scores whose difference no float holds."""
    told = drawn(_moving(((1.7e308, 0.0), (0.0, 0.0), (-1.7e308, 0.0))))
    assert not re.search(r"\b(nan|inf)\b", told)
