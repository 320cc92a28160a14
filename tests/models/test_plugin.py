"""The plugin on a model: one test a cell, stored counterexamples replayed."""

import json
import shutil

from .conftest import EXAMPLES

TEST = """
import numpy as np
import axiomcheck as ac
from mine import load

INPUTS = np.random.default_rng(0).uniform(-1, 1, (24, 30))

@ac.parametrize_with_axioms(
    ["gradient", "grad-x-input"], axioms=["conservation", "implementation_invariance", "symmetry"],
    model=load(), inputs=INPUTS, examples=60,
    known_violations=[{"explainer": "gradient", "axiom": "conservation", "reason": "it is no explanation of a sum"}],
)
def test_axioms(check):
    check()


class TestUniform(ac.AxiomTests):
    explainer = "uniform"
    axioms = ("conservation",)
    model = load()
    inputs = INPUTS
"""


def test_axioms_of_a_model_are_tests(pytester):
    """What holds passes, what is violated fails and is stored, what is known is expected, the rest is skipped."""
    shutil.copy(EXAMPLES / "tabular.py", pytester.path / "mine.py")
    pytester.makepyfile(TEST)
    result = pytester.runpytest_subprocess("--axioms-store", "-p", "no:cacheprovider", "-q")
    result.assert_outcomes(passed=3, failed=1, xfailed=1, skipped=2)
    result.stdout.fnmatch_lines(["*grad-x-input violates conservation in Sequential on 24 inputs*"])
    again = pytester.runpytest_subprocess(
        "--axioms-store", "-q", "--axioms-report=report", "-k", "grad-x-input and conservation"
    )
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines(["replay it: axiomcheck replay counterexamples*"])
    written = json.loads((pytester.path / "report" / "certificate.json").read_text(encoding="utf-8"))
    assert written["environment"]["distribution"].startswith("independent draws for the model Sequential on 24 inputs")
