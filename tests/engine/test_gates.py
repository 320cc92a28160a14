"""Gates: known violations in ``certify --expect``, ``diff`` between certificates, ``report`` in every form."""

import json
from dataclasses import replace

import pytest

import axiomcheck as ac
from axiomcheck.cli import main
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.expected import Expected
from axiomcheck.engine.known_violations import KnownViolations
from axiomcheck.engine.question import Budget
from axiomcheck.reports.difference import circumstances, differences
from axiomcheck.reports.json import as_json
from axiomcheck.reports.write import write_counterexample
from axiomcheck.results.claim import Claim

ASKED = ["--axiom", "conservation", "--axiom", "continuity", "--family", "biased", "--examples", "60"]
ENTRY = '[[violation]]\nexplainer = "{}"\naxiom = "{}"\nreason = "{}"\n'


@pytest.fixture
def certify(tmp_path, capsys):
    """Return a function that certifies grad-x-input with a list of known violations, and what was told."""

    def run(known):
        path = tmp_path / "known.toml"
        path.write_text(known, encoding="utf-8")
        status = main(["certify", "grad-x-input", *ASKED, "--expect", str(path), "--out", str(tmp_path)])
        told = capsys.readouterr()
        file = tmp_path / "certificate.json"
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"] if file.exists() else []
        return status, " ".join(told.out.split()), told.err, {cell["axiom"]: cell for cell in cells}

    return run


def test_all_that_is_known_is_no_failure(certify):
    """Both violations have a reason, which the certificate and the terminal tell."""
    known = ENTRY.format("grad-x-input", "conservation", "biases are lost") + ENTRY.format(
        "grad-x-input", "continuity", "gradients jump"
    )
    status, out, _, cells = certify(known)
    assert status == 0
    assert {cell["expected"] for cell in cells.values()} == {"biases are lost", "gradients jump"}
    assert "expected: gradients jump" in out


def test_what_is_not_known_fails(certify):
    """One of two is in the list."""
    status, _, _, cells = certify(ENTRY.format("grad-x-input", "continuity", "gradients jump"))
    assert status == 1
    assert cells["conservation"]["expected"] is None


def test_stored_ones_are_replayed_and_not_searched(certify, tmp_path):
    """The cell is settled by the file: nothing was drawn for it."""
    found = ac.find_counterexample("grad-x-input", "continuity", family="biased", examples=60)
    write_counterexample(found, tmp_path / "found.json")
    known = ENTRY.format("grad-x-input", "conservation", "biases") + ENTRY.format("grad-x-input", "continuity", "kinks")
    status, _, _, cells = certify(known + 'counterexample = "found.json"\n')
    assert status == 0
    assert cells["continuity"]["search"] == {}
    assert cells["continuity"]["verdict"] == "violated"
    assert cells["conservation"]["search"]["drawn"] > 0


def test_what_no_longer_holds_is_told(tmp_path, capsys):
    """A counterexample of another method, which this one mended, is to leave the list."""
    found = ac.find_counterexample("grad-x-input", "conservation", family="biased", examples=60)
    write_counterexample(found, tmp_path / "found.json")
    path = tmp_path / "known.toml"
    path.write_text(ENTRY.format("uniform", "conservation", "was wrong") + 'counterexample = "found.json"\n')
    asked = ["certify", "uniform", "--axiom", "conservation", "--family", "biased", "--examples", "60"]
    assert main([*asked, "--expect", str(path), "--out", str(tmp_path)]) == 1
    assert "fixed: remove it from the list" in capsys.readouterr().err


