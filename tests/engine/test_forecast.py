"""What is said before a campaign on a model begins: about how long it takes, and what its time will not do."""

from random import Random

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine import bound_explainer
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.forecast import ASKED, Forecast, forecast, sentences
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.model_population import ModelPopulation
from axiomcheck.engine.question import Budget
from axiomcheck.explainers import locate
from axiomcheck.models.model import Model
from axiomcheck.models.pace import Pace, pace_of
from axiomcheck.models.source import ModelSource

PACE = Pace(forward=1.0, gradient=2.0, kinks=3.0, memory=2**31, variables=4)


def _source():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(16, 12), nn.ReLU(), nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 3))
    return ModelSource(model, np.random.default_rng(0).uniform(-1, 1, (24, 16)))


def _forecast(axioms, timeout=None, examples=60):
    return Forecast(PACE, {("e", axiom, "m"): case for axiom, case in axioms.items()}, examples, timeout)


def test_all_axioms_of_models_have_an_estimate():
    """What a model can be asked about stands in the table."""
    population = ModelPopulation(_source())
    assert {name for name, axiom in AXIOMS.items() if not population.lacks(axiom)} <= {*ASKED}


@pytest.mark.parametrize("axiom", ["conservation", "continuity", "implementation_invariance", "purity", "context"])
def test_the_estimates_are_about_right(axiom, monkeypatch):
    """Explained inputs and forward passes are, within a factor of three, as many as are counted, on few kinks too."""
    counts = {"explained": 0, "run": 0}
    run, call = Model.run, bound_explainer.BoundExplainer._call

    def counted_run(self, points):
        counts["run"] += len(points)
        return run(self, points)

    def counted_call(self, model, arguments):
        counts["explained"] += len(arguments["inputs"])
        return call(self, model, arguments)

    monkeypatch.setattr(Model, "run", counted_run)
    monkeypatch.setattr(bound_explainer.BoundExplainer, "_call", counted_call)
    population, random, cases = ModelPopulation(_source()), Random(0), 8
    judge = Judge(locate("grad-x-input").explain, AXIOMS[axiom])
    drawn = [population.draw(AXIOMS[axiom], random.randbytes(population.block_size)) for _ in range(cases)]
    counts.update(explained=0, run=0)
    for case in drawn:
        judge(case)
    explained, passes = ASKED[axiom]
    assert explained / 3 <= counts["explained"] / cases <= 3 * explained
    assert counts["run"] / cases <= 3 * passes + 5


def test_nothing_is_said_of_what_is_soon_done():
    """Random networks have no forecast, and a small model's says nothing."""
    budget = Budget(60)
    assert forecast(Campaign.of(["gradient"], ["conservation"], ["biased"], budget).questions) is None
    found = forecast(Campaign.of(["gradient"], ["conservation"], None, budget, _source()).questions)
    assert found is not None
    assert sentences(found) == []


def test_how_long_it_takes_is_said():
    """Two cells of 60 cases, searched and screened: 120 · (10 + 20) seconds are an hour, and half of it on two."""
    found = _forecast({"conservation": 10.0, "context": 20.0})
    assert found.seconds == 3600
    (sentence,) = sentences(found)
    assert sentence.startswith("up to about 60 min for 2 cells of 60 cases")
    assert "a forward pass of one input takes 1 s, its gradient 2 s; about 2.0 GB for each process" in sentence
    assert sentences(found, jobs=2)[0].startswith("up to about 30 min")


def test_what_does_not_fit_is_named():
    """In 0.35 of 600 seconds 59 cases of 3 seconds are judged, and none of 4; then 59 · 4 / 0.35 would do."""
    told = sentences(_forecast({"conservation": 3.0, "continuity": 4.0}, timeout=600))
    assert told[-1] == (
        "too few cases for a verdict that holds will fit into --timeout 600: continuity (4 s a case); all would into "
        "--timeout 674"
    )


def test_too_little_memory_is_said():
    """What a process needs beside what it may use."""
    assert sentences(_forecast({}), memory=2**30) == [
        "a process needs about 2.0 GB and may use 1.0: take fewer --jobs, smaller inputs, or --dtype float32"
    ]


def _quadrature(model, inputs, target, *, baseline, n_steps=50):
    """Return nothing worth having."""
    return inputs


def test_points_of_a_quadrature_count():
    """What sums over 50 points costs 50 times what a gradient does: 11 explanations a case of purity."""
    found = forecast(Campaign.of([_quadrature, "gradient"], ["purity"], None, Budget(60), _source()).questions)
    costs = {name: case for (name, _, _), case in found.cases.items()}
    (quadrature,) = (case for name, case in costs.items() if name != "gradient")
    assert quadrature - costs["gradient"] == pytest.approx(49 * 11 * found.pace.gradient)


def test_the_memory_of_a_pace():
    """Three copies of the weights, 8 bytes each, and what a ReLU and linear layers keep: a few hundred bytes more."""
    population = ModelPopulation(_source())
    draws = population.loaded.draws
    weights = 8 * sum(p.numel() for p in draws.twins.model.reference.parameters())
    pace = pace_of(draws.twins.model, draws.data.inputs)
    assert 3 * weights <= pace.memory <= 3 * weights + 2 * 32 * 8 * 2 * (16 + 12 + 8 + 3)
    assert pace.variables == 16
