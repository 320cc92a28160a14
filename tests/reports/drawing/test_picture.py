"""Pictures of counterexamples: well-formed, with every number in them, and honest in their lengths."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import torch

import axiomcheck as ac
from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.conservation import Sum
from axiomcheck.axioms.continuity import Jump
from axiomcheck.axioms.linearity import CombinedDifference
from axiomcheck.axioms.null_player import NullPlayerScores
from axiomcheck.axioms.observation import MethodDifference, Scores
from axiomcheck.axioms.same_function import OutputDifference
from axiomcheck.axioms.selectivity import SelectivityScores
from axiomcheck.axioms.sensitivity import VariableScore
from axiomcheck.networks import REWRITES, Case, Linear, Network, Path, ReLU, Residual
from axiomcheck.networks.derivations import Combined
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.layers import Flatten
from axiomcheck.reports.drawing import picture, sketch
from axiomcheck.reports.drawing.observation import places_of
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.path_profile import PathProfile

SVG = "{http://www.w3.org/2000/svg}"
X = (1.0, 2.0)
HIDDEN = Linear(((1.0, -2.0), (0.5, 0.0)), (0.25, 0.0))
NETWORK = Network((HIDDEN, ReLU(), Linear(((1.0, -3.0),), (0.0,))))


def _jump(t, x):
    return Jump(x, (3.0, -1.5), (0.0, 0.0), t, "jump", (x, x))


def _found(axiom="conservation", case=None, observed=None, **more):
    case = case or Case(NETWORK, baseline=(0.0, 0.0), inputs=((1.0, 2.0),))
    seen = Sum((1.0, 2.0), (3.0, -1.5), 1.5, "f(x)", 2.0)
    given = {"explainer": "by hand", "family": "biased", "seed": 0, "versions": {}, "reason": "it is so", "gap": 1.0}
    code = {"tolerance": 1e-6, "has_baseline": False, "explainer_code": "", "axiom_code": ""}
    return Counterexample(axiom=axiom, case=case, observed=observed or seen, **given | code | more)


def _texts(svg):
    return [node.text for node in ET.fromstring(svg).iter(f"{SVG}text")]


def _bars(svg):
    return [node for node in ET.fromstring(svg).iter(f"{SVG}rect") if node.get("class") == "bar"]


def test_all_weights_and_biases_stand_in_a_graph():
    """Zeros are left out; the input has its values, hidden units say what they are, the output what it is."""
    texts = _texts(picture(_found()))
    for shown in ("1", "-2", "0.5", "-3", "+0.25", "x1", "x2", "f = -1.5"):
        assert shown in texts
    assert texts.count("relu") == 2
    lines = [node for node in ET.fromstring(picture(_found())).iter(f"{SVG}line") if node.get("class") == "weight"]
    assert len(lines) == 3 + 2
    assert sum("stroke-dasharray" in node.attrib for node in lines) == 2


def test_bars_are_as_long_as_their_scores_and_on_their_side():
    """3 is twice as long as -1.5, to the right of the zero line, and -1.5 to its left."""
    bars = _bars(picture(_found()))[:2]
    assert [float(bar.get("data-score")) for bar in bars] == [3.0, -1.5]
    widths = [float(bar.get("width")) for bar in bars]
    assert widths[0] == pytest.approx(2 * widths[1])
    assert float(bars[0].get("x")) == pytest.approx(float(bars[1].get("x")) + widths[1])


def test_conservation_says_both_sums():
    """What the scores sum to, and what was expected, are bars of the same scale below the others."""
    (first, _, total, expected), texts = _bars(picture(_found())), _texts(picture(_found()))
    assert [float(bar.get("data-score")) for bar in (total, expected)] == [1.5, 2.0]
    assert float(total.get("width")) == pytest.approx(float(first.get("width")) / 2)
    assert {"Σ R", "f(x)"} <= set(texts)
    assert "Σ R = 1.5, expected f(x) = 2" in sketch(_found())


def test_one_score_has_the_name_of_its_variable():
    """Sensitivity looks at one variable, which need not be the first."""
    found = _found("sensitivity", observed=VariableScore((1.0, 2.0), (0.0, 0.0), 0.5, 1.0, 1))
    assert places_of(found) == ["x2"]
    assert sketch(found).startswith("x2")


def test_outputs_are_no_scores_of_inputs():
    """What same function saw are the model's outputs, and are called so."""
    found = _found("same_function", observed=OutputDifference(X, (3.0, 4.0), (3.0, 0.0), (X,)))
    assert places_of(found) == ["f1", "f2"]
    assert "outputs" in _texts(picture(found))
    assert "scores" not in _texts(picture(found))


