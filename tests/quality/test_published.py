"""Defects that people reported in public are told by a hunt, in words that name them; what is right beside is not."""

import pytest

from axiomcheck.engine.cell import run
from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question, reference
from tests.quality.published import functions, lrp


def _hunt(explainer, axiom, family, *, like=None, examples=500, seed=0):
    asked = question(explainer, axiom, family, Budget(examples, seed))
    hunt = Hunt(asked, None if like is None else reference(asked, like))
    return [finding.counterexample for finding in hunt], hunt.gravest_first


def test_the_edge_of_a_sliding_window():
    """It shrinks to three variables, of which the last is in no window."""
    found, _ = _hunt(functions.edge_left_out, "sensitivity", "bias-free")
    assert "f(x1, x2, x3) = x3" in {one.formula for one in found}
    assert not _hunt(functions.edge_covered, "sensitivity", "mlp,bias=none,outputs=1", examples=100)[0]


def test_an_order_that_is_left_out_is_a_difference():
    """Both break symmetry of three variables, and only the defect that of two; the reference sets the former aside."""
    found, _ = _hunt(functions.forward_half, "symmetry", "biased", like=functions.both_halves, examples=200)
    assert found
    assert all(one.case.network.in_features >= 2 for one in found)


def test_many_midpoints_hold_within_what_they_declare():
    """Also where f is the same at both ends."""
    asked = question(functions.many_midpoints, "conservation", "biased", Budget(60))
    assert run(asked).verdict == "holds"


@pytest.mark.long
def test_a_softmax_behind_the_outputs_is_named():
    """One of the causes says so."""
    _, causes = _hunt(functions.softmax_behind, "conservation", "ordinary")
    assert any("softmax of the outputs is explained" in cause.where for cause in causes)


@pytest.mark.long
def test_ties_of_max_pools_are_told():
    """A hunt names the pool and the tie, on three seeds of the first four, and not for what shares among winners."""
    wrong, right = (
        {(cause.where, "maxima tie" in cause.conditions) for cause in causes}
        for _, causes in (
            _hunt(explain, "conservation", "ordinary", seed=2)
            for explain in (lrp.ties_in_whole_numbers, lrp.ties_shared)
        )
    )
    assert ("at maxpool", True) in wrong
    assert ("at maxpool", True) not in right


def test_ties_of_max_pools_are_drawn():
    """Where there are max pools and no biases, one cause is at a pool where maxima tie; what shares there has none."""
    family = "maxpool,bias=none"
    _, causes = _hunt(lrp.ties_in_whole_numbers, "conservation", family, examples=200)
    assert ("at maxpool", True) in {(cause.where, "maxima tie" in cause.conditions) for cause in causes}
    assert not _hunt(lrp.ties_shared, "conservation", family, examples=60)[0]


@pytest.mark.long
def test_an_epsilon_without_sign_is_told_beside_one_with_it():
    """Where a pre-activation nears -ε it blows up, as the right one does not."""
    found, _ = _hunt(lrp.epsilon_without_sign, "continuity", "ordinary", like=lrp.epsilon_with_sign)
    assert {one.failure for one in found} & {"blow-up", "jump"}
