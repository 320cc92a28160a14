"""The text of a failure: the counterexample, and how it is kept."""

import pytest

ITEM = "test_mine.py::test_axioms[mine.nothing-conservation-biased]"
BROKEN = '[nothing], axioms=["conservation"], families=["biased"]'


def failure(result):
    """Return the lines between the heading of the first failure and the summary."""
    lines = result.outlines
    start = next(number for number, line in enumerate(lines) if line.startswith("____"))
    end = next(number for number, line in enumerate(lines) if "short test summary" in line)
    return lines[start + 1 : end]


def test_the_counterexample_stands_alone(project):
    """Formula, input, expected and seen, code, what stores it, and the line of the test."""
    project.asks(BROKEN)
    result = project.run()
    told = failure(result)
    assert told[:6] == [
        "mine:nothing violates conservation in biased",
        "arises everywhere; gross",
        "",
        "  f(x1) = 1",
        "  at x = (0) the scores sum to 0 where f(x) = 1",
        "",
    ]
    assert "from mine import nothing as explain" in told
    assert told[-2:] == [
        f"store it: pytest '{ITEM}' --axioms-examples=60 --axioms-store",
        "test_mine.py:6",
    ]
    assert "plugin" not in "\n".join(told)


def test_its_code_shows_the_gap(project):
    """What is printed runs as it stands."""
    project.asks(BROKEN)
    told = failure(project.run())
    code = told[told.index("import torch") : next(n for n, line in enumerate(told) if line.startswith("store it"))]
    script = project.write("shown.py", "\n".join(code))
    assert project.pytester.runpython(script).outlines == ["gap: 1.0"]


def test_the_summary_has_the_sentence(project):
    """In one line, as pytest's short forms have it."""
    project.asks(BROKEN)
    result = project.run("--tb=line", "-vv")
    heading = "AxiomViolation: mine:nothing violates conservation in biased: at x = (0) the scores sum to 0"
    result.stdout.fnmatch_lines([f"*test_mine.py:6: {heading}*", f"FAILED * {heading}*"])
    result.stdout.no_fnmatch_line("*import torch*")


def test_all_is_shown_if_it_is_asked_for(project):
    """With --full-trace, where the exception came from."""
    project.asks(BROKEN)
    project.run("--full-trace").stdout.fnmatch_lines(["*_violated*", "*axiomcheck*check.py:*: AxiomViolation"])


def test_a_check_in_a_test_of_ones_own(project):
    """What it raises is shown in the same way."""
    project.test('def test_own():\n    ac.check(nothing, "conservation", family="biased", examples=60)')
    told = failure(project.run())
    assert told[0] == "mine:nothing violates conservation in biased"
    assert told[-2:] == [
        "store it: pytest test_mine.py::test_own --axioms-examples=60 --axioms-store",
        "test_mine.py:5",
    ]


def test_a_check_inside_given_is_refused(project):
    """In a sentence, and the line that asked."""
    given = "from hypothesis import given, strategies as st\n@given(st.integers())"
    project.test(f'{given}\ndef test_own(number):\n    ac.check(nothing, "conservation")')
    sentence, line = failure(project.run())
    assert sentence.startswith("axiomcheck searches with Hypothesis itself, so it cannot run inside a test with @given")
    assert line == "test_mine.py:7"


def test_strategies_are_for_given(project):
    """Networks, twins and paths are drawn in somebody's own tests."""
    project.write(
        "test_own.py",
        "from hypothesis import given\n"
        "from axiomcheck.strategies import input_paths, relu_networks, twins\n"
        'networks = relu_networks(family="bias-free")\n'
        "@given(networks.flatmap(input_paths), twins())\n"
        "def test_own(path, twin):\n"
        "    assert len(path.vertices) > 1 and len({network.shape for network in twin}) == 1\n",
    )
    project.run("--hypothesis-show-statistics").assert_outcomes(passed=1)


def test_what_cannot_be_judged_fails_with_its_reason(project):
    """Not with a counterexample, for there is none; it does not pass either."""
    project.test(
        "import torch\n"
        "wrong = []\n"
        "def fickle(model, inputs, target):\n"
        "    right = equal(model, inputs, target)\n"
        "    if wrong or not right.any():\n"
        "        return right\n"
        "    wrong.append(True)\n"
        "    return torch.zeros_like(inputs)\n\n"
        '@ac.parametrize_with_axioms(fickle, axioms="conservation", families="biased")\n'
        "def test_axioms(check): check()"
    )
    result = project.run()
    result.assert_outcomes(failed=1)
    (sentence,) = failure(result)
    assert sentence.startswith("axiomcheck: test_mine:fickle on conservation in biased is inconclusive: a failure was")


@pytest.mark.parametrize(("way", "told"), {"skip": "skipped", "xfail": "xfailed"}.items())
def test_an_explainer_does_not_skip_its_test(project, way, told):
    """What it cannot explain it refuses in another way; the test is no less one that says nothing."""
    project.changes(f"pytest.{way}('no time')")
    project.write("mine.py", "import pytest\n" + (project.path / "mine.py").read_text(encoding="utf-8"))
    project.asks(BROKEN)
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [f"axiomcheck: mine:nothing calls pytest ({told}: no time); what cannot be explained *"]
    )


@pytest.mark.parametrize("what", ["raise ValueError('too much')", "sys.exit('too much')"])
def test_where_an_explainer_raised_is_told(project, what):
    """By the file and the line of its own code, which no traceback shows."""
    project.changes(f"1; import sys; {what}", "return torch.zeros_like(inputs)")
    line = 1 + (project.path / "mine.py").read_text(encoding="utf-8").splitlines().index(f"    1; import sys; {what}")
    project.asks(BROKEN)
    raised = "ValueError" if "Value" in what else "SystemExit"
    assert f"  it raised {raised}: too much (mine.py:{line})" in failure(project.run())


@pytest.mark.parametrize("option", ["--axioms-examples=0", "--axioms-examples=58", "--axioms-examples=many"])
def test_a_number_of_cases_is_a_number(project, option):
    """What is none is told by the command line."""
    result = project.pytester.runpytest_inprocess(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*--axioms-examples: expected a whole number of at least 59, or nothing can hold, but got*"]
    )