def test_variables_the_sentence_is_about_have_a_star():
    """And what a star says is written."""
    case = Case(NETWORK, baseline=(0.0, 0.0), inputs=((1.0, 2.0),), facts=(Irrelevant((1,)),))
    found = _found("selectivity", case, SelectivityScores(X, (1.0, 1.0), (1,)))
    assert places_of(found) == ["x1", "x2 ★"]
    assert any("★ f does not depend on it" in (text or "") for text in _texts(picture(found)))


def test_two_explainers_are_called_by_their_names():
    """Bars of two that should be equal say whose they are."""
    found = _found("equality with grad-x-input", observed=MethodDifference(X, (1.0, 0.0), (0.0, 0.0), "grad-x-input"))
    assert {"by hand", "grad-x-input"} <= set(_texts(picture(found)))


def test_twins_say_what_differs():
    """The second is called g, says by what it was rewritten, has its own value and a ground where it differs."""
    case = Case(
        NETWORK,
        baseline=(0.0, 0.0),
        inputs=((1.0, 2.0),),
        rewrites=(REWRITES["identity"](0),),
        facts=(Irrelevant((1,)),),
    )
    found = _found("null_player", case, NullPlayerScores(X, (3.0, -1.5), (1,)))
    root, texts = ET.fromstring(picture(found)), _texts(picture(found))
    assert {"f = -1.5", "g = -1.5", "g, which is f rewritten by identity", "on g"} <= set(texts)
    assert [node for node in root.iter(f"{SVG}rect") if node.get("class") == "differs"]


def test_a_second_output_is_named():
    """Linearity adds up two outputs of one network: both have a ring, and the combination its own picture."""
    network = Network((Linear(((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0)),))
    case = Case(network, baseline=(0.0, 0.0), inputs=((1.0, 2.0),), facts=(Combined(1.0, 3.0, 1),))
    seen = CombinedDifference(X, (1.0, 0.0), (1.0, 5.0), (0.0, 2.0), "f + 3 h")
    texts = _texts(picture(_found("linearity", case, seen)))
    assert {"f = 1", "h = 2", "g = 7", "g(x) = f + 3 h"} <= set(texts)


def test_hostile_text_is_text():
    """Names and sentences of users are no markup, and what XML cannot hold is replaced."""
    hostile = "<script>alert(1)</script>\x00\ud800 & \" '"
    for inline in (False, True):
        svg = picture(_found(explainer=hostile, reason=hostile), inline=inline)
        root = ET.fromstring(svg)
        assert not list(root.iter(f"{SVG}script"))
        assert any("<script>" in (text or "") for text in _texts(svg))


def test_in_a_page_colours_are_the_page_s():
    """Text has the page's colour; a file of its own has a ground and no variables."""
    assert "currentColor" in picture(_found(), inline=True)
    alone = picture(_found())
    assert alone.startswith("<?xml")
    assert "var(" not in alone
    assert "currentColor" not in alone


def test_images_are_heatmaps():
    """Nine scores on 1×3×3 are nine cells, three in a row, as opaque as they are large."""
    scores = [float(i) for i in range(-4, 5)]
    case = Case(Network((ReLU(), Flatten()), shape=(1, 3, 3)), baseline=(0.0,) * 9, inputs=(tuple(scores),))
    root = ET.fromstring(picture(_found("positivity", case, Scores(tuple(scores), tuple(scores)))))
    cells = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "cell"]
    assert [float(cell.get("data-score")) for cell in cells] == scores
    assert len({cell.get("x") for cell in cells}) == len({cell.get("y") for cell in cells}) == 3
    opacities = [float(cell.get("fill-opacity")) for cell in cells]
    assert opacities[4] == 0
    assert opacities[0] == opacities[8] == max(opacities)


