"""Sharing: what a case costs when it is new, when it was drawn before, and beside a property test; processor times.

What is read from files in place of drawing it is measured too: it is no faster, so nothing is kept on disk.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from random import Random
from time import process_time

from axiomcheck.engine.bank import BANK
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import find_family, question
from axiomcheck.engine.runners import IN_PROCESS
from axiomcheck.engine.stretches import numbers_of, screen_stretches
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.results.case_data import case_data, case_of
from axiomcheck.results.certificate import Certificate
from axiomcheck.strategies.cases import one_network, one_twin
from axiomcheck.strategies.codec import block_size

from .plain_models import Ground
from .plain_search import property_test
from .timing import Row, seconds

ROUNDS, CASES, SCREENED, SMALL, READ = 3, 500, 100, 20, 100
"""How often is measured; effective cases of one cell, a screen, a cell of a campaign; cases that are read."""
TUTORIAL = ("conservation", "continuity", "implementation_invariance", "selectivity")
TEN = (
    *("grad-x-input", "lrp-0", "lrp-z-plus", "lrp-epsilon", "lrp-gamma", "deeplift", "deep-taylor"),
    *("captum:InputXGradient", "captum:LRP", "gradient"),
)


def rows() -> list[Row]:
    _judged(["grad-x-input"], ["conservation"], ["bias-free"], SMALL)  # all is imported
    return [*_cases(), _inside(), *_together(), *_from_files()]


def _judged(
    explainers: Sequence[str], axioms: Sequence[str], families: Sequence[str] | None, examples: int
) -> tuple[float, Certificate]:
    """Return how long a campaign takes in this process, in processor seconds, and what came of it."""
    campaign, start = Campaign.of(explainers, axioms, families, Budget(examples)), process_time()
    certificate = campaign.run(IN_PROCESS)
    return process_time() - start, certificate


def _forgotten() -> None:
    BANK.cases.clear()


def _cases() -> list[Row]:
    """Judge one cell with an empty bank, again with a full one, and as many models in a property test."""
    cold, warm, plain = [], [], []
    for _ in range(ROUNDS):
        _forgotten()
        for kept in (cold, warm):
            took, certificate = _judged(["grad-x-input"], ["conservation"], ["bias-free"], CASES)
            (cell,) = certificate.cells
            drawn = cell.search["drawn"] + cell.screen["drawn"]
            kept.append(took / drawn)
        start = process_time()
        *_, seen = property_test(grad_x_input, Ground("none"), CASES, 0)
        plain.append((process_time() - start) / seen.drawn)
    remark = f"{drawn} cases of one to four inputs / models with one input"
    return [
        Row("grad-x-input, conservation, bias-free: a new case / a property test's model", cold, plain, remark),
        Row("the same: a case from the bank / a new one", warm, cold),
    ]


def _inside() -> Row:
    """Screen Captum on the tutorial's axioms from a full bank: the ratio is the share of time inside the explainer."""
    total = inside = 0.0
    for axiom in TUTORIAL:
        asked = question("captum:InputXGradient", axiom, "ordinary", Budget(SCREENED))
        screen_stretches(asked, asked.judge, numbers_of(SCREENED))
        judge = asked.judge
        total += seconds(partial(screen_stretches, asked, judge, numbers_of(SCREENED)))
        inside += judge.clock.seconds
    what = "captum:InputXGradient, a screen on four axioms, from the bank: all / inside the explainer"
    return Row(what, [total], [inside], f"{SCREENED} cases of each axiom, by the clock")


def _together() -> Iterator[Row]:
    """Judge ten explainers in one campaign, and each in a campaign of its own: of what holds, and of the tutorial."""
    for axioms, examples in ((["implementation_invariance"], SCREENED), (TUTORIAL, SMALL)):
        _forgotten()
        together, certificate = _judged(TEN, axioms, ["biased"], examples)
        apart = 0.0
        for explainer in TEN:
            _forgotten()
            apart += _judged([explainer], axioms, ["biased"], examples)[0]
        violated = sum(cell.verdict == "violated" for cell in certificate.cells)
        what = f"ten explainers, biased, {', '.join(axioms).replace('_', ' ')}: together / apart"
        remark = f"{len(certificate.cells)} cells of {examples} cases, {violated} violated and shrunk, each by itself"
        yield Row(what, [together], [apart], remark)


def _from_files() -> list[Row]:
    """Read cases from JSON, and draw them from their blocks."""
    family, random = find_family("ordinary"), Random(0)
    blocks = [random.randbytes(block_size(family)) for _ in range(READ)]
    found = []
    for drawer in (one_network, one_twin):
        read, drawn = [], []
        for _ in range(ROUNDS):
            start = process_time()
            cases = [drawer(block, family) for block in blocks]
            middle = process_time()
            texts = [json.dumps(case_data(case)) for case in cases]
            written = process_time()
            again = [case_of(json.loads(text)) for text in texts]
            read.append((process_time() - written) / READ)
            drawn.append((middle - start) / READ)
        assert again == cases
        size = sum(map(len, texts)) / READ / 1000
        found.append(Row(f"{drawer.__name__} of ordinary: read from JSON / drawn", read, drawn, f"{size:.1f} kB each"))
    return found
