"""Certificates from files: what was written is read again, what was changed is noticed, what is broken is told."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from axiomcheck.reports.json import as_json
from axiomcheck.reports.write import write_certificate
from axiomcheck.results.certificate import Identity, digest
from axiomcheck.results.certificate_reader import LARGEST, read_certificate
from axiomcheck.results.reader import BrokenFile


@pytest.fixture
def written(tmp_path):
    """Return a function that writes text to a file."""

    def write(text):
        path = tmp_path / "certificate.json"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_was_written_is_read_again(certificate, whole, hostile, written):
    """The same cells in the same order, and the same bytes when it is written once more."""
    for one in (certificate, whole, replace(hostile, identities=(Identity("e", None, "0" * 64),))):
        text = as_json(one)
        read = read_certificate(written(text))
        assert as_json(read) == text
        assert read.cells == tuple(sorted(one.cells, key=lambda cell: cell.key))
        assert read.identities == one.identities


def test_a_change_is_noticed(certificate, written):
    """A verdict, a count or a reason that was edited afterwards does not go with the hash; times may change."""
    data = json.loads(as_json(certificate))
    for name, value in (("verdict", "inconclusive"), ("reason", "it is fine"), ("worst_gap", 0.25)):
        edited = json.loads(json.dumps(data))
        edited["cells"][0][name] = value
        with pytest.raises(BrokenFile, match="was changed after it was written"):
            read_certificate(written(json.dumps(edited)))
    data["cells"][0]["seconds"] = {"total": 99.0}
    assert read_certificate(written(json.dumps(data)))


def _networks(data):
    return next(cell["counterexample"]["networks"] for cell in data["cells"] if cell["counterexample"])


def _tiny(network):
    """Give a network a weight that no formula can name."""
    layer = next(layer for layer in network["layers"] if "weight" in layer)
    layer["weight"][0][0] = 5e-324
    return network


def _searched(data):
    return next(cell for cell in data["cells"] if cell["search"])


def _broken(data):
    yield "is no JSON", json.dumps(data)[:-40]
    yield "is no certificate", "[]"
    yield "is no certificate", '{"schema": 1}'
    yield "has schema {'a': 'xxx", json.dumps(data | {"schema": {"a": "x" * 50_000}})
    yield "1e400 is no number", json.dumps(data).replace('"worst_gap": ', '"worst_gap": 1e400, "worst_gap": ', 1)
    yield "has schema 3", json.dumps(data | {"schema": 3})
    yield "is no certificate: cells[0]", json.dumps(data | {"cells": [{"explainer": "e"}]})
    yield "is no certificate: seed", json.dumps(data | {"seed": "zero"})
    yield "is nested too deeply", "[" * 100_000 + "]" * 100_000
    edited = json.loads(json.dumps(data))
    edited["cells"][0]["verdict"] = "fine"
    yield "cells[0].verdict", json.dumps(edited)
    edited = json.loads(json.dumps(data))
    found = next(cell for cell in edited["cells"] if cell["counterexample"])["counterexample"]
    found["networks"][0]["layers"] = [{"kind": "pickle"}]
    edited["sha256"] = digest(edited)
    yield "is no certificate", json.dumps(edited)
    found["networks"] = [_tiny(json.loads(json.dumps(network))) for network in _networks(data)]
    edited["sha256"] = digest(edited)
    yield "its parts do not fit each other", json.dumps(edited)
    for told, change in (
        ("it answers twice for", {"cells": [data["cells"][0]] * 2}),
        ("unknown axiom 'conversation'", {"cells": [data["cells"][0] | {"axiom": "conversation"}]}),
        ("cells[0].screen: 'violations'", {"cells": [data["cells"][0] | {"screen": {"drawn": 1, "effective": 1}}]}),
        ("cells[0].tolerance: {}", {"cells": [_searched(data) | {"tolerance": {}}]}),
        ("cells[0].seconds", {"cells": [data["cells"][0] | {"seconds": {"\x1b[31m\n::error::x": 1}}]}),
        ("cells[0].seconds.total: -1", {"cells": [data["cells"][0] | {"seconds": {"total": -1}}]}),
        ("cells[0].figures.slope: 'median'", {"cells": [data["cells"][0] | {"figures": {"slope": {"max": 1}}}]}),
    ):
        edited = data | change
        yield told, json.dumps(edited | {"sha256": digest(edited)})


def test_broken_files_are_told_in_a_sentence(certificate, written):
    """Within a second each, whatever is wrong."""
    for told, text in _broken(json.loads(as_json(certificate))):
        path, start = written(text), time.perf_counter()
        with pytest.raises(BrokenFile) as error:
            read_certificate(path)
        assert told in str(error.value)
        assert "\n" not in str(error.value)
        assert "\x1b" not in str(error.value)
        assert len(str(error.value)) < 600
        assert time.perf_counter() - start < 5


def test_a_missing_file_is_told(tmp_path):
    """By its name."""
    with pytest.raises(BrokenFile, match="cannot read"):
        read_certificate(tmp_path / "none.json")


def test_what_utf8_does_not_have_is_kept(certificate, tmp_path):
    """Half a surrogate pair in a message is written, read again, and written with the same bytes."""
    cells = [replace(cell, reason="it raised \ud800") for cell in certificate.cells]
    paths = write_certificate(replace(certificate, cells=tuple(cells)), tmp_path)
    read = read_certificate(paths[0])
    assert {cell.reason for cell in read.cells} == {"it raised \ud800"}
    before = paths[0].read_bytes()
    assert write_certificate(read, tmp_path) == paths
    assert paths[0].read_bytes() == before


def test_what_it_does_not_say_is_kept(certificate, written):
    """A certificate of another version keeps its own words, and with them its hash."""
    text = as_json(replace(certificate, limits="It is for fun."))
    assert as_json(read_certificate(written(text))) == text


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """It is told at once."""
    path = tmp_path / "certificate.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BrokenFile, match="larger than"):
        read_certificate(path)


def test_a_file_without_an_end_is_not_read():
    """A device has no size that could be asked for."""
    with pytest.raises(BrokenFile, match="is no file"):
        read_certificate(Path("/dev/zero"))
