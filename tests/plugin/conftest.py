"""What the tests of the plugin share: a project with two explainers, and pytest run in it."""

import importlib
import pkgutil
import sys

import pytest
from hypothesis import settings

MINE = '''
"""Explainers that are quick: of one all that axioms ask can be seen, of the other nothing."""

import torch

def equal(model, inputs, target):
    """Every variable gets the same share of the output."""
    output = model(inputs).detach().gather(1, target[:, None])
    shares = output / inputs[0].numel()
    return shares.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs).clone()

def nothing(model, inputs, target):
    return torch.zeros_like(inputs)

def test_nobody_wants():
    raise RuntimeError("this file is no test")

number = 3
'''


class Project:
    """Somebody's project. What its tests need is loaded before, or each run would load and drop it."""

    def __init__(self, pytester):
        self.pytester, self.path = pytester, pytester.path
        self.write("mine.py", MINE)

    def write(self, name, text):
        """Write a file."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def test(self, body, name="test_mine.py"):
        """Write a file of tests."""
        return self.write(name, f"import axiomcheck as ac\nfrom mine import equal, nothing\n\n{body}\n")

    def asks(self, arguments, name="test_mine.py"):
        """Write a file of tests of axioms."""
        return self.test(f"@ac.parametrize_with_axioms({arguments})\ndef test_axioms(check):\n    check()", name)

    def run(self, *arguments):
        """Run pytest in this process with few cases; warnings are no errors, as they are for the tests around it."""
        return self.pytester.runpytest_inprocess("--axioms-examples=60", "-Wdefault", *arguments)

    def axiomcheck(self, *arguments):
        """Run the command line in a process of its own."""
        return self.pytester.run(sys.executable, "-m", "axiomcheck", *arguments)

    def changes(self, after, before="torch.zeros_like(inputs)"):
        """Let the explainer that returns nothing return something else."""
        path = self.path / "mine.py"
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    def mends(self):
        """Let it return what the other does."""
        self.changes("equal(model, inputs, target)")


@pytest.fixture(scope="session")
def _loaded(tmp_path_factory):
    """Load what the runs below would load, and drop with all modules that are new: numpy cannot be loaded twice."""
    api, writing = (importlib.import_module(f"axiomcheck.{name}") for name in ("api", "reports.write"))
    plugin = importlib.import_module("axiomcheck.plugin")
    for module in pkgutil.iter_modules(plugin.__path__, "axiomcheck.plugin."):
        importlib.import_module(module.name)
    for explainers, axiom in (("captum:InputXGradient", "conservation"), ("uniform", "selectivity")):
        certificate = api.certify([explainers, "lrp-gamma"], [axiom], ["biased"], examples=60)
    folder = tmp_path_factory.mktemp("loaded")
    writing.write_certificate(certificate, folder)
    found = next(cell.counterexample for cell in certificate.cells if cell.counterexample)
    writing.write_counterexample(found, folder / "found.json")
    replaying, reading = (importlib.import_module(f"axiomcheck.{name}") for name in ("engine.replay", "results.reader"))
    assert replaying.replay(reading.read_counterexample(folder / "found.json")).status == "STILL VIOLATED"


@pytest.fixture
def project(_loaded, pytester, monkeypatch):
    """A project with the file mine.py."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    yield Project(pytester)
    settings.load_profile("ci")
