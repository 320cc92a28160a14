"""``python -m benchmarks.growth``: how processor time and memory grow, one size at a time, with the exponents.

It writes ``benchmarks/growth.json``; with matplotlib also ``docs/growth.svg``.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path as File
from random import Random
from time import process_time
from tracemalloc import get_traced_memory, start, stop

import numpy as np
import torch
from rich.console import Console
from rich.progress import track

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.bank import BANK
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.question import Budget
from axiomcheck.engine.runners import IN_PROCESS
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.networks import Case, Linear, Network, Path, ReLU
from axiomcheck.networks.tent import tent_map

HERE = File(__file__).parent
DATA, PLOT = HERE / "growth.json", HERE.parent / "docs" / "growth.svg"
ROUNDS = 2
LARGEST = 4
"""Of how many of the largest sizes the exponent is taken: below them what costs the same always is in the way."""


@dataclass(frozen=True)
class Growth:
    """Seconds of the processor, and bytes at most, of one piece of work at each size."""

    what: str
    sizes: list[int]
    seconds: list[float]
    memory: list[int]

    @property
    def exponent(self) -> float:
        """The slope of the seconds over the largest sizes, both as logarithms."""
        x, y = np.log(self.sizes[-LARGEST:]), np.log(self.seconds[-LARGEST:])
        return float(np.polyfit(x, y, 1)[0])


def network(width: int, depth: int) -> Network:
    """Return a perceptron of random dyadic weights on four variables."""
    random = Random(0)
    sizes = [4, *[width] * depth]
    layers: list[Linear | ReLU] = []
    for size, units in pairwise(sizes):
        layers += [_linear(random, size, units), ReLU()]
    return Network((*layers, _linear(random, sizes[-1], 1)))


def _linear(random: Random, size: int, units: int) -> Linear:
    row = [[random.choice((-1.0, -0.5, 0.5, 1.0)) for _ in range(size)] for _ in range(units)]
    return Linear(tuple(map(tuple, row)), (0.0,) * units)


def judged(drawn: Network, batch: int = 1) -> None:
    """Judge gradient × input on conservation in one case."""
    random = Random(1)
    inputs = tuple(tuple(random.choice((-1.0, 0.5, 1.0, 2.0)) for _ in range(4)) for _ in range(batch))
    outcome = Judge(grad_x_input, AXIOMS["conservation"])(Case(drawn, inputs=inputs, baseline=(0.0,) * 4, target=0))
    assert outcome.kind in ("holds", "vacuous"), outcome


def bent(kinks: int) -> None:
    """Find the exact kinks of a path that has so many."""
    path = Path(((Fraction(0),), (Fraction(1),)))
    assert len(tent_map(kinks.bit_length()).kinks(path)) >= kinks


def cell(examples: int) -> None:
    """Judge a cell that holds, of cases that nobody has drawn before."""
    BANK.cases.clear()
    run(Campaign.of(["grad-x-input"], ["conservation"], ["bias-free"], Budget(examples)))


def cells(count: int) -> None:
    """Judge so many small cells."""
    BANK.cases.clear()
    for seed in range(count):
        run(Campaign.of(["grad-x-input"], ["conservation"], ["bias-free"], Budget(20, seed)))


def run(campaign: Campaign) -> None:
    """Judge in this process."""
    (result,) = campaign.run(IN_PROCESS).cells
    assert result.verdict in ("holds", "inconclusive"), result


MEASURED: dict[str, tuple[Sequence[int], Callable[[int], object]]] = {
    "width of one hidden layer": ((4, 16, 64, 256, 1024), lambda size: judged(network(size, 1))),
    "hidden layers of width 4": ((1, 2, 4, 8, 16, 32), lambda size: judged(network(4, size))),
    "inputs in a batch": ((1, 4, 16, 64, 256), lambda size: judged(network(4, 2), size)),
    "kinks on a path": ((4, 16, 64, 256, 1024), bent),
    "cases of a cell": ((50, 100, 200, 400, 800), cell),
    "cells": ((1, 2, 4, 8), cells),
}


def measured() -> Iterator[Growth]:
    """Yield the growth over each size."""
    for what, (sizes, work) in MEASURED.items():
        work(sizes[0])
        took, held = ([measure(work, size) for size in sizes] for measure in (_seconds, _memory))
        yield Growth(what, list(sizes), took, held)


def _seconds(work: Callable[[int], object], size: int) -> float:
    took = []
    for _ in range(ROUNDS):
        begun = process_time()
        work(size)
        took.append(process_time() - begun)
    return min(took)


def _memory(work: Callable[[int], object], size: int) -> int:
    start()
    work(size)
    _, peak = get_traced_memory()
    stop()
    return peak


def draw(growths: list[Growth]) -> None:
    """Draw them side by side, both axes logarithmic."""
    from matplotlib import pyplot as plt

    figure, grid = plt.subplots(2, 3, figsize=(11, 6.2), layout="constrained")
    for axes, growth in zip(grid.flat, growths, strict=True):
        axes.loglog(growth.sizes, [1e3 * one for one in growth.seconds], "o-", color="#2b6cb0", label="ms")
        axes.loglog(growth.sizes, [one / 2**20 for one in growth.memory], "s--", color="#b7791f", label="MB")
        axes.set_title(f"{growth.what}: exponent {growth.exponent:.2f}", fontsize=10)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=8)
    figure.savefig(PLOT, metadata={"Date": None})


def main() -> None:
    """Measure, and write what was measured."""
    torch.set_num_threads(1)
    console = Console(stderr=True)
    growths = list(track(measured(), "measuring", total=len(MEASURED), console=console, transient=True))
    DATA.write_text(json.dumps([asdict(one) for one in growths], indent=1) + "\n", encoding="utf-8")
    for growth in growths:
        told = ", ".join(f"{size}: {1e3 * one:.3g} ms" for size, one in zip(growth.sizes, growth.seconds, strict=True))
        print(f"{growth.what}: exponent {growth.exponent:.2f} ({told}; {max(growth.memory) / 2**20:.1f} MB at most)")
    try:
        draw(growths)
    except ModuleNotFoundError:
        sys.exit("the plot needs matplotlib: pip install matplotlib")


if __name__ == "__main__":
    main()
