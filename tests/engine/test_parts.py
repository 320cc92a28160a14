"""A cell that several machines screen together is the cell of one that screens alone."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from axiomcheck.cli import main
from axiomcheck.engine import evidence
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.merge import merge
from axiomcheck.engine.parts import whole
from axiomcheck.engine.question import Budget
from axiomcheck.engine.stretches import numbers_of, quotas
from axiomcheck.explainers import Unsupported, explainer
from axiomcheck.models.source import ModelSource
from axiomcheck.networks import AxiomcheckError
from axiomcheck.reports.json import as_json
from axiomcheck.results.certificate_reader import read_certificate

EXAMPLES = 250
THREE = (1, 2, 3)


def _share(model, inputs, target):
    """Return f in equal shares."""
    shares = model(inputs).gather(1, target[:, None]).detach() / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs).clone()


def _is_rare(inputs, one_in):
    """Say of an input, by its digits, whether it is one of few."""
    return int(inputs[0].sum().abs() * 2**12) % one_in == 1


def rarely_wrong(model, inputs, target):
    """Conserve, but for a case in many."""
    return _share(model, inputs, target) + 5.0 * _is_rare(inputs, RARE)


def rarely_raising(model, inputs, target):
    """Conserve, and raise in a case of many."""
    if _is_rare(inputs, RARE):
        raise ZeroDivisionError("too rare")
    return _share(model, inputs, target)


def often_refusing(model, inputs, target):
    """Refuse every third case or so, for one of two reasons."""
    if _is_rare(inputs, 3):
        raise Unsupported("odd" if _is_rare(inputs, 2) else "even")
    return _share(model, inputs, target)


def always_refusing(model, inputs, target):
    """Refuse."""
    raise Unsupported("it is not written yet")


@explainer(claims={"conservation": "bias=none"})
def claiming(model, inputs, target):
    """Promise to conserve without biases, and conserve nothing."""
    return torch.ones_like(inputs)


@explainer(claims={"conservation": "ordinary", "null_player": "bias=none"})
def promising(model, inputs, target):
    """Promise more than is asked, and a part of it."""
    return _share(model, inputs, target)


RARE, SEED, SEEN = 211, 0, 2
"""One case in so many fails; with this seed none of the search does, and of the screen one of the second stretch."""


def _whole_and_merged(tmp_path, campaign, count=3, order=THREE):
    """Return the certificate of one machine, and that of several, which went through files."""
    shards = []
    for index in range(1, count + 1):
        path = tmp_path / f"{index}.json"
        path.write_text(as_json(campaign.shard(index, count, splits=True).run_parts()), encoding="utf-8")
        shards.append((str(index), read_certificate(path)))
    return campaign.run(), merge([shards[index - 1] for index in order]), [shard for _, shard in shards]


@pytest.mark.parametrize(
    ("who", "axioms", "verdicts"),
    [
        ("uniform", ["conservation", "null_player"], {"holds", "violated"}),
        pytest.param("lrp-gamma", ["implementation_invariance"], {"violated"}, marks=pytest.mark.long),
        (claiming, ["conservation"], {"violated"}),
        (promising, ["conservation", "null_player"], {"holds", "violated"}),
        pytest.param(often_refusing, ["conservation"], {"inconclusive"}, marks=pytest.mark.long),
        (always_refusing, ["conservation"], {"unsupported"}),
    ],
)
def test_three_parts_make_the_cell_of_one(tmp_path, who, axioms, verdicts):
    """Counts, bounds, figures, curves, counterexamples, claims: all that is sealed, in whatever order they come."""
    campaign = Campaign.of([who], axioms, ["biased"], Budget(EXAMPLES))
    alone, merged, shards = _whole_and_merged(tmp_path, campaign, order=(3, 1, 2))
    assert merged.as_data()["sha256"] == alone.as_data()["sha256"]
    assert {cell.verdict for cell in alone.cells} <= verdicts
    assert all(not shard.cells and not shard.missing for shard in shards)


@pytest.mark.parametrize(
    ("who", "failure"), [(rarely_wrong, "violation"), pytest.param(rarely_raising, "error", marks=pytest.mark.long)]
)
def test_the_first_failure_counts_whoever_sees_it(tmp_path, who, failure):
    """Where the search finds none, that of the first stretch that has one is confirmed, as one machine would."""
    campaign = Campaign.of([who], ["conservation"], ["biased"], Budget(EXAMPLES, seed=SEED))
    alone, merged, shards = _whole_and_merged(tmp_path, campaign)
    assert merged.as_data()["sha256"] == alone.as_data()["sha256"]
    seen = [(part.failure, part.at) for shard in shards for part in shard.parts if part.failure]
    assert seen == [(failure, SEEN)]


def test_of_several_failures_the_first_counts(tmp_path):
    """A violation before an error, that of the search before all, else that of the first stretch."""
    campaign = Campaign.of(["uniform"], ["conservation"], ["biased"], Budget(EXAMPLES))
    parts = [part for shard in _whole_and_merged(tmp_path, campaign)[2] for part in shard.parts]

    def reason(*failures):
        failed = [
            replace(part, failure=failure, at=at, cell=replace(part.cell, verdict="violated", reason=f"{failure} {at}"))
            for part, (failure, at) in zip(parts, failures, strict=True)
        ]
        return whole(failed, EXAMPLES).reason

    assert reason(("violation", 3), ("violation", 2), ("error in the search", 0)) == "violation 2"
    assert reason(("error", 3), ("error", 2), ("error in the search", 0)) == "error in the search 0"
    assert reason(("error", 3), ("violation", 2), ("violation in the search", 0)) == "violation in the search 0"


def test_no_stretch_is_judged_twice():
    """Each stretch of each cell is in one share; every machine begins some cells."""
    campaign = Campaign.of(["uniform", "gradient"], ["conservation"], ["biased", "bias-free"], Budget(EXAMPLES))
    shares = [campaign.shard(index, 3, splits=True).shares for index in THREE]
    judged = [(question.key, number) for mine in shares for question, numbers in mine for number in numbers]
    assert sorted(judged) == sorted((question.key, number) for question in campaign.questions for number in (1, 2, 3))
    assert all(any(1 in numbers for _, numbers in mine) for mine in shares)


def test_more_machines_than_stretches(tmp_path):
    """Some have nothing to do, and nothing is missing."""
    campaign = Campaign.of(["uniform"], ["conservation"], ["biased"], Budget(EXAMPLES))
    alone, merged, shards = _whole_and_merged(tmp_path, campaign, count=5, order=(5, 4, 3, 2, 1))
    assert merged.as_data()["sha256"] == alone.as_data()["sha256"]
    assert sorted(len(shard.parts) for shard in shards) == [0, 0, 1, 1, 1]


def test_what_is_not_whole_is_missing(tmp_path):
    """Without one of the parts there is no verdict; they can be merged with it later."""
    campaign = Campaign.of(["uniform"], ["conservation"], ["biased"], Budget(EXAMPLES))
    alone, some, shards = _whole_and_merged(tmp_path, campaign, order=(1, 2))
    assert (some.cells, some.missing) == ((), (("uniform", "conservation", "biased"),))
    later = merge([("some", some), ("last", shards[2])])
    assert later.as_data()["sha256"] == alone.as_data()["sha256"]


def test_parts_of_another_campaign_are_refused(tmp_path):
    """Their cases are others."""
    campaigns = [Campaign.of(["uniform"], ["conservation"], ["biased"], Budget(n)) for n in (EXAMPLES, 300)]
    one, other = (campaign.shard(1, 3, splits=True).run_parts() for campaign in campaigns)
    with pytest.raises(AxiomcheckError, match="are not of one campaign: examples is 250 in one and 300 in the other"):
        merge([("one", one), ("other", other)])


def test_parts_that_do_not_fit_are_told(tmp_path):
    """Somebody made one up, with a figure that no case has."""
    campaign = Campaign.of(["uniform"], ["conservation"], ["biased"], Budget(EXAMPLES))
    _, _, (one, other, last) = _whole_and_merged(tmp_path, campaign)
    (part,) = last.parts
    forged = replace(part, stretches=(replace(part.stretches[0], measured={"made up": ()}),))
    with pytest.raises(AxiomcheckError, match="the parts of uniform × conservation × biased do not fit each other"):
        merge([("one", one), ("other", other), ("last", replace(last, parts=(forged,)))])


def test_a_known_violation_is_expected_of_the_whole(tmp_path):
    """The reason stands in each part, and in the cell that fails."""
    campaign = Campaign.of(["gradient"], ["conservation"], ["biased"], Budget(EXAMPLES))
    shards = [campaign.shard(index, 3, splits=True).run_parts() for index in THREE]
    marked = [
        replace(shard, parts=tuple(replace(part, expected="by design") for part in shard.parts)) for shard in shards
    ]
    (cell,) = merge([(str(number), shard) for number, shard in enumerate(marked)]).cells
    assert (cell.verdict, cell.expected) == ("violated", "by design")


def test_quotas():
    """Every effective case is in one stretch."""
    assert [quotas(n) for n in (1, 100, 101, 300)] == [[1], [100], [100, 1], [100] * 3]
    assert all(sum(quotas(n)) == n and len(quotas(n)) == len(numbers_of(n)) for n in range(1, 500))


def _certified(folder, *words):
    asked = ["certify", "uniform", "--axiom", "conservation", "--family", "bias-free", "--examples", str(EXAMPLES)]
    assert main([*asked, "--in-process", "--out", str(folder), *words]) == 0
    return json.loads((folder / "certificate.json").read_text())


def test_shards_of_one_cell_on_the_command_line(tmp_path, capsys):
    """Three machines, one cell: merged, they are the certificate of one; what is resumed is not judged again."""
    alone = _certified(tmp_path / "alone")
    folders = [tmp_path / f"part{index}" for index in THREE]
    for index, folder in enumerate(folders, 1):
        assert not _certified(folder, "--split-cells", "--shard", f"{index}/3")["cells"]
        assert "of 1 cell a part was screened: axiomcheck merge makes them whole" in capsys.readouterr().out
    lines = (folders[0] / "cells.jsonl").read_bytes()
    certificate = (folders[0] / "certificate.json").read_bytes()
    _certified(folders[0], "--split-cells", "--shard", "1/3", "--resume")
    assert (folders[0] / "cells.jsonl").read_bytes() == lines
    assert (folders[0] / "certificate.json").read_bytes() == certificate
    assert main(["merge", *map(str, folders), "--out", str(tmp_path / "merged")]) == 0
    assert json.loads((tmp_path / "merged" / "certificate.json").read_text())["sha256"] == alone["sha256"]


def test_split_cells_needs_a_shard(tmp_path, capsys):
    """Of how many machines this is one must be said."""
    assert main(["certify", "uniform", "--split-cells", "--out", str(tmp_path)]) == 2
    assert "say which part of it this is, as in --shard 1/3" in capsys.readouterr().err


def test_a_large_screen_has_a_smaller_search(monkeypatch):
    """Hypothesis remembers what it draws: it does not draw a million cases."""
    monkeypatch.setattr(evidence, "SEARCHED", 20)
    (cell,) = Campaign.of(["uniform"], ["conservation"], ["bias-free"], Budget(120)).run().cells
    assert (cell.search["effective"], cell.screen["effective"]) == (20, 120)


def test_cells_of_a_model_are_split_too(tmp_path):
    """Two machines that load one model make the certificate that one of them would have made."""
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    source = ModelSource(model, np.random.default_rng(0).uniform(-1, 1, (16, 3)))
    campaign = Campaign.of(["lrp-z-plus"], ["conservation", "implementation_invariance"], None, Budget(120), source)
    alone, merged, shards = _whole_and_merged(tmp_path, campaign, count=2, order=(2, 1))
    assert merged.as_data()["sha256"] == alone.as_data()["sha256"]
    assert [len(shard.parts) for shard in shards] == [2, 2]
