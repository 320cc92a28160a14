"""``hunt --emit``: a pytest file that fails as the counterexample does, without us, until the explainer is right."""

import re
import subprocess
import sys

import pytest

import axiomcheck as ac
from axiomcheck.axioms import AXIOMS
from axiomcheck.cli import main
from axiomcheck.reports.regression import regression_test

ALONE = """
import sys
class Forbidden:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == "axiomcheck":
            raise ModuleNotFoundError("axiomcheck is not here")
sys.meta_path.insert(0, Forbidden())
import pytest
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:axiomcheck", "-W", "ignore", sys.argv[1]]))
"""
RIGHT = "def explain(model, inputs, target):\n        f = model(inputs).gather(1, target[:, None]).detach()\n"


def _run(path, *, alone=True):
    words = ["-c", ALONE] if alone else ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
    return subprocess.run(
        [sys.executable, *words, str(path)], cwd=path.parent, capture_output=True, text=True, check=False
    )


def test_it_fails_with_the_same_gap_where_only_the_library_is(tmp_path):
    """Captum's InputXGradient loses a bias; the file says so where axiomcheck cannot be imported."""
    path, out = tmp_path / "test_regression.py", tmp_path / "found.json"
    asked = ["hunt", "captum:InputXGradient", "conservation", "--family", "biased", "--examples", "60"]
    assert main([*asked, "--emit", str(path), "--out", str(out)]) == 1
    found = ac.find_counterexample("captum:InputXGradient", "conservation", family="biased", examples=60)
    ran = _run(path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    gaps = [float(gap) for gap in re.findall(r"AssertionError: the gap is (\S+)", ran.stdout)]
    assert gaps[0] == pytest.approx(found.gap, abs=1e-9)
    right = path.read_text(encoding="utf-8")
    for line in re.findall(r"def explain\(model, inputs, target\):\n.*\n", right):
        right = right.replace(line, f"{RIGHT}        return f.expand_as(inputs) / inputs[0].numel()\n")
    path.write_text(right, encoding="utf-8")
    assert _run(path).returncode == 0


@ac.explainer(conserves="output", claims={"positivity": "biased"})
def wrong(model, inputs, target):
    """Break most axioms: the scores depend on the batch, on the sign of inputs, on weights, and change the mode."""
    import torch

    model.train()
    noise = torch.rand(1).to(inputs) + inputs.sum() + sum(weight.detach().abs().sum() for weight in model.parameters())
    return (-inputs.abs() * noise + 3 * inputs.sign() - 1 + inputs.cumsum(1)).to(inputs)


@pytest.mark.parametrize(
    "axiom", [name for name in AXIOMS if name not in ("sensitivity", "same_function", "output_form")]
)
def test_every_axiom_can_be_emitted(axiom, tmp_path):
    """The test fails by its own assertion, with the gap that was found where the explainer repeats itself."""
    found = ac.find_counterexample(wrong, axiom, family="biased", examples=100)
    path = tmp_path / "test_regression.py"
    code = regression_test([found])
    path.write_text(code, encoding="utf-8")
    namespace = {}
    exec(compile(code, str(path), "exec"), namespace)
    (test,) = [value for name, value in namespace.items() if name.startswith("test_")]
    import torch

    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with pytest.raises(AssertionError, match="the gap is"):
            test()
    finally:
        torch.set_default_dtype(before)


@pytest.mark.parametrize(("name", "axiom"), [("uniform", "sensitivity"), ("lrp-0", "equality")])
def test_native_ones_and_equalities_too(name, axiom, tmp_path):
    """They need axiomcheck, which the file says."""
    equals = {"equals": "grad-x-input"} if axiom == "equality" else {}
    asked = (name, "selectivity") if not equals else (name,)
    found = ac.find_counterexample(*asked, family="ordinary", examples=300, **equals)
    path = tmp_path / "test_regression.py"
    path.write_text(regression_test([found]), encoding="utf-8")
    ran = _run(path, alone=False)
    assert "the gap is" in ran.stdout
    assert "torch and axiomcheck" in path.read_text(encoding="utf-8")


def test_errors_are_emitted(tmp_path):
    """An explainer that raises fails the test by what it raises."""
    found = ac.find_counterexample(_fails, "conservation", family="bias-free", examples=20)
    namespace = {}
    exec(regression_test([found]), namespace)
    (test,) = [value for key, value in namespace.items() if key.startswith("test_")]
    with pytest.raises(ValueError, match="no explanation"):
        test()


def _fails(model, inputs, target):
    raise ValueError("no explanation")
