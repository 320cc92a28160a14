"""The corpus: at least a thousand minimal counterexamples with their causes, made anew.

``python -m benchmarks.corpus 1000`` searches for so many, in about ten minutes of CPU time, and writes them to
``axiomcheck/results/corpus.jsonl.xz``. Of each method that theory refutes on an axiom it takes the smallest networks on
which that shows, one with each kind of layer, style and rewrite, in families that a seed shuffles. Then what was found
of one method is asked of all others.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, product
from random import Random

from axiomcheck.engine.confirm import Schedule, confirm
from axiomcheck.engine.judge import Judge, Outcome
from axiomcheck.engine.population import RandomNetworks, ingredients_of
from axiomcheck.engine.question import Budget, Question
from axiomcheck.engine.resolve import question
from axiomcheck.engine.runtime.threads import one_thread
from axiomcheck.networks import AxiomcheckError, Case, Family
from axiomcheck.results.corpus import HOME, VERSION, ordered, written
from axiomcheck.results.counterexample import AnyCase, Counterexample
from tests.quality.theory import FAILS

SEED = 0
DRAWN_FIRST = 600
"""Counterexamples that are drawn, before what was found is asked of other methods."""
Key = tuple[str, str, AnyCase]
DRAWN = 12
"""Cases that are drawn in each round of a method, an axiom and a family."""
TRIALS = 1500
"""Cases that shrinking may try."""
PAIRS = sorted({(explainer, axiom) for explainer, axiom, _ in FAILS})
OTHERS = 3
"""Other methods of which a case that was found is made a counterexample, at most."""
LARGEST = 8
"""Variables of a case that is shrunk: larger ones take longer, and have the same defects."""
ITEMS = (
    *("mlp", "conv", "convtranspose", "maxpool", "avgpool", "batchnorm", "residual", "concat"),
    *("softmax", "leaky", "styles", "shared"),
    *("gelu", "silu", "sigmoid", "tanh", "softplus", "layernorm", "rmsnorm", "attention"),
)
FAMILIES = tuple(f"{item},bias={bias}" for bias in ("none", "any") for item in ITEMS)
EVERYWHERE = frozenset({"linear", "flatten"})
"""What says nothing of a case."""


@dataclass(frozen=True)
class Requiring(RandomNetworks):
    """The networks of a family, of which only those with an ingredient are simpler than another."""

    ingredient: str = ""

    def shrink(self, case: Case, judge: Judge, budget: int) -> Case:
        """Return the simplest case with the ingredient that was found to fail as ``case`` does."""

        def required(candidate: Case) -> Outcome:
            return judge(candidate) if self.ingredient in _told(candidate) else Outcome("holds")

        return super().shrink(case, required, budget)


def _told(case: Case) -> set[str]:
    """Return the kinds of layers, the styles and the rewrites of a case, no options of layers."""
    if not case.network.leaves:
        return set()
    return {name for name in ingredients_of(case) if name.startswith(("rewrite", "style")) or ":" not in name}


@dataclass(frozen=True)
class Cell:
    """A method and an axiom that it breaks, and the ingredients of which there is a counterexample."""

    explainer: str
    axiom: str
    covered: set[str] = field(default_factory=set)

    def asked(self, family: str) -> Question | None:
        """Return the question about it in a family, if there is one."""
        try:
            asked = question(self.explainer, self.axiom, family, Budget(seed=SEED))
        except AxiomcheckError:
            return None
        return None if asked.population.lacks(asked.axiom) else asked

    def smallest(self, family: str, case: AnyCase, ingredient: str) -> Counterexample | None:
        """Return the smallest counterexample with the ingredient that ``case`` leads to, if it is one itself."""
        asked = self.asked(family)
        if asked is None or ingredient in self.covered or not asked.judge(case).fails:
            return None
        population = Requiring(Family.parse(str(asked.family)), asked.population.domain, ingredient)
        within = replace(asked, family=population)
        found = confirm(within, within.judge, case, Schedule(), trials=TRIALS).counterexample
        if found is None or found.is_error:
            return None
        self.covered.add(ingredient)
        return found


def found() -> Iterator[Counterexample]:
    """Yield counterexamples of all cells in all families, in an order that a seed shuffled.

    What one method shows is asked of a few others that break the axiom too: a small case leads to a smallest one soon.
    """
    cells = [Cell(*pair) for pair in PAIRS]
    grid, order = list(product(cells, FAMILIES)), Random(SEED)
    order.shuffle(grid)
    for cell, family in grid:
        others = [one for one in cells if one.axiom == cell.axiom and one is not cell]
        for case, ingredient in _drawn(cell, family):
            first = cell.smallest(family, case, ingredient)
            if first is not None:
                yield first
                asked = order.sample(others, len(others))
                more = (other.smallest(family, first.case, ingredient) for other in asked)
                yield from islice(filter(None, more), OTHERS)


def _drawn(cell: Cell, family: str) -> Iterator[tuple[Case, str]]:
    """Yield a few cases of a family, with an ingredient of which the cell has no counterexample."""
    asked = cell.asked(family)
    if asked is None:
        return
    random = asked.random("corpus")
    for _ in range(DRAWN):
        case = asked.population.draw(asked.axiom, random.randbytes(asked.population.block_size))
        if case.network.in_features <= LARGEST:
            yield from ((case, new) for new in sorted(_told(case) - EVERYWHERE) if new not in cell.covered)


def transferred(entries: Iterable[Counterexample]) -> Iterator[Counterexample]:
    """Yield counterexamples of other methods on the same axiom, to which those of one lead, each with an ingredient."""
    known, cells = ordered(entries), [Cell(*pair) for pair in PAIRS]
    for cell in cells:
        own = (one for one in known if (one.explainer, one.axiom) == (cell.explainer, cell.axiom))
        cell.covered.update(*(_told(one.case) for one in own))
    for one in known:
        for cell in cells:
            if cell.axiom == one.axiom:
                for ingredient in sorted(_told(one.case) - EVERYWHERE - cell.covered):
                    more = cell.smallest(one.family, one.case, ingredient)
                    if more is not None:
                        yield more


def collected(number: int) -> Mapping[Key, Counterexample]:
    """Return so many counterexamples that differ: some are drawn, and lead to those of other methods."""
    distinct: dict[Key, Counterexample] = {}
    for enough, search in ((DRAWN_FIRST, found), (number, lambda: transferred(tuple(distinct.values())))):
        for one in search():
            distinct.setdefault(_key(one), one)
            if len(distinct) == enough:
                break
    return distinct


def _key(one: Counterexample) -> Key:
    return one.explainer, one.axiom, one.case


def main() -> None:
    """Write the corpus, of as many counterexamples as are asked for."""
    with one_thread():
        distinct = collected(int(sys.argv[1]))
    HOME.write_bytes(written(distinct.values()))
    cases = len({(one.axiom, one.case) for one in distinct.values()})
    print(f"corpus {VERSION}: {len(distinct)} counterexamples on {cases} cases, {HOME.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
