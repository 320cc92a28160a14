"""Counterexamples from files: what was written is read again bit for bit, and broken files are told in a sentence."""

import copy
import json
import subprocess
import sys
import time
from random import Random

import pytest

import axiomcheck as ac
from axiomcheck.axioms import AXIOMS, MethodDifference
from axiomcheck.networks.family import PRESETS, Family
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.reader import BrokenFile, cell_of, read_counterexample
from axiomcheck.strategies.codec import block_size

FAMILIES = (*PRESETS.values(), Family.parse("conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,leaky,kinks"))


def _of(case, axiom):
    variables = case.network.in_features
    return Counterexample(
        *("lrp-0", axiom, "biased", 3, {"torch": "2"}, case),
        *(
            MethodDifference((0.1, *(1 / 3,) * variables)[:variables], (0.0,) * variables, (1.0,) * variables, "other"),
            "it is so",
            0.1 + 0.2,
            1e-6,
            True,
            "explain = None",
            "print(1)",
            "float32",
        ),
    )


@pytest.fixture
def written(tmp_path):
    """Return a function that writes data, or text, to a file."""

    def write(data):
        path = tmp_path / "found.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def twin():
    """Return the data of a counterexample with two networks."""
    found = ac.find_counterexample("lrp-epsilon", "implementation_invariance", family="biased", examples=100)
    return found.as_data()


@pytest.mark.parametrize("axiom", AXIOMS)
def test_what_is_written_is_read(axiom, written):
    """Cases of every axiom: layers, styles, rewrites, derivations, paths; 210 in all."""
    random = Random(f"reading {axiom}")
    for number in range(13):
        family = FAMILIES[number % len(FAMILIES)]
        if AXIOMS[axiom].lacks(family):
            continue
        case = AXIOMS[axiom].draws(random.randbytes(block_size(family)), family)
        found = _of(case, axiom)
        again = read_counterexample(written(found.as_data()))
        assert again == found
        assert again.as_data() == found.as_data()
        assert again.case.networks == case.networks


def _changed(data, *steps, to):
    edited = copy.deepcopy(data)
    place = edited
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = to
    return edited


UNEVEN = {"shape": [2], "style": {}, "layers": [{"kind": "linear", "weight": [[1.0, 2.0]], "bias": [1.0]}]}
UNTRUE = {
    "irrelevant": ("null_player", {"facts": [{"name": "irrelevant", "variables": [0]}]}),
    "irrelevant, and not there": ("null_player", {"facts": [{"name": "irrelevant", "variables": [5]}]}),
    "symmetric": ("symmetry", {"rewrites": [], "networks": [UNEVEN]}),
    "one variable twice": ("symmetry", {"facts": [{"name": "symmetric", "i": 0, "j": 0}]}),
    "equal variables that are not": ("symmetry", {"inputs": [[1.0, 2.0]]}),
}


@pytest.mark.parametrize("name", UNTRUE)
def test_what_a_file_says_of_its_variables_is_tried(name, written):
    """It would convict an explainer that is right: f depends on what is called irrelevant, or is not symmetric."""
    axiom, edits = UNTRUE[name]
    wrong = {"null_player": "lrp-flat", "symmetry": "lrp-alpha-beta"}[axiom]
    data = json.loads(json.dumps(ac.find_counterexample(wrong, axiom, examples=300).as_data()))
    assert read_counterexample(written(data)).axiom == axiom
    with pytest.raises(BrokenFile, match="its network is not as it says of its variables"):
        read_counterexample(written(data | edits))


BOMB = [{"kind": "relu"}] * 10_000
EDITED = {
    "an axiom that is none": (("axiom",), "conservaton", "unknown axiom 'conservaton'; did you mean 'conservation'?"),
    "schema": (("schema",), 3, "has schema 3, and this version of axiomcheck reads 1 and 2"),
    "axiom": (("axiom",), 3, "axiom: 3 is not of type 'string'"),
    "target": (("target",), 9, "there is no output 9"),
    "baseline": (("baseline",), [0.0] * 9, "its points do not have"),
    "kind": (("networks", 0, "layers", 0, "kind"), "linaer", "unknown kind of layer 'linaer'; did you mean 'linear'?"),
    "rewrite": (("rewrites", 0, "name"), "factorize", "unknown rewrite 'factorize'; did you mean 'factorise'?"),
    "bomb": (("networks", 0, "layers"), BOMB, "networks[0].layers: it breaks maxItems=64"),
    "second": (("networks", 1, "layers"), [{"kind": "relu"}], "its second network is not what its rewrites make"),
    "weight": (("networks", 0, "layers", 0, "weight"), [1.0, [2.0]], "its numbers do not fit each other"),
    "style": (("networks", 0, "style"), {"relu": "mine"}, "unknown style relu= 'mine'"),
    "text": (("networks", 0, "layers", 0, "weight"), "__import__('os')", "networks[0].layers[0].weight"),
    "more": (("call",), "print", "Additional properties are not allowed"),
}


@pytest.mark.parametrize("name", EDITED)
def test_edited_files_are_told(name, written, twin):
    """One sentence that names the file and the place, within a second."""
    steps, value, told = EDITED[name]
    path = written(_changed(twin, *steps, to=value))
    start = time.process_time()
    with pytest.raises(BrokenFile) as raised:
        read_counterexample(path)
    assert time.process_time() - start < 1
    assert told in str(raised.value)
    assert str(path) in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def _nested(depth):
    layer = {"kind": "relu"}
    for _ in range(depth):
        layer = {"kind": "residual", "branches": [[layer], []]}
    return [layer]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no JSON"),
        ('{"schema": 1, "expl', "is no JSON"),
        ('{"schema": NaN}', "NaN is no number"),
        ("3", "is no counterexample"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
)
def test_broken_files_are_told(text, told, written):
    """Cut short, of another kind, or too large: one sentence."""
    with pytest.raises(BrokenFile, match=told):
        read_counterexample(written(text))


def test_blocks_inside_blocks_are_told(written, twin):
    """A depth that no drawn network has ends in a sentence, not in the interpreter's limit."""
    with pytest.raises(BrokenFile, match="is no counterexample"):
        read_counterexample(written(_changed(twin, "networks", 0, "layers", to=_nested(300))))


def test_a_file_that_is_not_there_is_told(tmp_path):
    """The system's reason stands in the sentence."""
    with pytest.raises(BrokenFile, match="No such file"):
        read_counterexample(tmp_path / "none.json")


def test_reading_needs_no_torch(written, twin):
    """Values are read without torch, Hypothesis, or any explainer."""
    path = written(twin)
    code = (
        "import sys; from pathlib import Path; from axiomcheck.results.reader import read_counterexample\n"
        f"read_counterexample(Path({str(path)!r})); print({{'torch', 'hypothesis', 'captum'}} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_cells_are_read_again():
    """With claim, scope and counterexample: what data told, data tells again."""
    judged = ac.certify("lrp-z-plus", axioms=["conservation"], families=["biased"], examples=60, scope=True).cells
    for cell in judged:
        assert cell.claim is not None
        assert cell.scope is not None
        again = cell_of(json.loads(json.dumps(cell.as_data())))
        assert again == cell
        assert again.as_data() == cell.as_data()
