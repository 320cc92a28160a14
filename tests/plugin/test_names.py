"""Explainers of one class stand side by side under names of their own."""

import pytest

MINE = """
import pytest
import axiomcheck as ac

class Mine:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, model, inputs, target):
        scores = model(inputs).gather(1, target[:, None]).detach() * self.factor / inputs[0].numel()
        return scores.reshape(-1, *[1] * (inputs.ndim - 1)).expand_as(inputs)

@ac.parametrize_with_axioms({explainers}, axioms="conservation", families="biased", examples=60)
def test_axioms(check):
    check()
"""


@pytest.mark.parametrize(
    "explainers",
    [
        '{"up": Mine(1.0), "down": Mine(-1.0)}',
        '[pytest.param(Mine(1.0), id="up"), pytest.param(Mine(-1.0), id="down")]',
    ],
)
def test_names_tell_instances_apart(pytester, explainers):
    """In a mapping, or as pytest does it: one test each, judged by its own explainer."""
    pytester.makepyfile(MINE.replace("{explainers}", explainers))
    result = pytester.runpytest_subprocess("-v", "-p", "no:cacheprovider")
    result.stdout.fnmatch_lines(["*up-conservation-biased* PASSED*", "*down-conservation-biased* FAILED*"])


@pytest.mark.parametrize(
    ("explainers", "said"),
    [
        ("[Mine(1.0), Mine(2.0)]", "name them, as in {'mine': explainer}"),
        ('{"gradient": Mine(1.0)}', "Expected a name of its own"),
    ],
)
def test_names_must_be_their_own(pytester, explainers, said):
    """One sentence at collection."""
    pytester.makepyfile(MINE.replace("{explainers}", explainers))
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    assert said in result.stdout.str()
