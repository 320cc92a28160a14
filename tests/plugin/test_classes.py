"""A class: one method an axiom, one item a family, each method its author's to change."""

import pytest

BODY = """
class TestMine(ac.AxiomTests):
    explainer = {}
    axioms = ["conservation", "selectivity"]
    families = ["bias-free", "biased"]
"""


def collected(project):
    """Return the names of the tests."""
    return [line for line in project.run("--collect-only", "-q").outlines if "::" in line]


def test_a_class_asks_about_its_axioms_in_its_families(project):
    """And about no others; what it inherits from is not collected."""
    project.test("from axiomcheck import AxiomTests\n" + BODY.format("nothing"))
    assert sorted(collected(project)) == [
        f"test_mine.py::TestMine::test_{axiom}[{family}]"
        for axiom in ("conservation", "selectivity")
        for family in ("bias-free", "biased")
    ]


def test_all_axioms_unless_some_are_named(project):
    """One method each, in the usual families."""
    from axiomcheck.axioms import AXIOMS
    from axiomcheck.engine.campaign import DEFAULT_FAMILIES

    project.test("class TestMine(ac.AxiomTests):\n    explainer = 'uniform'")
    assert len(collected(project)) == len(AXIOMS) * len(DEFAULT_FAMILIES)
    assert "test_mine.py::TestMine::test_demand_monotonicity[ordinary]" in collected(project)


def test_a_function_is_not_bound(project):
    """Written as it is or as a static method, it is called with a model, inputs and targets."""
    project.test(BODY.format("equal") + "\nclass TestStatic(TestMine):\n    explainer = staticmethod(nothing)\n")
    project.run("-k", "conservation").assert_outcomes(passed=2, failed=2)


def test_the_failure_is_the_counterexample(project):
    """As with the decorator."""
    project.test(BODY.format("nothing"))
    result = project.run("-k", "conservation and biased and not free")
    result.stdout.fnmatch_lines(["mine:nothing violates *", "store it: pytest *test_conservation?biased*"])
    assert "Traceback" not in result.stdout.str()


def test_a_method_may_be_written_anew(project):
    """With a check and without one."""
    project.test(
        BODY.format("nothing")
        + "    def test_conservation(self, check):\n"
        + "        if check.question.family.bias == 'any':\n            super().test_conservation(check)\n"
        + "    def test_selectivity(self):\n        pass\n"
    )
    project.run().assert_outcomes(passed=2, failed=1)


def test_a_class_without_an_explainer_is_told(project):
    """At collection, in a sentence."""
    project.test("class TestMine(ac.AxiomTests):\n    pass")
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["axiomcheck: TestMine has no explainer: write explainer = * a name or a callable"])


WRONG = {
    "    axioms = ['conservaton']": "unknown axiom 'conservaton'; did you mean 'conservation'?",
    "    axioms = []": "Expected at least one axiom",
    "    axioms = 3": "Expected axioms as a list but got axioms=3",
    "    families = 'biassed'": "unknown family 'biassed'; did you mean 'biased'?",
    "    @property\n    def explainer(self): return 3": "TestMine has a property as its explainer: write explainer =",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_told_at_collection(project, line):
    """No test is left out in silence."""
    project.test(f"class TestMine(ac.AxiomTests):\n    explainer = nothing\n{line}")
    result = project.run("--collect-only")
    result.assert_outcomes(errors=1)
    assert f"axiomcheck: {WRONG[line]}" in result.stdout.str()


def test_a_class_of_unittest_is_told_at_collection(project):
    """Its tests would be run without any family."""
    project.test("import unittest\nclass TestMine(ac.AxiomTests, unittest.TestCase):\n    explainer = nothing")
    result = project.run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["axiomcheck: TestMine must not be a unittest.TestCase as well"])


def test_what_is_given_one_by_one_is_read_as_often_as_needed(project):
    """A generator, by the class and by those below it."""
    axioms = "    axioms = (name for name in ['conservation'])\n    families = iter(['biased'])\n"
    project.test(f"class TestMine(ac.AxiomTests):\n    explainer = nothing\n{axioms}class TestOther(TestMine): pass")
    assert collected(project) == [
        f"test_mine.py::{name}::test_conservation[biased]" for name in ("TestMine", "TestOther")
    ]


def test_known_violations_of_a_class(project):
    """They lie beside it."""
    project.write("known.toml", '[[violation]]\nexplainer="mine:nothing"\naxiom="conservation"\nreason="so far"\n')
    project.test(BODY.format("nothing") + "    known_violations = 'known.toml'\n")
    project.run("-k", "conservation").assert_outcomes(xfailed=2)
