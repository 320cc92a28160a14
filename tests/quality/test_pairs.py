"""A defect at one kind of layer is told beside a violation by design, and named at that layer."""

import pytest

from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from tests.quality.pairs import off_by_percents, stabilised

PAIRS = [
    *((off_by_percents, kind) for kind in ("softmax", "avgpool", "dropout")),
    *((stabilised, kind) for kind in ("batchnorm", "avgpool", "conv")),
]


@pytest.mark.long
@pytest.mark.parametrize(("design", "kind"), PAIRS)
def test_the_defect_is_named_at_its_layer(design, kind):
    """In a default hunt."""
    hunt = Hunt(question(design(kind), "conservation", "ordinary", Budget(500)))
    assert any(finding.cause and finding.cause.where == f"at {kind}" for finding in hunt)