def test_what_is_not_found_again_is_a_warning(tmp_path, capsys):
    """Without a stored file a violation may hide: that is told, and is no failure."""
    path = tmp_path / "known.toml"
    path.write_text(ENTRY.format("uniform", "conservation", "was wrong"), encoding="utf-8")
    asked = ["certify", "uniform", "--axiom", "conservation", "--family", "biased", "--examples", "60"]
    assert main([*asked, "--expect", str(path), "--out", str(tmp_path)]) == 0
    assert "was not found (was wrong)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (ENTRY.format("lrp-0", "continuity", "jumps"), "matches no cell"),
        ('[[violation]]\nexplainer = "grad-x-input"\naxiom = "continuity"\n', "has no reason"),
        ("[[violation", "is no TOML"),
    ],
)
def test_wrong_lists_are_wrong_use(certify, known, told):
    """Status 2 and a sentence, before anything is judged."""
    status, _, err, cells = certify(known)
    assert status == 2
    assert told in err
    assert cells == {}


def test_a_counterexample_of_another_axiom_is_wrong_use(certify, tmp_path):
    """It would settle a cell that it says nothing about."""
    found = ac.find_counterexample("grad-x-input", "conservation", family="biased", examples=60)
    write_counterexample(found, tmp_path / "found.json")
    known = ENTRY.format("grad-x-input", "continuity", "kinks") + 'counterexample = "found.json"\n'
    status, _, err, cells = certify(known)
    assert status == 2
    assert "which is of conservation" in err
    assert cells == {}


def test_a_counterexample_outside_the_family_does_not_settle_it(tmp_path):
    """One with a bias says nothing of networks without: there the cell is searched, and what is not found is told."""
    found = ac.find_counterexample("grad-x-input", "conservation", family="biased", examples=60)
    write_counterexample(found, tmp_path / "found.json")
    entry = {"explainer": "grad-x-input", "axiom": "conservation", "reason": "biases"}
    known = KnownViolations.of([entry | {"counterexample": str(tmp_path / "found.json")}])
    campaign = Campaign.of(["grad-x-input"], ["conservation"], ["bias-free"], Budget(60))
    expected = Expected.of(known, campaign.questions)
    assert not expected.cells
    assert not expected.fixed
    certificate = expected.marked(campaign.run(known=expected.cells))
    assert [(cell.verdict, cell.expected) for cell in certificate.cells] == [("holds", None)]
    assert list(expected.missed(certificate)) == [
        "the known violation of grad-x-input on conservation in any family was not found (biases)"
    ]


def test_claims_of_settled_cells_are_judged(tmp_path):
    """A stored counterexample refutes what its explainer claims, as one that is found does."""
    mine = ac.explainer(claims={"conservation": "biased"})(_own)
    found = ac.find_counterexample(mine, "conservation", family="biased", examples=60)
    write_counterexample(found, tmp_path / "found.json")
    campaign = Campaign.of([mine], ["conservation"], ["biased"], Budget(60))
    entry = {"explainer": found.explainer, "axiom": "conservation", "reason": "it returns the input"}
    known = KnownViolations.of([entry | {"counterexample": str(tmp_path / "found.json")}])
    (cell,) = Expected.of(known, campaign.questions).cells.values()
    assert cell.claim.verdict == "refuted"


def test_a_listed_cell_of_which_nothing_can_be_said_is_no_failure(judged):
    """It is expected with its reason, and it is told that the violation was not found."""
    known = KnownViolations.of([{"explainer": "grad-x-input", "axiom": "continuity", "reason": "gradients jump"}])
    vague = _changed(judged, continuity="inconclusive")
    assert [cell.axiom for cell in vague.unexpected] == ["continuity"]
    marked = Expected(known, {}, {}).marked(vague)
    assert not marked.unexpected
    assert list(Expected(known, {}, {}).missed(marked)) == [
        "the known violation of grad-x-input on continuity in any family was not found (gradients jump)"
    ]


@pytest.fixture(scope="module")
def judged():
    """A small certificate."""
    return ac.certify("grad-x-input", axioms=["conservation", "continuity"], families=["bias-free"], examples=60)


def _changed(certificate, **verdicts):
    cells = [replace(cell, verdict=verdicts.get(cell.axiom, cell.verdict)) for cell in certificate.cells]
    return replace(certificate, cells=tuple(cells))


