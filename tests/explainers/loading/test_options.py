"""Options of the methods: numbers are numbers, and what is asked for is what is made."""

import numpy as np
import pytest

from axiomcheck.explainers import locate
from axiomcheck.explainers.loading.spec import parse_spec
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import AxiomcheckError

WRONG = {
    "lrp-gamma:gamma=a": "Expected a finite number of at least 0 for gamma of LRPGamma but got 'a'",
    "lrp-gamma:gamma=nan": "but got 'nan'",
    "lrp-gamma:gamma=1e999": "but got inf",
    "lrp-gamma:gamma=-1": "at least 0 for gamma of LRPGamma but got -1",
    "lrp-gamma:gamma=True": "Expected a finite number of at least 0",
    "lrp-epsilon:epsilon=[1]": "Expected a finite number of at least 0 for epsilon of LRPEpsilon",
    "integrated-gradients:steps=-5": "at least 1 for steps of IntegratedGradients but got -5",
    "integrated-gradients:steps=2.5": "Expected a whole number of at least 1 for steps",
    "lrp-flat:everywhere=3": "Expected True or False for everywhere of LRPFlat but got 3",
}


@pytest.mark.parametrize("asked", WRONG)
def test_a_wrong_value_gets_one_sentence(asked):
    """When the explainer is asked for, before anything runs."""
    with pytest.raises(AxiomcheckError) as raised:
        locate(asked)
    assert WRONG[asked] in str(raised.value)


def test_numbers_of_numpy_are_numbers():
    """A sweep over an array is as good as one over a list."""
    assert [LRPGamma(gamma=gamma) for gamma in np.array([0.5, 1.0])] == [LRPGamma(gamma=0.5), LRPGamma(gamma=1.0)]


@pytest.mark.parametrize("text", ["ab_ " * 2500, "-" * 1500, "1+" * 3000, "(" * 3000])
def test_a_value_that_is_no_python_is_text(text):
    """However long it is."""
    assert parse_spec(f"mine:explain:s={text}").options == {"s": text.strip()}


@pytest.mark.parametrize("value", ["http://there/x,y", "a:b", "k=v"])
def test_what_stands_in_quotes_is_one_value(value):
    """With the marks that part one option from the next."""
    assert parse_spec(f"mine.py:explain:s='{value}',k=3") == ("mine.py", "explain", {"s": value, "k": 3})


def test_an_apostrophe_begins_no_quote():
    """In the name of a file."""
    assert parse_spec("it's.py:explain:a=[1,2]") == ("it's.py", "explain", {"a": [1, 2]})
