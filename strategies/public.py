"""Hypothesis strategies for tests of one's own: networks, inputs, paths, twins."""

from collections.abc import Iterable
from operator import ne
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..networks import REWRITES, AxiomcheckError, Family, Network, Path, Twin, UnknownName, Vector
from .codec import MAX_POINTS, MAX_WIDTH, SIZE, draw_network, draw_points
from .rewriting import draw_twin

TRIALS = 64


def relu_networks(*, family: str | Family = "biased") -> SearchStrategy[Network]:
    """Draw multi-layer perceptrons of ``family``, with up to 4 variables, 4 affine layers and 3 outputs.

    >>> from hypothesis import given
    >>> @given(relu_networks(family="bias-free"))
    ... def passes_through_the_origin(network):
    ...     assert not any(network.exact((0.0,) * network.in_features))
    >>> passes_through_the_origin()
    """
    chosen = _family(family)
    return _blocks().map(lambda block: draw_network(block, chosen))


def inputs(*, variables: int, family: str | Family = "biased") -> SearchStrategy[Vector]:
    """Draw inputs (variables,) of ``family``, as tuples of floats."""
    chosen = _sized(variables, family)
    return _blocks().map(lambda block: draw_points(block, chosen, variables, 1)[0])


def input_paths(*, variables: int, segments: int = 1, family: str | Family = "biased") -> SearchStrategy[Path]:
    """Draw paths of 1 to 3 ``segments`` through the inputs of ``family``; no two vertices in a row are equal."""
    chosen = _sized(variables, family)
    if not 1 <= segments < MAX_POINTS:
        raise AxiomcheckError(f"Expected 1 to {MAX_POINTS - 1} segments but got segments={segments!r}")
    vertices = _blocks().map(lambda block: draw_points(block, chosen, variables, segments + 1))
    return vertices.filter(lambda points: all(map(ne, points, points[1:]))).map(Path)


def twins(
    networks: SearchStrategy[Network] | None = None,
    *,
    rewrites: Iterable[str] | None = None,
    family: str | Family = "biased",
) -> SearchStrategy[Twin]:
    """Draw networks with a re-implementation by one or two ``rewrites`` (names; default: all), both in ``family``."""
    chosen = _family(family)
    kinds = tuple(REWRITES if rewrites is None else rewrites)
    for kind in kinds:
        if kind not in REWRITES:
            raise UnknownName("rewrite", kind, REWRITES)
    if networks is None:
        networks = relu_networks(family=chosen)
        _require_possible(kinds, chosen)
    drawn = st.builds(lambda network, block: draw_twin(block, network, chosen, kinds), networks, _blocks())
    return drawn.filter(lambda twin: bool(twin.rewrites))


def _blocks() -> SearchStrategy[bytes]:
    return st.binary(min_size=SIZE, max_size=SIZE)


def _family(family: str | Family) -> Family:
    return family if isinstance(family, Family) else Family.parse(family)


def _sized(variables: int, family: str | Family) -> Family:
    if not 1 <= variables <= MAX_WIDTH:
        raise AxiomcheckError(f"Expected 1 to {MAX_WIDTH} variables but got variables={variables!r}")
    return _family(family)


def _require_possible(kinds: tuple[str, ...], family: Family) -> None:
    """Raise if none of the rewrites ever applies, where an empty strategy would stay silent."""
    random = Random(0)  # noqa: S311 - no secret
    blocks = (random.randbytes(SIZE) for _ in range(TRIALS))
    if not any(draw_twin(block, draw_network(block, family), family, kinds).rewrites for block in blocks):
        raise AxiomcheckError(f"no network of the family {family} admits the rewrites {', '.join(kinds) or '(none)'}")