def test_differences_are_told_apart(judged):
    """G×I without biases holds on conservation and not on continuity."""
    worse = list(differences(judged, _changed(judged, conservation="violated")))
    assert [one.change for one in worse] == ["worse"]
    better = list(differences(judged, _changed(judged, continuity="holds")))
    assert [one.change for one in better] == ["better"]
    assert [one.change for one in differences(judged, _changed(judged, conservation="unsupported"))] == ["worse"]
    fewer = replace(judged, cells=judged.cells[:1])
    assert [one.change for one in differences(judged, fewer)] == ["gone"]
    assert [one.change for one in differences(fewer, judged)] == ["new"]
    assert not list(differences(judged, judged))


def test_what_else_differs_is_told_first(judged):
    """Versions, seeds, budgets, and the source of an explainer."""
    environment = replace(judged.environment, examples=500, versions=judged.environment.versions | {"torch": "0.1"})
    identities = tuple(replace(one, source="0" * 64) for one in judged.identities)
    told = list(circumstances(judged, replace(judged, environment=environment, seed=7, identities=identities)))
    assert len(told) == 4
    assert any("torch" in line and "0.1" in line for line in told)
    assert "the source of grad-x-input is another" in told


@pytest.mark.parametrize(("was", "now"), [("upheld", "refuted"), ("refuted", "upheld"), ("open", "upheld")])
def test_a_promise_that_is_kept_no_longer_is_worse(judged, was, now, tmp_path, capsys):
    """Though the verdict is the same: an axiom may be promised beyond the family of its cell."""
    cell = next(cell for cell in judged.cells if cell.verdict == "holds")
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, verdict in zip(paths, (was, now), strict=True):
        told = replace(cell, claim=Claim("ordinary", verdict, "so it was found"))
        path.write_text(as_json(replace(judged, cells=(told,))), encoding="utf-8")
    is_worse = now == "refuted"
    assert main(["diff", *map(str, paths)]) == int(is_worse)
    out = capsys.readouterr().out
    assert out.startswith("worse" if is_worse else "better")
    assert f"holds, its promise {was} → {now}" in out


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [({}, 0), ({"continuity": "holds"}, 0), ({"conservation": "violated"}, 1), ({"conservation": "unsupported"}, 1)],
)
def test_worse_is_status_one(judged, verdicts, status, tmp_path, capsys):
    """And what is better or the same is 0."""
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, certificate in zip(paths, (judged, _changed(judged, **verdicts)), strict=True):
        path.write_text(as_json(certificate), encoding="utf-8")
    assert main(["diff", *map(str, paths)]) == status
    assert ("no verdict differs" in capsys.readouterr().out) is (not verdicts)


def test_any_form_is_rendered_again(judged, tmp_path, capsys):
    """Each is written where it was asked for; without any the certificate is printed."""
    path = tmp_path / "certificate.json"
    path.write_text(as_json(judged), encoding="utf-8")
    forms = {name: tmp_path / f"out.{name}" for name in ("html", "markdown", "junit", "csv")}
    asked = [word for name, to in forms.items() for word in (f"--{name}", str(to))]
    assert main(["report", str(path), *asked, "--github"]) == 0
    assert "::error title=" in capsys.readouterr().out
    assert all("grad-x-input" in to.read_text(encoding="utf-8") for to in forms.values())
    assert main(["report", str(path)]) == 0
    assert "holds" in capsys.readouterr().out
    path.write_text(path.read_text(encoding="utf-8").replace("violated", "holds"), encoding="utf-8")
    assert main(["report", str(path)]) == 2


def test_explainers_are_identified():
    """A native one by our version, Captum's by its own, one's own by its file; each by the hash of its source."""
    asked = ["grad-x-input", "captum:Saliency", _own]
    found = {
        one.name: one
        for one in ac.certify(asked, axioms=["determinism"], families=["bias-free"], examples=5).identities
    }
    assert found["grad-x-input"].version == ac.__version__
    assert found["captum:Saliency"].version == __import__("captum").__version__
    assert all(len(one.source) == 64 for one in found.values())
    assert len({one.source for one in found.values()}) == 3


def _own(model, inputs, target):
    return inputs
