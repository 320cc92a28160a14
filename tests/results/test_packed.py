"""Long lists of numbers: packed in files without a loss, and no way to get a large file read."""

import json
from base64 import b64encode
from io import StringIO

import numpy as np
import pytest
import torch
from jsonschema import Draft202012Validator
from rich.console import Console
from torch import nn

from axiomcheck.engine.question import Budget
from axiomcheck.engine.replay import replay
from axiomcheck.engine.resolve import question
from axiomcheck.models.draws import SIZE
from axiomcheck.models.source import ModelSource
from axiomcheck.models.wiring_draws import EXTRA, extra_case
from axiomcheck.networks import AxiomcheckError
from axiomcheck.reports.json import counterexample_as_json
from axiomcheck.reports.terminal import print_finding
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.files import schema
from axiomcheck.results.packed import LONG, MOST, packed, unpacked, unpacked_size
from axiomcheck.results.reader import DATA, LARGEST, BrokenFile, read_counterexample

NUMBERS = np.random.default_rng(0).uniform(-1, 1, LONG)


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        (NUMBERS.astype(np.float32).astype(np.float64).tolist(), "float32"),
        (NUMBERS.tolist(), "float64"),
        ([-0.0] * LONG, "float32"),
        ([1e300] * LONG, "float64"),
        ([5e-324] * LONG, "float64"),
        (list(range(-9, LONG)), "int32"),
    ],
)
def test_packing_loses_nothing(numbers, kind):
    """Every bit comes back, and integers remain integers."""
    data = {"case": [{"x": numbers}, [numbers, [1.0]]]}
    small = packed(data)
    assert list(small["case"][0]["x"]) == [kind]
    text = json.dumps(small)
    assert json.dumps(unpacked(json.loads(text))) == json.dumps(data)


@pytest.mark.parametrize(
    "kept",
    [
        [0.5] * (LONG - 1),
        [float("nan")] * LONG,
        [2**31] * LONG,
        [1, *[0.5] * LONG],
        ["a"] * LONG,
        [True] * LONG,
        [[0.5]] * LONG,
    ],
)
def test_what_is_short_or_something_else_is_kept(kept):
    """Short lists can be read by people; what is not finite, or mixed, is written as it was."""
    assert packed(kept) is kept or packed(kept) == kept


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"float64": "!!!!"}, "is broken"),
        ({"float64": "AAAA"}, "is broken"),
        ({"float64": 7}, "is broken"),
        ({"float32": b64encode(np.array([np.inf], "<f4").tobytes()).decode()}, "what is no number"),
        ({"int32": b64encode(bytes(4 * MOST + 4)).decode()}, "524,289 numbers, more than 524,288"),
    ],
)
def test_a_broken_list_is_told(broken, sentence):
    """One sentence says what is wrong with it."""
    with pytest.raises(AxiomcheckError, match=sentence):
        unpacked({"x": [broken]})


def test_only_packed_lists_do_not_count():
    """Other long texts are part of the size."""
    assert unpacked_size(b'{"x": {"float32": "AAAAPw=="}}') == len('{"x": {"float32": ""}}')
    assert unpacked_size(b'{"reason": "AAAAPw=="}') == len('{"reason": "AAAAPw=="}')


class Linear(nn.Module):
    """Means of 32 × 32 pixels of a photograph, and a layer."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.pool, self.layer = nn.AvgPool2d(32), nn.Linear(147, 3)

    def forward(self, x):
        """Return three outputs."""
        return self.layer(self.pool(x).flatten(1))


@pytest.fixture(scope="module")
def source():
    """A model of photographs, and two of them."""
    pixels = np.random.default_rng(0).integers(0, 256, (2, 3, 224, 224)) / 256
    return ModelSource(Linear(), pixels)


def _found(source, explainer, axiom, case):
    asked = question(explainer, axiom, None, Budget(60, 0), model=source)
    outcome = asked.judge(case)
    assert outcome.kind == "violated"
    return Counterexample(
        explainer,
        axiom,
        str(case.model),
        0,
        {},
        case,
        outcome.observed,
        outcome.reason,
        outcome.gap,
        outcome.allowed,
        has_baseline=False,
        explainer_code=asked.located.code,
        axiom_code=asked.axiom.code,
    )


@pytest.mark.parametrize("axiom", ["conservation", "null_player"])
def test_a_case_of_photographs_is_written_and_replayed(axiom, source, tmp_path):
    """Points of 150,528 variables, or twice as many, fit into a file, which its schema admits and which fails again."""
    draws = source.load().draws
    block = bytearray(SIZE)
    block[56] = EXTRA.table.index("taken-away")
    case = draws.inputs_case(bytes(SIZE)) if axiom == "conservation" else extra_case(draws, bytes(block))
    assert len(case.inputs[0]) == (150_528 if axiom == "conservation" else 301_056)
    found = _found(source, "uniform" if axiom == "null_player" else "grad-x-input", axiom, case)
    path = tmp_path / "photo.json"
    path.write_text(counterexample_as_json(found), encoding="utf-8")
    assert LARGEST < path.stat().st_size < LARGEST + DATA
    Draft202012Validator(schema("counterexample")).validate(json.loads(path.read_text(encoding="utf-8")))
    again = read_counterexample(path)
    assert again.case == case
    assert again.observed == found.observed
    assert replay(again, model=source).status == "STILL VIOLATED"
    printed = StringIO()
    print_finding("", again, Console(file=printed, width=200))
    text = printed.getvalue()
    assert len(text) < 5_000
    assert "keep the counterexample in a file, and replay that" in text


def test_large_files_are_refused(source, tmp_path):
    """Without packed lists a file has a million bytes at most, with them 33."""
    path = tmp_path / "large.json"
    path.write_bytes(b'{"schema": 2, "reason": "' + b"A" * LARGEST + b'"}')
    with pytest.raises(BrokenFile, match=r"larger than 1,000,000 bytes and 32,000,000 of packed lists"):
        read_counterexample(path)
    numbers = b'{"float32": "' + b"AAAA" * 1_000_000 + b'"}'
    path.write_bytes(b'{"schema": 2, "inputs": [' + b", ".join([numbers] * 9) + b"]}")
    with pytest.raises(BrokenFile, match="larger than"):
        read_counterexample(path)


def test_a_list_that_is_too_long_is_refused(source, tmp_path):
    """The schema bounds each list, however it is written."""
    found = _found(source, "grad-x-input", "conservation", source.load().draws.inputs_case(bytes(SIZE)))
    data = packed(found.as_data())
    data["baseline"] = {"float32": b64encode(bytes(4 * (2 * MOST))).decode()}
    path = tmp_path / "long.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BrokenFile, match="packed list has 1,048,576 numbers"):
        read_counterexample(path)
