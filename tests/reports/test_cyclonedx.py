"""The bill of materials: valid by the schema of CycloneDX 1.6, and as true as the certificate."""

import json
from dataclasses import replace

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.cyclonedx import as_cyclonedx
from axiomcheck.reports.json import as_json
from axiomcheck.results.certificate import Cell, Identity
from axiomcheck.results.severity import Severity

EVIL = '<script>"\x00\x1b[31m|\u202e' + "long" * 300


@pytest.fixture(scope="module")
def validate():
    """Return a function that holds a text against the published schema, in its strict form."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str


@pytest.fixture
def signed(certificate):
    """A certificate about which people have said all that they can."""
    about = {"subject": "triage-net", "author": "Ada", "date": "2026-11-29", "purpose": "loans below 1000 €"}
    known = (Identity("grad-x-input", "0.2.0", "ab" * 32), Identity("other", None, None))
    return replace(certificate, about=about, identities=known)


def _of(certificate):
    return json.loads(as_cyclonedx(certificate))


def test_it_is_valid(validate, certificate, signed):
    """With all that people say of a certificate, with nothing, and with no cell at all."""
    for one in (certificate, signed, replace(certificate, cells=())):
        assert validate(as_cyclonedx(one)) is None


def test_it_is_valid_whatever_a_user_wrote(validate, certificate):
    """Names are names of anything; control characters are shown."""
    cells = [Cell(f"{EVIL}{n}", "conservation", EVIL, verdict, EVIL) for n, verdict in enumerate(("error", "holds"))]
    text = as_cyclonedx(replace(certificate, cells=(*certificate.cells, *cells), about={"subject": EVIL}))
    assert validate(text) is None
    assert "\\u0000" not in text
    assert "\x1b" not in text


def test_the_schema_is_one_that_can_say_no(validate, certificate):
    """A measure that the standard does not know is refused."""
    wrong = _of(certificate)
    wrong["components"][0]["modelCard"]["quantitativeAnalysis"]["performanceMetrics"][0]["share"] = 1
    assert validate(json.dumps(wrong)) is not None


def test_the_model_is_what_was_certified(signed, certificate):
    """Its subject, else the families; the explainers are libraries that it depends on, with version and hash."""
    model, *explainers = _of(signed)["components"]
    assert (model["type"], model["name"]) == ("machine-learning-model", "triage-net")
    assert model["modelCard"]["considerations"]["useCases"] == ["loans below 1000 €"]
    assert [(one["type"], one["name"]) for one in explainers] == [("library", "grad-x-input"), ("library", "other")]
    assert (explainers[0]["version"], explainers[0]["hashes"][0]["content"]) == ("0.2.0", "ab" * 32)
    assert _of(signed)["dependencies"] == [
        {"ref": model["bom-ref"], "dependsOn": [one["bom-ref"] for one in explainers]}
    ]
    assert _of(signed)["metadata"]["authors"] == [{"name": "Ada"}]
    assert _of(certificate)["components"][0]["name"].endswith("families bias-free, deep-taylor, biased, ordinary")


def test_measures_are_those_of_the_cells(certificate):
    """30 of 60 cases, with the interval of Clopper and Pearson; none where no case was screened."""
    screen = {"drawn": 70, "effective": 60, "violations": 30, "timed_out": 0}
    cell = Cell("mine", "null_player", "conv,bias=none", "violated", "so", search={}, screen=screen)
    metrics = _of(replace(certificate, cells=(cell, *certificate.cells[-3:])))["components"][0]["modelCard"][
        "quantitativeAnalysis"
    ]["performanceMetrics"]
    assert metrics == [
        {
            "type": "share of cases that violate null player, mine",
            "value": "0.5",
            "slice": "convolutions, no biases",
            "confidenceInterval": {"lowerBound": "0.368", "upperBound": "0.632"},
        }
    ]


def test_what_fails_is_a_limitation(certificate):
    """With how badly and how often, why it is known, and who was not judged; the limits of all come first."""
    severity = Severity("gross", 0.5, (0.3, 0.7), 0.2, 0.4)
    failing = Cell("mine", "symmetry", "biased", "violated", "so", severity=severity, expected="fixed in June")
    absent = Cell("b:X", "symmetry", "biased", "unsupported", "b is missing")
    (limits, told, missing) = _of(replace(certificate, cells=(failing, absent)))["components"][0]["modelCard"][
        "considerations"
    ]["technicalLimitations"]
    assert limits == certificate.limits
    assert told == f"mine violates symmetry in biased: {severity.sentence}; known and expected: fixed in June"
    assert missing == "b:X not judged: b is missing"


def test_every_verdict_stands_in_it(certificate):
    """By explainer, axiom and family; and the hash by which the certificate is known."""
    bill = _of(certificate)
    told = {one["name"]: one["value"] for one in bill["components"][0]["modelCard"]["properties"]}
    assert told == {f"axiomcheck:verdict:{':'.join(cell.key)}": cell.verdict for cell in certificate.cells}
    sealed = {"name": "axiomcheck:sha256", "value": certificate.as_data()["sha256"]}
    assert sealed in bill["metadata"]["properties"]


def test_the_command_writes_it(certificate, tmp_path, capsys):
    """And the same certificate gives the same bill."""
    (tmp_path / "c.json").write_text(as_json(certificate), encoding="utf-8")
    assert main(["report", str(tmp_path / "c.json"), "--cyclonedx", str(tmp_path / "bom.json")]) == 0
    assert (tmp_path / "bom.json").read_text(encoding="utf-8") == as_cyclonedx(certificate)
