"""Scoping: the frontier that is found is the one that there is, in as few searches as it takes."""

from functools import cache
from random import Random
from types import SimpleNamespace

import pytest

from axiomcheck.axioms import conservation
from axiomcheck.engine import scope as scoping
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.engine.scope import SEARCHES, UNDECIDED, Survey, scope, widest
from axiomcheck.explainers import Unsupported
from axiomcheck.networks import Family
from axiomcheck.networks.ingredients import join, one_narrower
from axiomcheck.results.certificate import Cell

WITHIN = Family.parse("conv,maxpool,styles,softmax")
SMALL = Family.parse("conv,maxpool,softmax")


@cache
def _families(within):
    found, new = {within}, [within]
    while new:
        new = [narrower for family in new for narrower in one_narrower(family) if narrower not in found]
        found.update(new)
    return found


def _cell(family, verdict, need=None):
    found = need and SimpleNamespace(case=need)
    return Cell("e", "a", str(family), verdict, "as it is", screen={"effective": 100}, counterexample=found)


def _failing_on(needs):
    """Return an oracle: families as wide as one of ``needs`` fail, on a case that needs that."""

    def ask(family):
        need = next((need for need in needs if need <= family), None)
        return _cell(family, "violated" if need else "holds", need)

    return ask


@pytest.fixture
def survey(monkeypatch):
    """Return a function that surveys with an oracle whose cases are what they need."""
    monkeypatch.setattr(scoping, "needed_by", lambda case: case)
    monkeypatch.setattr(scoping, "Case", Family)

    def make(ask, within=WITHIN, **options):
        made = Survey(within, ask, **options)
        made.run()
        return made

    return make


@pytest.mark.parametrize("seed", range(12))
def test_the_frontier_is_the_true_one(survey, seed):
    """For random needs it is that of looking at every family, and each search but one finds something new."""
    random = Random(seed)
    families = sorted(_families(SMALL), key=str)
    needs = widest(random.sample(families, random.randint(1, 4)))
    found = survey(_failing_on(needs), SMALL)
    true = widest(family for family in families if not any(need <= family for need in needs))
    assert found.frontier == true
    assert found.left == []
    assert found.searches <= len(needs) + len(true) + 1
    assert found.searches < len(families) / 6


def test_everywhere_and_nowhere(survey):
    """What never fails takes two searches, what fails in the narrowest family one."""
    everywhere = survey(_failing_on([]))
    assert (everywhere.frontier, everywhere.searches) == ([WITHIN], 2)
    nowhere = survey(_failing_on([scoping.NARROWEST]))
    assert (nowhere.frontier, nowhere.searches) == ([], 1)


def test_a_conv_and_a_bias(survey):
    """Where both are needed, either may be left out; a softmax needs biases."""
    need = Family.parse("conv,bias=nonpositive,output=relu,inputs=nonnegative,outputs=1")
    found = survey(_failing_on([need]))
    assert set(found.frontier) == {
        Family.parse("maxpool,styles,softmax"),
        Family.parse("conv,maxpool,styles,bias=none"),
    }
    assert found.searches == 4


def test_what_is_known_is_not_asked_again(survey):
    """Cells that were judged before count, and cost no search."""
    need = Family.parse("conv,bias=nonpositive,output=relu,inputs=nonnegative,outputs=1")
    asked = []

    def ask(family):
        asked.append(family)
        return _failing_on([need])(family)

    found = Survey(WITHIN, ask)
    for family in (WITHIN, Family.parse("maxpool,styles,softmax")):
        found.learn(family, _failing_on([need])(family))
    found.run()
    assert asked == [scoping.NARROWEST, Family.parse("conv,maxpool,styles,bias=none")]


