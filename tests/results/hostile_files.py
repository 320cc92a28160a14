"""Files that somebody made to do harm: each names code, and asks for memory, for time, or is something else."""

import json
import pickle
import zlib
from copy import deepcopy
from pathlib import Path

from axiomcheck.results.certificate import digest

HERE = Path(__file__).parent
FINDING = HERE.parents[1] / "docs" / "findings" / "captum-deeplift-overlapping-pools.json"
HEADER = {"budget": {"examples": 60, "seed": 0}, "versions": {"torch": "2"}}
"""The campaign of which journals are."""
MARKER = "marker"
"""A module that tells when it is imported; every file here names it."""
EVIL = {
    "explainer": f"{MARKER}.py:run",
    "explainer_code": f"import {MARKER}\nexplain = {MARKER}.run",
    "axiom_code": f"__import__('{MARKER}')",
}
ENTRY = f'[[violation]]\nexplainer = "{MARKER}.py:run"\naxiom = "selectivity"\nreason = "it says nothing"\n'
ONE = {"kind": "flatten"}


def counterexample() -> dict:
    """Return a counterexample that is sound, but for the code that it names."""
    return json.loads(FINDING.read_text(encoding="utf-8")) | EVIL


def of_model() -> dict:
    """Return one of a model of one's own, which is named as well."""
    data = counterexample()
    model = {"source": f"{MARKER}.py:load", "weights": "w.pt", "inputs": "x.npy", "sha256": "0" * 64}
    for name in ("networks", "rewrites", "facts"):
        del data[name]
    return data | {"model": model | {"shape": [1, 3], "out_features": 2}, "exchanges": []}


def cells() -> list:
    """Return a few cells of a certificate, which name the code too."""
    data = json.loads((HERE / "old" / "certificate.json").read_text(encoding="utf-8"))["cells"]
    cells = [{**cell, "explainer": EVIL["explainer"], "claim": None, "counterexample": None} for cell in data[:3]]
    cells[0]["counterexample"] = counterexample()
    return cells


def part() -> dict:
    """Return what one of several machines found of a cell."""
    counts = dict.fromkeys(("drawn", "effective", "violations", "timed_out", "undecided", "refused"), 1)
    measured = {"gaps": [0.0], "shares": [0.5], "measured": {"slope": [1.0]}, "silent": {}, "reasons": {"odd": 1}}
    along = {"slope over depth": [{"at": 1.0, "values": [0.5]}]}
    stretch = {"number": 1, **counts, "worst_gap": 0.0, "outcomes": "v", **measured, "along": along, "ingredients": {}}
    seen = {"failure": "violation", "at": 1, "refusal": "", "own": 0.0, "worst_share": 0.5, "is_settled": False}
    return {"cell": cells()[2] | {"family": "bias-free"}, "stretches": [stretch], **seen, "expected": None}


def certificate(**changes: object) -> dict:
    """Return a certificate with these changes, sealed all the same."""
    old = json.loads((HERE / "old" / "certificate.json").read_text(encoding="utf-8"))
    data = old | {"schema": 2, "missing": [], "cells": cells(), "parts": [part()], **changes}
    return data | {"sha256": digest(data)}


def journal(*lines: object) -> bytes:
    """Return a journal of a campaign with these lines behind its header."""
    return b"".join(json.dumps(line).encode() + b"\n" for line in ({"campaign": HEADER}, *lines))


def _asking(*layers: dict, shape: list, **changes: object) -> bytes:
    """Return a counterexample of a network, with points of zeros that fit it if they are not too many."""
    variables = 1
    for size in shape:
        variables = min(variables * size, 2**12)
    zeros = [0] * variables
    network = {"shape": shape, "style": {}, "layers": [*layers]}
    points = {"inputs": [zeros], "baseline": zeros, "observed": None}
    return _written(counterexample() | {"networks": [network]} | points | changes)


def _written(data: object) -> bytes:
    return json.dumps(data).encode()


def _conv(**changes: object) -> dict:
    numbers = {"weight": [[[1.0]]], "bias": [0.0], "stride": [1], "padding": [0], "groups": 1}
    return {"kind": "conv1d", **numbers, "dilation": [1], "mode": "zeros", "same": False, **changes}


def _transposed(stride: int) -> dict:
    numbers = {"weight": [[[1.0]]], "bias": [0.0], "stride": [stride], "padding": [0], "groups": 1}
    return {"kind": "convtranspose1d", **numbers, "dilation": [1], "output_padding": [0]}


