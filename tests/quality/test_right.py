"""Right explainers, written as users write them, have no cause that theory does not know."""

import pytest

from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from tests.quality.right import RIGHT

NAMES = [explain.__name__ for explain, _, _ in RIGHT]


def _causes(explain, axiom, family, examples):
    hunt = Hunt(question(explain, axiom, family, Budget(examples)))
    return [finding.reason for finding in hunt], hunt.searched.effective


@pytest.mark.parametrize(("explain", "axiom", "family"), RIGHT, ids=NAMES)
def test_nothing_is_told_of_the_right_ones(explain, axiom, family):
    """In a few cases of each, all that is said is that nothing was found."""
    found, effective = _causes(explain, axiom, family, 40)
    assert found == []
    assert effective >= 10


@pytest.mark.long
@pytest.mark.parametrize(("explain", "axiom", "family"), RIGHT, ids=NAMES)
def test_nothing_is_told_of_the_right_ones_in_many_cases(explain, axiom, family):
    """As long as a hunt by default."""
    found, _ = _causes(explain, axiom, family, 500)
    assert found == []