def test_a_counterexample_found_late_withdraws_what_held(survey):
    """A family that was searched in vain is no widest one if a case of it is found elsewhere."""
    late = Family.parse("styles,bias=none,output=relu,inputs=nonnegative,outputs=1")
    first = Family.parse("maxpool,bias=none,output=relu,inputs=nonnegative,outputs=1")

    def ask(family):
        if "softmax" in family.items and not first <= family:
            return _cell(family, "holds")
        return _failing_on([first, late])(family)

    found = survey(ask, known := WITHIN)
    assert ask(Family.parse("conv,styles,softmax")).verdict == "holds"
    assert found.frontier == [Family.parse("conv,styles,softmax")]
    found.learn(Family.parse("styles,bias=none"), ask(Family.parse("styles,bias=none")))
    found.run()
    assert found.frontier == [Family.parse("conv,softmax")]
    assert known == WITHIN


def test_families_without_a_case_are_left_out(survey):
    """Where the axiom has no case nothing holds, and nothing is searched."""
    asked = []

    def ask(family):
        asked.append(family)
        return _failing_on([Family.parse("conv,bias=nonpositive,output=relu,inputs=nonnegative,outputs=1")])(family)

    found = survey(ask, is_empty=lambda family: family.bias == "none")
    assert found.frontier == [Family.parse("maxpool,styles,softmax")]
    assert all(family.bias != "none" for family in asked)


def test_what_is_undecided_is_gone_around(survey):
    """A family of which nothing can be said is neither held nor failing: narrower ones are searched."""

    def ask(family):
        return _cell(family, "inconclusive" if family == WITHIN else "holds")

    found = survey(ask)
    assert (
        set(found.held)
        == set(found.frontier)
        == set(one_narrower(WITHIN))
        - {
            Family.parse("conv,maxpool,styles,bias=nonpositive"),
            Family.parse("conv,maxpool,styles,output=relu"),
        }
    )
    assert found.unknown == [WITHIN]


def test_what_held_is_told_though_the_rest_stays_undecided(survey):
    """A family that was judged before is the widest known, where nothing can be said of those around it."""

    def ask(family):
        return _cell(family, "holds" if family <= Family.parse("conv") else "inconclusive")

    found = Survey(WITHIN, ask)
    found.learn(Family.parse("conv"), ask(Family.parse("conv")))
    found.run()
    assert found.held == [Family.parse("conv")]
    assert found.left


def test_it_ends_where_nothing_is_decided(survey):
    """After a few searches in vain it gives up, and says so."""
    found = survey(lambda family: _cell(family, "inconclusive"))
    assert found.searches == found.in_vain == UNDECIDED
    assert found.left
    told = scope(conservation, lambda family: _cell(family, "inconclusive"), {WITHIN: _cell(WITHIN, "inconclusive")})
    assert not told.complete
    assert told.sentence.startswith("nothing can be said in all of mlp,conv")


def test_where_the_narrowest_family_has_no_case(survey):
    """It begins with the narrowest that have one: what fails there fails nowhere else to be searched."""
    start = Family.parse("bias=nonpositive,output=relu,inputs=nonnegative,outputs=1")
    found = survey(_failing_on([start]), is_empty=lambda family: family.bias == "none")
    assert (found.held, found.left, found.searches) == ([], [], 1)


def test_it_ends_where_all_is_refused(survey):
    """Who refuses everything is asked once more, and not again."""
    found = survey(lambda family: _cell(family, "unsupported"))
    assert found.searches == 1
    told = scope(conservation, lambda family: _cell(family, "unsupported"), {WITHIN: _cell(WITHIN, "unsupported")})
    assert told.sentence == "is not judged: as it is"
    assert told.widest == ()


def test_it_ends_after_so_many_searches(survey):
    """Where every search finds another case the number of them is bounded, and the result says that it was reached."""
    families = sorted(_families(WITHIN), key=lambda family: (-scoping._width(family), str(family)))

    def ask(family):
        fails = len(family.items) > 1 or family.bias != "none"
        return _cell(family, "violated", family) if fails else _cell(family, "holds")

    found = survey(ask)
    assert found.searches == SEARCHES < len(families)
    assert found.left


def _shares(model, inputs, target):
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs)


