"""What scores are compared with."""

import numpy as np
import pytest

from axiomcheck.axioms.arithmetic import LOUDEST, weights


@pytest.mark.parametrize("size", [0.0, 1e-3, 1.0, 2.0])
def test_scores_up_to_the_magnitude_count_as_they_are(size):
    """The largest of both is the scale; the sum of all and the magnitude may be lost a share of."""
    weight = weights(2.0, np.array([size, -size / 2]), np.array([[0.0, size / 4]]))
    assert weight.scale == size
    assert weight.rounding == pytest.approx(2.0 + 1.75 * size)


def test_louder_scores_are_no_scale():
    """Beyond the magnitude they count as rounding alone, up to 2^20 magnitudes."""
    assert weights(2.0, np.array([1e4])) == (2.0, 1e4 + 2.0, 2.0)
    assert weights(2.0, np.array([1e14, 1e300])) == (2.0, 2.0 * LOUDEST + 2.0, 2.0)


def test_where_the_network_is_nothing_scores_are_nothing():
    """A network without a magnitude excuses none."""
    assert weights(0.0, np.array([1.0])) == (0.0, 0.0, 0.0)
