"""What happens along the path of a counterexample is what the explainer says there."""

import numpy as np
import pytest

import axiomcheck as ac
from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.continuity import Jump
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.path_profile import path_profile
from axiomcheck.explainers import locate
from axiomcheck.networks import Case, Linear, Network, Path, ReLU
from axiomcheck.results.path_profile import PathProfile

STEP = Network((Linear(((1.0,),), (-1.0,)), ReLU(), Linear(((1.0,),), (0.0,))))
"""relu(x - 1)."""


def _jump(t):
    return Jump((4 * t,), (0.0,), (1.0,), t, "jump", ((4 * t,), (4 * t,)))


def _judge(name):
    return Judge(locate(name).explain, AXIOMS["continuity"])


def _case(*vertices):
    return Case(STEP, baseline=(0.0,), path=Path(vertices))


def test_gradient_times_input_jumps_at_the_kink():
    """relu(x - 1) from 0 to 4: the score is 0 up to t = 1/4, and x behind it; the output is exact."""
    found = path_profile(_judge("grad-x-input"), _case((0.0,), (4.0,)), _jump(0.25))
    assert found.jumps == (0.25,)
    before, behind = (i for i, t in enumerate(found.at) if t == 0.25)
    assert found.scores[before] == (0.0,)
    assert found.scores[behind][0] == pytest.approx(1.0)
    for t, (x,), (score,), output in zip(found.at, found.inputs, found.scores, found.outputs, strict=True):
        assert x == 4 * t
        assert output == max(x - 1, 0)
        assert t == 0.25 or score == (x if x > 1 else 0)
    assert list(found.at) == sorted(found.at)


def test_what_is_continuous_has_no_jump():
    """Integrated gradients of relu(x - 1) are relu(x - 1) itself."""
    found = path_profile(_judge("integrated-gradients"), _case((0.0,), (4.0,)))
    assert found.jumps == ()
    assert np.array(found.scores)[:, 0] == pytest.approx(np.array(found.outputs), abs=1e-9)


def test_all_kinks_at_which_the_scores_jump_are_found():
    """relu(x - 1) + relu(x - 2) from 0 to 4: an axiom observed one jump, and there is a second one."""
    network = Network((Linear(((1.0,), (1.0,)), (-1.0, -2.0)), ReLU(), Linear(((1.0, 1.0),), (0.0,))))
    case = Case(network, baseline=(0.0,), path=Path(((0.0,), (4.0,))))
    assert path_profile(_judge("grad-x-input"), case, _jump(0.25)).jumps == (0.25, 0.5)


def test_what_is_steep_is_no_jump():
    """A ramp from 0 to 1 within a billionth behind the kink is continuous, though both sides of it differ."""

    def ramp(model, inputs, target):
        return ((inputs - 1) * 1e9).clamp(0, 1)

    found = path_profile(Judge(ramp, AXIOMS["continuity"]), _case((0.0,), (4.0,)))
    before, behind = (scores[0] for t, scores in zip(found.at, found.scores, strict=True) if t == 0.25)
    assert behind > before + 1e-3
    assert found.jumps == ()


def test_what_raises_has_no_scores():
    """An explainer that fails somewhere on the path leaves the counterexample as it is."""

    def fails(model, inputs, target):
        raise ValueError("no")

    assert path_profile(Judge(fails, AXIOMS["continuity"]), _case((0.0,), (4.0,))) is None
    assert path_profile(_judge("uniform"), Case(STEP, baseline=(0.0,), inputs=((1.0,),))) is None


def test_it_is_stored_without_what_follows_from_the_case():
    """Inputs and outputs are computed again on reading, and nothing is lost."""
    case = _case((0.0,), (4.0,), (1.0,))
    found = path_profile(_judge("grad-x-input"), case)
    data = found.as_data()
    assert set(data) == {"at", "scores", "jumps"}
    assert len(data["scores"]) == 1
    assert PathProfile.of(data, case) == found


@pytest.mark.parametrize(
    "broken",
    [
        {"at": [0.0, 9.0]},
        {"scores": [[0.0]]},
        {"jumps": [5.0]},
        {"at": [], "scores": [[]]},
        {"at": [1.0, 0.5]},
        {"at": [0.0, 0.0]},
        {"scores": [[0.0, float("inf")]]},
    ],
)
def test_what_does_not_fit_is_told(broken):
    """Places beyond the path, or of another number than the scores."""
    data = {"at": [0.0, 1.0], "scores": [[0.0, 1.0]], "jumps": []}
    with pytest.raises(ValueError, match="path"):
        PathProfile.of(data | broken, _case((0.0,), (4.0,)))


def test_a_hunt_keeps_it():
    """A counterexample to continuity knows its path."""
    found = ac.find_counterexample("grad-x-input", "continuity", family="bias-free", examples=50)
    assert found.along.jumps == (found.observed.t,)
