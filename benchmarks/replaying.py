"""A stored counterexample, looked at again, beside hunting for it once more."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import axiomcheck as ac
from axiomcheck.engine.replay import replay
from axiomcheck.reports.write import write_counterexample
from axiomcheck.results.reader import read_counterexample

from .timing import Row, side_by_side

ASKED = (
    ("grad-x-input", "continuity"),
    ("lrp-z-plus", "implementation_invariance"),
    ("captum:DeepLift", "conservation"),
)


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for number, (explainer, axiom) in enumerate(ASKED):
            path = Path(folder) / f"{number}.json"
            found = ac.find_counterexample(explainer, axiom)
            assert found is not None
            write_counterexample(found, path)
            times = side_by_side(
                lambda path=path: replay(read_counterexample(path)),
                lambda explainer=explainer, axiom=axiom: ac.find_counterexample(explainer, axiom),
                rounds=3,
                items=1,
            )
            yield Row(f"{explainer}, {axiom}: read and replay / hunt again", *times, found.formula.splitlines()[0])