def _pool(kernel: int, kind: str = "avgpool1d") -> dict:
    return {"kind": kind, "kernel": [kernel], "stride": [1], "padding": [kernel // 2], "ceil_mode": False}


def _nested(depth: int, branches: int = 2) -> dict:
    layer: dict = {"kind": "relu"}
    for _ in range(depth):
        layer = {"kind": "residual", "branches": [[layer]] * branches}
    return layer


def _linear(weight: float) -> dict:
    return {"kind": "linear", "weight": [[weight]], "bias": [0.0]}


def _edited(**changes: object) -> bytes:
    return _written(counterexample() | changes)


def _of_cell(**changes: object) -> bytes:
    return _written(certificate(cells=[cells()[1] | changes]))


def _attention(size: int) -> dict:
    return {"kind": "attention"} | dict.fromkeys(("query", "key", "value", "out"), [[1.0] * size] * size)


LINE = [_linear(1.0), {"kind": "relu"}, _linear(1.0)]
IDENTITIES = [{"name": "identity", "layer": 0}] * 64
COUNTEREXAMPLES = {
    "a picture that is too large": _asking(_conv(padding=[1]), ONE, shape=[1, 2**12]),
    "a shape of 10^18": _asking(ONE, shape=[10**6] * 3),
    "a shape of thousands of digits": _asking(ONE, shape=[10**4000]),
    "padding of 10^12": _asking(_conv(padding=[10**12]), ONE, shape=[1, 3]),
    "dilation of 10^12": _asking(_conv(weight=[[[1.0, 1.0]]], dilation=[10**12], padding=[10**12]), ONE, shape=[1, 3]),
    "strides that make 2^120 places": _asking(*[_transposed(4)] * 60, ONE, shape=[1, 2]),
    "a window of 10^9": _asking(_pool(10**9), ONE, shape=[1, 3]),
    "a cube of windows": _asking(
        {"kind": "maxpool3d", "kernel": [999] * 3, "stride": [1] * 3, "padding": [499] * 3, "ceil_mode": True},
        *(ONE,),
        shape=[1, 2, 2, 2],
    ),
    "an average over 10^9 places": _asking({"kind": "adaptiveavgpool1d", "size": [10**9]}, ONE, shape=[1, 3]),
    "blocks that double": _asking(ONE, _nested(10), shape=[1, 3]),
    "blocks 200 deep": _asking(ONE, _nested(200, 1), shape=[1, 3]),
    "2^64 units by rewriting": _asking(*LINE, shape=[1], rewrites=IDENTITIES),
    "a rewrite of layer 10^30": _asking(*LINE, shape=[1], rewrites=[{"name": "identity", "layer": 10**30}]),
    "a rewrite of layer -1": _asking(*LINE, shape=[1], rewrites=[{"name": "identity", "layer": -7}]),
    "weights of 1e308": _asking(*[_linear(1e308)] * 9, shape=[1], inputs=[[1e308]]),
    "weights that no formula names": _asking(_linear(5e-324), shape=[1]),
    "points without end": _asking(_linear(1.0), shape=[1], inputs=[[0]] * 5_000),
    "a fact of variable 10^30": _edited(facts=[{"name": "irrelevant", "variables": [10**30]}]),
    "a fact of every variable, often": _edited(facts=[{"name": "irrelevant", "variables": [0] * 100_000}]),
    "a fact of the class of facts": _edited(facts=[{"name": "__class__"}]),
    "an observation of a class that is none": _edited(observed={"type": "Popen", "args": ["touch", "pwned"]}),
    "an output of 400 digits": _edited(target=10**400),
    "a name as long as the file": _edited(axiom="conservation" * 80_000),
    "a name of control letters": _edited(axiom="\x1b[2J\u202e\0\ud800\n::error::"),
    "a style of the interpreter's": _edited(networks=[{"shape": [1, 3], "style": {"__init__": "x"}, "layers": [ONE]}]),
    "a model of 10^18 variables": _written(of_model() | {"model": of_model()["model"] | {"shape": [10**6] * 3}}),
    "an exchange that is none": _written(
        of_model() | {"exchanges": [{"name": "os.system", "place": "x", "amount": 10**30}]}
    ),
    "scores along no path": _edited(along={"at": [0.5], "scores": [[1.0]] * 3, "jumps": []}),
    "zeros as many as fit": _written(counterexample() | {"baseline": [0] * 160_000, "inputs": [[0] * 160_000]}),
    "an input of numbers in lists": _edited(inputs=[[[[0]]] * 100_000]),
    "a square of tokens": _asking(_attention(8), ONE, shape=[128, 8]),
    "forty attentions": _asking(*[_attention(8)] * 40, ONE, shape=[8, 8]),
    "maxima of maxima": _asking(*[_pool(3, "maxpool1d")] * 60, ONE, shape=[1, 60]),
    "nothing": b"",
    "zeros": b"\0" * 10_000,
    "not Unicode": b"\xff\xfe" + "{}".encode("utf-16-le"),
    "a mark of byte order": b"\xef\xbb\xbf{}",
    "a pickle": pickle.dumps({"schema": 2}),
    "an archive": zlib.compress(b"{}" * 1000),
    "brackets": b"[" * 900_000,
    "braces": b'{"a":' * 150_000,
    "a number as long as the file": b'{"schema": ' + b"9" * 900_000 + b"}",
    "a number beyond all": b'{"schema": 2, "gap": 1e999}',
    "a text as long as the file": b'"' + b"a" * 900_000 + b'"',
    "a text without an end": b'{"schema": "' + b"a" * 900_000,
}
CERTIFICATES = {
    "cells that are none": _written(certificate(cells=[{}] * 100_000)),
    "a cell twice": _written(certificate(cells=[cells()[1]] * 2)),
    "a network inside that is a bomb": _of_cell(
        verdict="violated", counterexample=json.loads(COUNTEREXAMPLES["2^64 units by rewriting"])
    ),
    "a verdict of one's own": _of_cell(verdict="\u202eholds"),
    "counts below 0": _of_cell(screen={"drawn": -1, "effective": 0, "violations": 0, "timed_out": 0}),
    "counts beyond all": _of_cell(screen={"drawn": 10**400, "effective": 0, "violations": 0, "timed_out": 0}),
    "a curve of texts": _of_cell(curves={"gap over share of the cases": [["a", "b"]] * 1000}),
    "a platform as long as a book": _written(certificate(environment={"platform": "x" * 10**6})),
    "a seal of another": _written(certificate() | {"sha256": "0" * 64}),
    "no seal": _written({name: value for name, value in certificate().items() if name != "sha256"}),
    "schemas from tomorrow": _written(certificate(schema=10**30)),
}
KNOWN = {
    "a table of a hundred thousand dots": ENTRY.encode() + b"counterexample" + b".a" * 100_000 + b" = 1\n",
    "quoted keys with dots": b"['a'" + b" . 'a'" * 100_000 + b"]\n",
    "a table in a line, of dots": ENTRY.encode() + b"family = {a" + b".a" * 100_000 + b" = 1}\n",
    "a counterexample that is a device": ENTRY.encode() + b'counterexample = "/dev/zero"\n',
    "a counterexample that is no name": ENTRY.encode() + b'counterexample = "a\\u0000b"\n',
    "a counterexample that is a table": ENTRY.encode() + b"counterexample = {a = 1}\n",
    "a counterexample of a name without end": ENTRY.encode() + b'counterexample = "' + b"a" * 100_000 + b'"\n',
    "a key that is a command": b'"\\u001b[2J\\n::error::\\u202e" = 1\n',
    "a field of a hundred thousand letters": ENTRY.encode() + b"a" * 100_000 + b" = 1\n",
    "families without end": ENTRY.encode() + b'family = "' + b"conv,bias=none," * 30_000 + b'"\n',
    "a family of control letters": ENTRY.encode() + b'family = "\\u202e\\u0000\\u001b"\n',
    "numbers without end": ENTRY.encode() + b"family = " + b"9" * 100_000 + b"\n",
    "arrays without end": ENTRY.encode() + b"family = " + b"[" * 100_000 + b"\n",
    "a date": ENTRY.encode() + b"family = 2026-02-31\n",
    "entries without end": b"violation = [" + b"3," * 300_000 + b"]\n",
}
JOURNALS = {
    "a line of brackets": journal() + b"[" * 100_000 + b"\n",
    "a header of brackets": b'{"campaign": ' + b'{"a":' * 400 + b"1" + b"}" * 401 + b"\n",
    "a header of 400 levels": journal().replace(b'"torch": "2"', b'"torch": ' + b"[" * 400 + b"]" * 400),
    "a header without end": b'{"campaign": {"budget": "' + b"a" * 900_000 + b'"}}\n',
    "no number": journal({"cell": cells()[1] | {"worst_gap": 1.0}}).replace(b'"worst_gap": 1.0', b'"worst_gap": NaN'),
    "an infinite count": journal().rstrip() + b'\n{"cell": {"explainer": "a", "search": {"drawn": 1e999}}}\n',
    "a verdict of one's own": journal({"cell": cells()[1] | {"verdict": "sound"}}),
    "a bomb": journal({"cell": cells()[1] | {"counterexample": json.loads(COUNTEREXAMPLES["a window of 10^9"])}}),
    "a stretch of no number": journal({"part": part() | {"stretches": [part()["stretches"][0] | {"number": 10**400}]}}),
    "a part of a part": journal({"part": part() | {"cell": part()}}),
    "a failure of one's own": journal({"part": part() | {"failure": "\u202e"}}),
    "a list": journal([1, 2]),
    "zeros": b"\0" * 10_000 + b"\n",
}
HOSTILE = {"counterexample": COUNTEREXAMPLES, "certificate": CERTIFICATES, "known": KNOWN, "journal": JOURNALS}
"""Contents by what they are read as, and by name."""
LARGE = {"maxima of maxima"}
"""Those that are sound."""


def sound(kind: str) -> object:
    """Return what is read without complaint, to be mutated: JSON, lines of JSON, or TOML."""
    return deepcopy(
        {
            "counterexample": counterexample(),
            "model": of_model(),
            "certificate": certificate(),
            "known": ENTRY + 'family = "conv,bias=none"\n\n' + ENTRY + 'counterexample = "found.json"\n',
            "journal": [{"campaign": HEADER}, *({"cell": cell} for cell in cells()), {"part": part()}],
        }[kind]
    )
