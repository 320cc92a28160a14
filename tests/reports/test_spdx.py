"""The bill of materials in SPDX: valid by the model of SPDX 3.0.1, and as true as the certificate."""

import io
import json
from dataclasses import replace

import pytest

from axiomcheck.cli import main
from axiomcheck.reports.json import as_json
from axiomcheck.reports.spdx import as_spdx
from axiomcheck.results.certificate import Cell, Identity

EVIL = '<script>"\x00\x1b[31m|\u202e' + "long" * 300


@pytest.fixture(scope="module")
def read():
    """Return a function that reads a text by the published model, its types, numbers and links, and writes it again."""
    from spdx_python_model import v3_0_1

    def objects(text):
        found = v3_0_1.SHACLObjectSet()
        v3_0_1.JSONLDDeserializer().read(io.BytesIO(text.encode()), found)
        v3_0_1.JSONLDSerializer().write(found, io.BytesIO())  # what is missing is noticed on writing
        assert not found.missing_ids
        return found

    return objects


@pytest.fixture
def signed(certificate):
    """A certificate about which people have said all that they can."""
    about = {"subject": "triage-net", "author": "Ada", "date": "2026-11-29", "purpose": "loans below 1000 €"}
    known = (Identity("grad-x-input", "0.2.0", "ab" * 32), Identity("other", None, None))
    return replace(certificate, about=about, identities=known)


def _elements(certificate):
    return {
        one.get("spdxId", one["type"]).rpartition("#")[2]: one for one in json.loads(as_spdx(certificate))["@graph"]
    }


def test_it_is_valid(read, certificate, signed):
    """With all that people say of a certificate, with nothing, and with no cell at all."""
    for one in (certificate, signed, replace(certificate, cells=())):
        assert len(list(read(as_spdx(one)).foreach_type("ai_AIPackage"))) == 1


def test_it_is_valid_whatever_a_user_wrote(read, certificate):
    """Names are names of anything; control characters are shown."""
    cell = Cell(EVIL, "symmetry", "biased", "error", EVIL)
    about = dict.fromkeys(("subject", "author", "date", "purpose"), EVIL)
    text = as_spdx(replace(certificate, cells=(cell,), identities=(Identity(EVIL, EVIL, None),), about=about))
    read(text)
    assert "\\u0000" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("element", "name", "value"),
    [("ai_AIPackage", "ai_limit", "x"), ("ai_AIPackage", "creationInfo", None), ("CreationInfo", "created", "today")],
)
def test_the_model_would_notice(read, signed, element, name, value):
    """A property that there is not, one that is missing, and a date that is none."""
    graph = json.loads(as_spdx(signed))
    of_kind = next(one for one in graph["@graph"] if one["type"] == element)
    if value is None:
        del of_kind[name]
    else:
        of_kind[name] = value
    with pytest.raises((KeyError, ValueError)):
        read(json.dumps(graph))


def test_the_package_is_what_was_certified(signed, certificate):
    """Its subject, its purpose, and the explainers that it depends on, with version and hash."""
    found = _elements(signed)
    assert found["model"]["name"] == "triage-net"
    assert found["model"]["ai_informationAboutApplication"] == "loans below 1000 €"
    assert found["explainer-1"]["software_packageVersion"] == "0.2.0"
    assert found["explainer-1"]["verifiedUsing"] == [{"type": "Hash", "algorithm": "sha256", "hashValue": "ab" * 32}]
    assert found["explainers"]["to"] == [found[f"explainer-{number}"]["spdxId"] for number in (1, 2)]
    assert (found["author"]["type"], found["author"]["name"]) == ("Person", "Ada")
    assert found["CreationInfo"]["created"] == "2026-11-29T00:00:00Z"
    assert _elements(certificate)["author"]["type"] == "SoftwareAgent"


def test_every_verdict_stands_in_it(signed):
    """By explainer, axiom and family, and the hash by which the certificate is known."""
    model = _elements(signed)["model"]
    told = {one["key"]: one["value"] for one in model["ai_metric"]}
    assert {f"verdict:{':'.join(cell.key)}": cell.verdict for cell in signed.cells}.items() <= told.items()
    assert signed.as_data()["sha256"] in model["ai_modelExplainability"][0]
    assert model["ai_limitation"].startswith(signed.limits)


def test_the_command_writes_it(signed, tmp_path):
    """And the same certificate gives the same bill."""
    (tmp_path / "c.json").write_text(as_json(signed), encoding="utf-8")
    assert main(["report", str(tmp_path / "c.json"), "--spdx", str(tmp_path / "bom.json")]) == 0
    assert (tmp_path / "bom.json").read_text(encoding="utf-8") == as_spdx(signed)
