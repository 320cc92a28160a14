"""``python -m benchmarks.pairs [KIND]...``: are defects told beside a violation by design, and at which layer?

Thirty explainers break conservation by design, in one of three ways, and have a defect at one kind of layer beside it.
A default hunt for each, which ends as soon as the defect is named, writes a line of a table in Markdown.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from typing import Any

import torch

from tests.quality.pairs import PAIRS, is_named, of_the_defect

HEADER = "| design | defect at | told | named | as | seconds |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """What a hunt told of one pair: whether of the defect, whether at its layer, in which words, in which time."""

    design: str
    kind: str
    told: bool
    named: bool
    words: str
    seconds: float

    def __str__(self) -> str:
        marks = ("yes" if one else "no" for one in (self.told, self.named))
        cells = (self.design.replace("_", " "), self.kind, *marks, self.words, f"{self.seconds:.0f}")
        return f"| {' | '.join(cells)} |"


def row_of(design: Callable[[str], Any], kind: str) -> Row:
    """Hunt until the defect at a kind of layer is named, or all is searched."""
    start, words = process_time(), ""
    for finding in of_the_defect(design, kind):
        words = finding.cause.sentence if finding.cause else ""
        if is_named(finding, kind):
            return Row(design.__name__, kind, True, True, words, process_time() - start)
    return Row(design.__name__, kind, bool(words), False, words, process_time() - start)


def main(kinds: list[str]) -> None:
    torch.set_num_threads(1)
    rows = []
    print(HEADER)
    for design, kind in PAIRS:
        if not kinds or kind in kinds:
            rows.append(row_of(design, kind))
            print(rows[-1], flush=True)
    told, named = sum(row.told for row in rows), sum(row.named for row in rows)
    print(f"\nOf {len(rows)} defects {told} are told, {named} at the right layer.")


if __name__ == "__main__":
    main(sys.argv[1:])
