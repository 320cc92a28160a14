"""Scopes in words."""

from dataclasses import replace

import pytest

from axiomcheck.engine.scope_sentence import Failure, edges, sentence
from axiomcheck.networks import Case, Family, Linear, MaxPool, Network, ReLU, Style
from axiomcheck.networks.ingredients import NARROWEST, needed_by
from axiomcheck.networks.layers import Flatten
from axiomcheck.reports.phrases import clauses, restriction, shown
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.scope import Scope

ORDINARY = Family.parse("ordinary")
RELU = Network((Linear(((1.0,),), (0.0,)), ReLU()))
RAISED = Network((Linear(((0.0,),), (1.0,)), ReLU()))
LOWERED = Network((Linear(((1.0,),), (-1.0,)), ReLU()))
POOLED = Network((MaxPool((2,), (2,)), Flatten()), (1, 2))


def _failure(network, *points):
    case = Case(network, (0.0,) * network.in_features, points or ((1.0,) * network.in_features,))
    found = Counterexample("e", "conservation", "ordinary", 0, {}, case, None, "it is wrong", 1.0, 0.0, False, "", "")
    return Failure(needed_by(case), found)


def _told(widest=(), failures=(), undecided=(), within=ORDINARY, *, complete=True):
    held = [one if isinstance(one, tuple) else (one, "") for one in widest]
    return sentence("conserves", within, held, list(failures), list(undecided), complete=complete)


def _ordinary(**options):
    return replace(ORDINARY, items=ORDINARY.items - {"softmax"}, **options)


def test_one_place_and_what_breaks_it():
    """The sentence of the tutorial: where it holds, and what is just outside."""
    place = _ordinary(bias="nonpositive", output="relu")
    assert _told([place], [_failure(RAISED)]) == (
        "conserves for biases ≤ 0 with a ReLU behind every layer; fails once biases are positive: f(x1) = relu(1)"
    )


def test_everywhere_and_nowhere():
    """Both are short."""
    assert _told([ORDINARY]) == "conserves in all of ordinary"
    assert _told([], [_failure(RAISED), _failure(RELU)]) == "fails already on f(x1) = relu(x1)"


def test_several_places_share_what_breaks_them():
    """Only what goes beyond all that they have in common is named, the smallest counterexample first."""
    places = [_ordinary(bias="none"), replace(ORDINARY, items=ORDINARY.items - {"maxpool"})]
    pooled = Network((MaxPool((2,), (2,)), Flatten(), Linear(((1.0,),), (1.0,))), (1, 2))
    assert _told(places, [_failure(pooled)]) == (
        "conserves without biases; also without max pools; "
        "fails once biases are positive and there is a max pool: f(x1, x2) = max(x1, x2) + 1"
    )


def test_what_is_not_known_is_said():
    """What was refused, what stays undecided, and that a search ended early stand at the end."""
    place = Family.parse("biased")
    told = _told([(place, "images are not for me")], undecided=[(ORDINARY, "too few cases")], complete=False)
    assert told == (
        "conserves on chains of Linear and ReLU; it refuses some: images are not for me; "
        "nothing can be said in all of ordinary: too few cases; not searched to the end"
    )
    assert Scope.unsearched("no library", "ordinary").sentence == "is not judged: no library"


def test_many_places_and_many_changes_are_cut_short():
    """A sentence names three places and five changes; the data have all."""
    pieces = ("conv", "maxpool", "avgpool", "concat")
    places = [replace(ORDINARY, items=ORDINARY.items - {item}) for item in pieces]
    assert _told(places).endswith("without average pools; and in 1 more families")


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("bias-free", "on chains of Linear and ReLU without biases"),
        ("deep-taylor", "on chains of Linear and ReLU, for biases ≤ 0 and inputs ≥ 0, with a ReLU behind every layer"),
        ("biased,outputs=1", "on chains of Linear and ReLU for a single output"),
    ],
)
def test_places_in_words(family, words):
    """What is narrower than the whole is named, and nothing else."""
    parsed = replace(Family.parse("biased"), outputs="1") if "," in family else Family.parse(family)
    assert restriction(parsed, ORDINARY) == words


def test_every_item_has_its_words():
    """A new item of a family needs a noun and a clause."""
    from axiomcheck.networks.family import CATALOGUE

    assert {name for name, item in CATALOGUE.items() if not (item.description and item.noun and item.clause)} == {"mlp"}


def test_changes_in_words():
    """They are read off the case: where it is linear, which sign its biases have."""
    hidden = Network((Linear(((1.0,),), (0.0,)), Linear(((1.0,),), (0.0,)), ReLU()))
    pairs = [
        (_failure(LOWERED), "biases are negative"),
        (_failure(RAISED), "biases are positive"),
        (_failure(Network(RELU.layers[:1])), "the output is linear"),
        (_failure(hidden), "a hidden layer is linear"),
        (_failure(RELU, (-1.0,)), "inputs are negative"),
        (_failure(POOLED), "there is a max pool"),
        (_failure(replace(RELU, style=Style(relu="functional"))), "the code has another style"),
    ]
    for failure, words in pairs:
        assert clauses(failure.need, NARROWEST, failure.counterexample.case) == [words]


def test_a_style_is_part_of_the_counterexample():
    """Formulas do not show it."""
    assert shown(_failure(replace(RELU, style=Style(relu="functional"))).counterexample) == (
        "f(x1) = relu(x1) written with relu=functional"
    )


def test_edges_lead_one_step_outside():
    """Each has the family, the change and the smallest counterexample known there."""
    inside = replace(NARROWEST, bias="nonpositive")
    failures = [_failure(RAISED), _failure(RELU, (-1.0,)), _failure(Network(RAISED.layers, (1,)), (2.0,))]
    found = edges(inside, Family.parse("biased"), failures)
    assert [(edge.change, edge.formula) for edge in found] == [
        ("biases are positive", "f(x1) = relu(1)"),
        ("inputs are negative", "f(x1) = relu(x1)"),
    ]
    assert found[0].family == str(replace(inside, bias="any"))
    assert found[0].reason == "it is wrong"