def _has_conv(model):
    return any("Conv" in type(module).__name__ for module in model.modules())


def _has_bias(model):
    return any(bias is not None and bias.any() for name, bias in model.named_parameters() if name.endswith("bias"))


def _wrong_if(when):
    def explain(model, inputs, target):
        return _shares(model, inputs, target) * (2 if when(model) else 1)

    return explain


def _scoped(explain, families, axiom="conservation", examples=80):
    certificate = Campaign.of([explain], [axiom], families, Budget(examples)).run(with_scope=True)
    return certificate.cells[0].scope


@pytest.mark.long
def test_an_explainer_that_is_wrong_on_biases_at_inputs_of_any_sign():
    """Searched with real networks: it conserves without biases, and on inputs of one sign."""

    def explain(model, inputs, target):
        return _shares(model, inputs, target) + (inputs.min() < 0 and _has_bias(model)) * 1.0

    found = _scoped(explain, ["biased"], examples=60)
    assert {one.family for one in found.widest} == {
        "bias-free",
        "mlp,bias=any,output=any,inputs=nonnegative,outputs=many",
    }
    assert found.complete
    assert found.searches <= 6
    assert found.sentence.startswith("conserves for inputs ≥ 0; also without biases; fails once biases are ")
    assert "and inputs are negative: f(x1) = " in found.sentence


@pytest.mark.long
def test_an_explainer_that_is_wrong_on_convolutions_with_biases():
    """Searched with real networks: it conserves without convolutions, and without biases."""
    found = _scoped(_wrong_if(lambda model: _has_conv(model) and _has_bias(model)), ["conv"])
    assert {one.family for one in found.widest} == {
        "biased",
        "mlp,conv,bias=none,output=any,inputs=real,outputs=many",
    }
    assert found.complete
    assert found.searches <= 6
    assert found.sentence.startswith("conserves without convolutions; also without biases; fails once biases are ")
    assert "and there is a convolution: f(x1) = " in found.sentence
    changes = {(edge.inside, edge.change) for edge in found.edges}
    assert ("biased", "there is a convolution") in changes
    assert all(Family.parse(edge.inside) <= Family.parse(edge.family) for edge in found.edges)


@pytest.mark.long
def test_an_explainer_that_refuses_most():
    """Where it refuses more than one case in twenty nothing holds; what it does not refuse is a scope of its own."""

    def explain(model, inputs, target):
        if any(type(module).__name__.startswith("BatchNorm") for module in model.modules()):
            raise Unsupported("batch normalisation is not for me")
        return _shares(model, inputs, target)

    found = _scoped(explain, ["batchnorm"], examples=60)
    assert found.sentence.startswith("conserves without batch normalisation; nothing can be said in all of mlp,")
    assert "refused, batch normalisation is not for me" in found.sentence
    assert [one.refused for one in found.widest] == [""]


def test_it_speaks_of_all_that_was_asked_for():
    """The scope is searched within the join of the families, and agrees with their cells."""
    explain = _wrong_if(_has_bias)
    found = _scoped(explain, ["bias-free", "deep-taylor"])
    assert found.within == str(join([Family.parse("bias-free"), Family.parse("deep-taylor")]))
    assert [one.family for one in found.widest] == ["bias-free"]
    (edge,) = found.edges
    assert edge.change == "biases are negative"


def test_the_same_frontier_whatever_was_known_first(survey):
    """The order of the cells that are known changes nothing."""
    ask = _failing_on([Family.parse("maxpool,bias=nonpositive,outputs=1"), Family.parse("conv,inputs=nonnegative")])
    families = [Family.parse(name) for name in ("bias-free", "conv", "conv,maxpool,styles", "deep-taylor")]
    found = [Survey(WITHIN, ask) for _ in range(2)]
    for one, order in zip(found, (families, families[::-1]), strict=True):
        for family in order:
            one.learn(family, ask(family))
        one.run()
    assert found[0].frontier == found[1].frontier
    assert found[0].searches == found[1].searches
