"""A defect at one kind of layer is told beside a violation by design, and named at that layer."""

import pytest

from tests.quality.pairs import bias_lost, is_named, of_the_defect, off_by_percents

PAIRS = [
    *((off_by_percents, kind) for kind in ("conv", "batchnorm", "leakyrelu", "softmax", "dropout")),
    *((bias_lost, kind) for kind in ("conv", "avgpool", "adaptiveavgpool")),
]
"""Those that are named within some seconds; ``python -m benchmarks.pairs`` hunts all thirty."""


@pytest.mark.long
@pytest.mark.parametrize(("design", "kind"), PAIRS)
def test_the_defect_is_named_at_its_layer(design, kind):
    """In a default hunt, which ends there."""
    assert any(is_named(finding, kind) for finding in of_the_defect(design, kind))
