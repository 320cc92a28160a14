"""Each rewrite breaks exactly those explainers that the table names."""

from dataclasses import replace
from functools import partial
from random import Random

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.explainers import CATALOGUE, locate
from axiomcheck.networks import REWRITES, Family, Linear, Network, ReLU
from axiomcheck.networks.rewrites.guards import GuardedBias
from axiomcheck.strategies.cases import one_twin
from axiomcheck.strategies.codec import block_size

from .rewriting import (
    CAPTUM,
    CONTROLS,
    EXPLAINERS,
    GAUGES,
    OF_THE_FUNCTION,
    PRODUCTS,
    REWRITING,
    STYLES,
    THROUGH_ATTENTION,
)

ENOUGH = 1000
"""Cases within which a break that the table names is found."""
SOME = 10


def _kinds(explainer, rewrites, family, count):
    """Judge ``count`` twins that ``rewrites`` apply to, or as many as there are up to the first violation."""
    axiom = AXIOMS["implementation_invariance"]
    judge = Judge(locate(explainer).explain, replace(axiom, draws=partial(one_twin, kinds=tuple(rewrites))))
    random, family = Random(f"{explainer} {rewrites}"), Family.parse(family)
    kinds = []
    with one_thread():
        for _ in range(30 * count):
            kinds.append(judge(judge.axiom.draws(random.randbytes(block_size(family)), family)).kind)
            if kinds[-1] == "violated" or len(kinds) - kinds.count("rejected") >= count:
                break
    return kinds


def _assert_broken(explainer, rewrite, family):
    assert "violated" in _kinds(explainer, [rewrite], family, ENOUGH), f"{rewrite} spares {explainer}"


def _assert_spared(explainer, rewrites, family, count):
    kinds = _kinds(explainer, rewrites, family, count)
    assert "violated" not in kinds, f"{rewrites} break {explainer}"
    assert "error" not in kinds
    assert kinds.count("holds") > count / 3


@pytest.mark.parametrize("rewrite", REWRITING)
def test_rewrites_break_those_that_the_table_names(rewrite):
    """Each of them is found to be broken."""
    row = REWRITING[rewrite]
    for explainer in row.explainers:
        _assert_broken(explainer, rewrite, row.family)


@pytest.mark.parametrize("explainer", EXPLAINERS)
def test_the_others_spare_it_together(explainer):
    """Twins by any of the rewrites that the table does not name, in each family that it speaks of."""
    spared = {}
    for name, row in REWRITING.items():
        if explainer not in row.explainers | row.seldom:
            spared.setdefault(row.family, []).append(name)
    for family, names in spared.items():
        _assert_spared(explainer, names, family, SOME)


@pytest.mark.long
@pytest.mark.parametrize("rewrite", [name for name in REWRITING if name not in CONTROLS])
def test_rewrites_spare_all_others(rewrite):
    """Explainers that the table does not name are spared in 60 cases."""
    row = REWRITING[rewrite]
    for explainer in EXPLAINERS:
        if explainer not in row.explainers | row.seldom:
            _assert_spared(explainer, [rewrite], row.family, 60)


@pytest.mark.long
@pytest.mark.parametrize("explainer", EXPLAINERS)
def test_controls_break_nobody(explainer):
    """Permuted, split and dead units spare an explainer in 300 cases, 50 of them of `ordinary` networks."""
    spared = [name for name, row in CONTROLS.items() if explainer not in row.explainers]
    for family, count in (("biased", 250), ("ordinary", 50)):
        _assert_spared(explainer, spared, family, count)


@pytest.mark.parametrize("style", STYLES)
def test_styles_break_those_of_captum_that_the_table_names(style):
    """Methods that hook modules are found to depend on the code; those that do not are spared."""
    row = STYLES[style]
    for explainer in CAPTUM:
        if explainer in row.explainers:
            _assert_broken(explainer, style, row.family)
        elif (explainer, style) != ("captum:DeepLift", "style-relu-reused"):
            _assert_spared(explainer, [style], row.family, 2 * SOME)


@pytest.mark.parametrize("explainer", [name for name in CATALOGUE if name != "shapley"])
def test_styles_break_no_native_explainer(explainer):
    """The native methods read the graph, however it is written."""
    _assert_spared(explainer, list(STYLES), "ordinary", 2 * SOME)


@pytest.mark.parametrize("gauge", GAUGES)
@pytest.mark.parametrize("explainer", [*OF_THE_FUNCTION, *THROUGH_ATTENTION])
def test_a_basis_of_attention_makes_no_difference(explainer, gauge):
    """What asks the function alone keeps its scores."""
    _assert_spared(explainer, [gauge], GAUGES[gauge].family, SOME)


@pytest.mark.parametrize("rewrite", PRODUCTS)
@pytest.mark.parametrize("explainer", [*OF_THE_FUNCTION, *THROUGH_ATTENTION])
def test_products_written_otherwise(explainer, rewrite):
    """Who halves relevance at products is told by their order; nobody by factors."""
    row = PRODUCTS[rewrite]
    if explainer in row.explainers:
        _assert_broken(explainer, rewrite, row.family)
    else:
        _assert_spared(explainer, [rewrite], row.family, SOME)


def test_the_tables_have_all_rewrites():
    """No rewrite is left out."""
    assert {*REWRITING, *STYLES, *GAUGES, *PRODUCTS} == set(REWRITES)


def test_a_guarded_bias_breaks_guided_backprop_where_signs_differ():
    """relu(h - 1) + relu(3 - h) with h = relu(x) at 2 sends 1 and -1 back to h: 0 together, 1 when one is apart."""
    network = Network(
        (
            Linear(((1.0,),), (0.0,)),
            ReLU(),
            Linear(((1.0,), (-1.0,)), (-1.0, 3.0)),
            ReLU(),
            Linear(((1.0, 1.0),), (0.0,)),
        )
    )
    case = one_twin(bytes(block_size(Family())), Family())
    case = replace(case, network=network, rewrites=(GuardedBias(1, 0, 0),), inputs=((2.0,),), baseline=(0.0,), target=0)
    judge = Judge(locate("guided-backprop").explain, AXIOMS["implementation_invariance"])
    assert judge(case).kind == "violated"
