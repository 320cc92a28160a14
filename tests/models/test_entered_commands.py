"""The commands on models of several inputs, and of tokens, as people type them; and the scripts that they print."""

import re
import subprocess
import sys
from contextlib import chdir

import numpy as np
import pytest

from axiomcheck.cli import main
from axiomcheck.reports.page.command_line import command_line
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.results.reader import read_counterexample

NETS = '''
import torch
from torch import nn


class Masked(nn.Module):
    """Pixels that a mask leaves, through a layer; the scores come second, by name."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(4, 6), nn.Linear(6, 2)

    def forward(self, pixels, mask):
        hidden = self.first(pixels * mask).relu()
        return {"features": hidden.sum(), "logits": self.last(hidden)}


class Tokens(nn.Module):
    """A little language model: each token's scores are those of the mean of the vectors up to it."""

    def __init__(self):
        super().__init__()
        self.body = nn.Module()
        self.body.embed = nn.Embedding(9, 3)
        self.first, self.act, self.head = nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 5)

    def forward(self, input_ids, attention_mask=None):
        vectors = self.body.embed(input_ids)
        weight = torch.ones_like(vectors[..., :1]) if attention_mask is None else attention_mask[..., None]
        mean = (vectors * weight).cumsum(1) / weight.cumsum(1)
        return (self.head(self.act(self.first(mean))),)


def masked():
    torch.manual_seed(0)
    return Masked()


def tokens():
    torch.manual_seed(0)
    return Tokens()
'''
MASKED = ["--model", "nets.py:masked", "--inputs", "x.npz", "--explains", "pixels"]
TOKENS = ["--model", "nets.py:tokens", "--inputs", "ids.npz", "--embedding", "body.embed"]
IDS = ["--model", "nets.py:tokens", "--inputs", "ids.npy", "--embedding", "body.embed"]
EXAMPLES = ["--examples", "60"]


@pytest.fixture
def folder(tmp_path):
    """A folder with the models and their data; the commands run there."""
    random = np.random.default_rng(0)
    (tmp_path / "nets.py").write_text(NETS, encoding="utf-8")
    pixels, ids = random.uniform(-1, 1, (12, 4)), random.integers(0, 9, (12, 3))
    np.savez(tmp_path / "x.npz", pixels=pixels, mask=np.tile([1.0, 0.0, 1.0, 0.5], (12, 1)))
    np.savez(tmp_path / "ids.npz", input_ids=ids, attention_mask=np.ones((12, 3), dtype=np.int64))
    np.save(tmp_path / "ids.npy", ids)
    with chdir(tmp_path):
        yield tmp_path


@pytest.mark.parametrize(
    ("model", "family", "remark"),
    [
        (MASKED, "nets.py:masked on x.npz", "explained is pixels; mask held as in the first input"),
        pytest.param(
            TOKENS,
            "nets.py:tokens on ids.npz",
            "explained are the vectors of body.embed; attention_mask held",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_certificate_is_made_by_worker_processes(model, family, remark, folder, capsys):
    """Each loads the model by its name and enters it; the certificate says what was held and explained."""
    axioms = ["--axiom", "conservation", "--axiom", "null_player"]
    assert main(["certify", "grad-x-input", *axioms, *EXAMPLES, *model, "--out", "one"]) == 1
    certificate = read_certificate(folder / "one" / "certificate.json")
    verdicts = {cell.axiom: cell.verdict for cell in certificate.cells}
    assert verdicts == {"conservation": "violated", "null_player": "holds"}
    assert certificate.families == (family,)
    assert remark in certificate.environment.distribution
    line = command_line([cell for cell in certificate.cells if cell.axiom == "conservation"], certificate)
    capsys.readouterr()
    assert main(line.split()[1:]) == 1
    assert "violates conservation" in capsys.readouterr().out


WRONG = {
    "conservation": "gradient",
    "implementation_invariance": "captum:GuidedBackprop",
    "null_player": "uniform",
    "linearity": "gradient-squared",
    "homogeneity": "gradient-squared",
    "shift_invariance": "grad-x-input",
}


ENTERED = {"explains": MASKED, "embedding": TOKENS, "one input": IDS}
TABLE = [(axiom, entered) for axiom in WRONG for entered in ENTERED]
TABLE.remove(("implementation_invariance", "explains"))  # its ReLU is a function: there is no module to exchange
QUICK = [
    ("conservation", "explains"),
    ("implementation_invariance", "embedding"),
    ("linearity", "one input"),
]


@pytest.mark.parametrize(
    ("axiom", "entered"), [pytest.param(*case, marks=[] if case in QUICK else [pytest.mark.long]) for case in TABLE]
)
def test_the_printed_script_prints_the_gap(axiom, entered, folder, capsys):
    """What stands behind "Reproduce with" runs by itself, and the counterexample is seen again."""
    model = ENTERED[entered]
    assert main(["hunt", WRONG[axiom], axiom, *model, *EXAMPLES, "--out", "found.json"]) == 1
    printed = re.search(r"Reproduce with:\n(.*?^print\([^\n]*\n)", capsys.readouterr().out, re.DOTALL | re.MULTILINE)
    (folder / "again.py").write_text(printed[1], encoding="utf-8")
    ran = subprocess.run([sys.executable, "again.py"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    gap = float(ran.stdout.removeprefix("gap:"))
    assert gap == pytest.approx(read_counterexample(folder / "found.json").gap, rel=1e-6)
    assert main(["replay", "found.json", "--model", model[1]]) == 1
    assert capsys.readouterr().out.startswith("STILL VIOLATED")


@pytest.mark.parametrize("model", [MASKED, TOKENS], ids=["explains", "embedding"])
def test_what_reads_operations_is_refused(model, folder, capsys):
    """The operations of what is held are not read, and a sentence says so."""
    assert main(["hunt", "lrp-z-plus", "conservation", *model, *EXAMPLES]) == 2
    assert "it reads a model operation by operation, and reads none of several inputs" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--embedding", "body.embed"], ["--explains", "pixels"], ["--weights", "w.pt"]])
def test_options_of_a_model_need_one(option, folder, capsys):
    """They are not passed over in silence."""
    assert main(["certify", "gradient", *option]) == 2
    assert "--model is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (MASKED[:4], "'x.npz' holds pixels, mask: name the one that is explained with --explains"),
        ([*TOKENS[:5], "embed"], "no module 'embed': its embeddings are body.embed"),
        ([*MASKED[:5], "image"], "Expected explains to name one of the inputs pixels, mask but got 'image'"),
    ],
)
def test_wrong_use_has_a_sentence(model, sentence, folder, capsys):
    """Status 2, and one line."""
    assert main(["certify", "gradient", *model]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
