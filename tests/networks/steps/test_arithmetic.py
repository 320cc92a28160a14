"""Integers in arrays."""

from fractions import Fraction

import numpy as np
import pytest

from axiomcheck.networks.steps import SAFE, compact, integers


@pytest.mark.parametrize("numbers", [[0.5, -3.0, 0.0], [2.0**-40, 1.0], [2.0**70, 2.0**-5], [0.1], [2.0**-70]])
def test_integers_over_one_power_of_two(numbers):
    """Floats are integers over the least power of two, of 64 bits where they fit."""
    found, scale = integers(np.array(numbers))
    assert [Fraction(int(value), scale) for value in found] == [Fraction(number) for number in numbers]
    assert scale & (scale - 1) == 0
    assert scale == 1 or any(int(value) % 2 for value in found)
    assert (found.dtype == np.int64) is all(abs(int(value)) < SAFE for value in found)


def test_compact_keeps_what_does_not_fit():
    """Integers of 62 bits and more stay Python's own."""
    assert compact(np.array([SAFE - 1, -SAFE + 1], dtype=object)).dtype == np.int64
    assert compact(np.array([SAFE], dtype=object)).dtype == object
    assert compact(np.array([], dtype=object)).dtype == np.int64
