"""Drawing a network through Hypothesis: one block of bytes, against one draw for every weight."""

from collections.abc import Callable
from itertools import pairwise
from statistics import mean

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from axiomcheck.networks import Linear, Network, ReLU
from axiomcheck.strategies import relu_networks
from axiomcheck.strategies.codec import MAX_AFFINE, MAX_OUTPUTS, MAX_WIDTH
from axiomcheck.strategies.tables import BIAS_VALUES, WEIGHT_VALUES

from .timing import Row, side_by_side

EXAMPLES, ROUNDS = 200, 5


@st.composite
def naive_networks(draw: DrawFn) -> Network:
    depth = draw(st.integers(1, MAX_AFFINE))
    widths = [draw(st.integers(1, MAX_WIDTH)) for _ in range(depth)] + [draw(st.integers(1, MAX_OUTPUTS))]
    layers: list[Linear | ReLU] = []
    for size, units in pairwise(widths):
        weight = tuple(tuple(draw(st.sampled_from(WEIGHT_VALUES)) for _ in range(size)) for _ in range(units))
        layers += [Linear(weight, tuple(draw(st.sampled_from(BIAS_VALUES)) for _ in range(units))), ReLU()]
    return Network(tuple(layers) if draw(st.booleans()) else tuple(layers[:-1]))


def rows() -> list[Row]:
    found = []
    for family in ("biased", "ordinary"):
        ours, sizes = _runner(relu_networks(family=family))
        alternative, other_sizes = _runner(naive_networks())
        times = side_by_side(ours, alternative, rounds=ROUNDS, items=EXAMPLES)
        remark = f"{mean(sizes):.0f} parameters on average / {mean(other_sizes):.0f}, perceptrons alone"
        found.append(Row(f"draw a network of {family}: one block / a draw per weight", *times, remark))
    return found


def _runner(networks: SearchStrategy[Network]) -> tuple[Callable[[], None], list[int]]:
    sizes: list[int] = []

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(networks)
    def run(network: Network) -> None:
        sizes.append(len(network.numbers))

    return run, sizes