def test_the_jump_is_where_it_is():
    """On a path of one segment with a jump at a quarter, the mark stands a quarter of the way between the ends."""
    case = Case(NETWORK, baseline=(0.0, 0.0), path=Path(((0.0, 0.0), (4.0, 4.0))))
    at, scores = (0.0, 0.25, 0.25, 1.0), ((1.0, 0.0), (1.0, 0.0), (0.0, 0.0), (0.0, 0.0))
    found = _found("continuity", case, _jump(0.25, (1.0, 1.0)), along=PathProfile.on(case, at, scores, (0.25,)))
    root = ET.fromstring(picture(found))
    (mark,) = [node for node in root.iter(f"{SVG}line") if node.get("class") == "mark"]
    points = [node.get("points").split() for node in root.iter(f"{SVG}polyline")]
    ends = [float(points[0][0].split(",")[0]), float(points[1][-1].split(",")[0])]
    assert float(mark.get("x1")) == pytest.approx(ends[0] + 0.25 * (ends[1] - ends[0]), abs=0.02)
    assert "a jump at t = 0.25" in sketch(found)


CALLS = []


@ac.explainer(conserves="output", claims={"positivity": "biased"})
def _wrong(model, inputs, target):
    """Depends on the calls before, on the batch, on weights, on the signs of inputs; changes the model's mode."""
    CALLS.append(1)
    model.train()
    last = list(model.parameters())[-1:]
    noise = len(CALLS) + inputs.sum() + sum(weight.detach().abs().sum() for weight in last)
    model(inputs + 1)
    return (-inputs.abs() * noise + 3 * inputs.sign() - 1 + inputs.cumsum(1)).to(inputs)


def _zero(model, inputs, target):
    return torch.zeros_like(inputs)


def _half(model, inputs, target):
    return inputs[:, :0]


def _other(model, inputs, target):
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(1)
        model(inputs)
        for weight in model.parameters():
            weight.sub_(1)
    return torch.zeros_like(inputs)


WRONG = {"sensitivity": _zero, "output_form": _half, "same_function": _other}


@pytest.mark.parametrize("axiom", AXIOMS)
def test_every_axiom_can_be_drawn(axiom):
    """An explainer that is wrong in every way has a picture for each axiom that it breaks."""
    found = ac.find_counterexample(WRONG.get(axiom, _wrong), axiom, family="biased", examples=150)
    assert found is not None
    for drawn in (found, replace(found, along=None)):
        root = ET.fromstring(picture(drawn))
        assert root.find(f"{SVG}title").text
        assert root.find(f"{SVG}desc").text == found.reason
        assert sketch(drawn) or not drawn.observed.scores


def test_branches_begin_and_end_in_what_is_drawn():
    """Lines lead from the frame of a block to each branch, also to the one that passes its input on, and out again."""
    block = Residual(((ReLU(),), ()))
    found = _found(case=Case(Network((HIDDEN, block)), baseline=(0.0, 0.0), inputs=((1.0, 2.0),)))
    root = ET.fromstring(picture(found))
    assert {"x", "residual"} <= set(_texts(picture(found)))
    lines = [tuple(float(node.get(name)) for name in ("x1", "y1", "x2", "y2")) for node in root.iter(f"{SVG}line")]
    across = [(left, right, y) for left, y, right, end in lines if y == end and left < right]
    begun = {(x, y) for x, y, end, _ in lines if x == end}
    ended = {(x, y) for x, _, end, y in lines if x == end}
    assert [
        (top, low)
        for left, right, top in across
        for *same, low in across
        if same == [left, right] and top < low and {(left, top), (right, top)} <= begun
        if {(left, low), (right, low)} <= ended
    ]


def test_what_scores_are_measured_from_is_told():
    """The baseline of a method that has one, and the path; in a page they stand above the picture."""
    case = Case(NETWORK, baseline=(0.5, -1.0), path=Path(((0.0, 0.0), (1.0, 2.0))))
    found = _found("continuity", case, _jump(0.5, X), has_baseline=True)
    told = "path (0, 0) → (1, 2) · baseline (0.5, -1)"
    assert told in _texts(picture(found))
    assert told not in _texts(picture(found, inline=True))
