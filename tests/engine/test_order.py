"""Order: whoever is judged before, after or beside an explainer, its cells are the same byte for byte but for times."""

import json
from itertools import product

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.runners import IN_PROCESS, InWorkers
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

SOURCE = """
import os, random, signal, sys, warnings
import torch
from torch import nn

CALLS = {}

def uniform(model, inputs, target):
    return model(inputs).gather(1, target[:, None]).detach().expand_as(inputs) / inputs.shape[1]

def good(model, inputs, target):
    return uniform(model, inputs, target)

def noisy(model, inputs, target):
    return torch.rand_like(inputs)

def patches(model, inputs, target):
    old = nn.Linear.forward
    nn.Linear.forward = lambda self, x: old(self, x) * 1.001
    nn.functional.relu = torch.relu = lambda x, *a, **k: x
    return uniform(model, inputs, target)

def calls(model, inputs, target):
    old = nn.Module.__call__
    nn.Module.__call__ = lambda self, *a, **k: 2 * old(self, *a, **k)
    nn.modules.module.register_module_forward_hook(lambda *_: 0)
    return uniform(model, inputs, target)

def settings(model, inputs, target):
    scores = uniform(model, inputs, target)
    torch.set_default_dtype(torch.bfloat16); torch.manual_seed(1); random.seed(1); torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True); warnings.simplefilter("error"); torch.set_grad_enabled(False)
    os.environ["HOME"] = "/nonexistent"; sys.path.insert(0, "/nonexistent"); os.chdir("/")
    signal.signal(signal.SIGINT, signal.SIG_IGN); sys.setrecursionlimit(5000)
    for name in [name for name in sys.modules if name.startswith("axiomcheck")]:
        del sys.modules[name]
    return scores

class Own(BaseException):
    def __str__(self):
        raise self

def raises(model, inputs, target):
    raise Own
"""
GOOD, BAD = ("good", "noisy"), ("patches", "calls", "settings", "raises")
ORDERS = {
    "alone": GOOD,
    "bad ones first": (*BAD, *GOOD),
    "bad ones last": (*GOOD, *BAD),
    "bad ones between": ("patches", "good", "calls", "settings", "noisy", "raises"),
}


BUDGETS = (Budget(60, timeout=1.5), Budget(60))
"""Of the bad ones the verdict is not looked at, so that they get little time; the good ones need none."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with good and bad explainers, which is the current one."""
    (tmp_path / "mine.py").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _cells(names, runner):
    """Return the cells of the good ones as text, by what they answer."""
    questions = [
        Question(locate(f"mine.py:{name}"), AXIOMS[axiom], Family.parse("bias-free"), BUDGETS[name in GOOD])
        for name, axiom in product(names, ("conservation", "purity"))
    ]
    cells = {}
    for cell in runner.cells(questions):
        data = cell.as_data()
        del data["seconds"]
        cells[cell.key] = json.dumps(data, sort_keys=True)
    return {key: text for key, text in cells.items() if key[0].partition(":")[2] in GOOD}


@pytest.mark.parametrize(
    ("order", "runner"),
    [
        pytest.param("bad ones between", IN_PROCESS, marks=pytest.mark.long),
        pytest.param("bad ones first", IN_PROCESS, marks=pytest.mark.long),
        pytest.param("bad ones last", IN_PROCESS, marks=pytest.mark.long),
        ("bad ones first", InWorkers(2)),
        pytest.param("bad ones between", InWorkers(1), marks=pytest.mark.long),
    ],
)
def test_neither_order_nor_company_matters(folder, order, runner):
    """In this process, in a worker, and in two at a time."""
    alone = _cells(ORDERS["alone"], IN_PROCESS)
    assert len(alone) == 4
    assert _cells(ORDERS[order], runner) == alone
