"""Hypothesis strategies for tests of one's own: networks, inputs, baselines, paths, twins."""

from collections.abc import Callable, Iterable
from operator import ne
from random import Random
from typing import Literal, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..networks import REWRITES, AxiomcheckError, Family, Network, Path, Twin, UnknownName, Vector
from . import wide
from .boundary_points import moving, on_kink, through
from .codec import MAX_POINTS, block_size, draw_baseline, draw_network, draw_points
from .rewrites import draw_twin

Position = Literal["any", "generic", "kink"]
Course = Literal["polyline", "from-baseline", "through-kink", "moving-pattern"]
TRIALS = 64
ANY = Family(items=frozenset({"mlp", "conv"}))
"""A family whose blocks hold points of every size."""


def relu_networks(*, family: str | Family = "biased") -> SearchStrategy[Network]:
    """Draw networks of ``family``: perceptrons of up to 4 variables, others of up to 16.

    >>> from hypothesis import given
    >>> @given(relu_networks(family="bias-free"))
    ... def passes_through_the_origin(network):
    ...     assert not any(network.exact((0.0,) * network.in_features))
    >>> passes_through_the_origin()
    """
    chosen = _family(family)
    return _blocks(chosen).map(lambda block: draw_network(block, chosen))


def inputs(
    network: Network | None = None,
    *,
    variables: int | None = None,
    family: str | Family = "biased",
    position: Position = "any",
    margin: float = 0.0,
) -> SearchStrategy[Vector]:
    """Draw inputs (d,) of ``network``, or of so many ``variables``, as tuples of floats.

    ``position="generic"`` keeps them off every kink of the network, by more than ``margin`` in the largest coordinate;
    ``"kink"`` puts them exactly on one. Batches are lists of them: ``st.lists(inputs(network))``.
    """
    size, chosen = _size(network, variables), _family(family)
    _require_known("position", position, get_args(Position))
    points = _blocks(ANY).map(lambda block: draw_points(block, chosen, size, 1)[0])
    if position == "any":
        return points
    if network is None:
        raise AxiomcheckError(f"Expected a network to be in position={position!r} to")
    if position == "generic":
        return points.filter(lambda x: _clears(network, x, margin))
    nonnegative = chosen.inputs == "nonnegative"
    on_kinks = st.builds(
        lambda x, choice: on_kink(network, x, choice, nonnegative=nonnegative), points, st.integers(0, 63)
    )
    _require_some(_aims(network, chosen), "this network has no kink that a moved coordinate meets")
    return on_kinks.filter(lambda x: x is not None).map(lambda x: x or ())


def baselines(
    network: Network | None = None, *, variables: int | None = None, family: str | Family = "biased"
) -> SearchStrategy[Vector]:
    """Draw baselines (d,), zero in two of five: zero hides defects."""
    size, chosen = _size(network, variables), _family(family)
    return _blocks(ANY).map(lambda block: draw_baseline(block, chosen, size))


def input_paths(
    network: Network | None = None,
    *,
    variables: int | None = None,
    segments: int = 1,
    family: str | Family = "biased",
    course: Course = "polyline",
) -> SearchStrategy[Path]:
    """Draw paths through the inputs of ``family``; no two vertices in a row are equal.

    ``course``: a "polyline" of 1 to 3 ``segments``, one segment "from-baseline", one "through-kink" of a drawn unit of
    ``network``, or a "moving-pattern" on the network's images.
    """
    size, chosen = _size(network, variables), _family(family)
    _require_known("course", course, get_args(Course))
    if not 1 <= segments < MAX_POINTS:
        raise AxiomcheckError(f"Expected 1 to {MAX_POINTS - 1} segments but got segments={segments!r}")
    if course == "polyline":
        drawn = _blocks(ANY).map(lambda block: draw_points(block, chosen, size, segments + 1))
        return drawn.filter(lambda points: all(map(ne, points, points[1:]))).map(Path)
    if course == "from-baseline":
        ends = st.tuples(baselines(variables=size, family=chosen), inputs(variables=size, family=chosen))
        return ends.filter(lambda pair: pair[0] != pair[1]).map(Path)
    if network is None or (course == "moving-pattern" and (len(network.shape) < 2 or network.shape[-1] < 2)):
        wanted = " of images or signals of two columns or more" if course == "moving-pattern" else ""
        raise AxiomcheckError(f"Expected a network{wanted} for course={course!r}")
    if course == "moving-pattern":
        patterns = inputs(network, family=chosen).map(lambda x: moving(x, network.shape))
        return patterns.filter(lambda path: path is not None).map(lambda path: path or Path(()))
    _require_some(_passes(network, chosen), f"this network has no kink that a path of the family {chosen} goes through")
    points = inputs(network, family=chosen, position="kink")
    paths = st.builds(through, points, inputs(network, family=chosen))
    return paths.filter(lambda path: all(map(chosen.admits_point, path.vertices)))


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
        _require_known("rewrite", kind, REWRITES)
    if networks is None:
        networks = relu_networks(family=chosen)
        names = ", ".join(kinds) or "(none)"
        _require_some(_possible(kinds, chosen), f"no network of the family {chosen} admits the rewrites {names}")
    drawn = st.builds(lambda network, block: draw_twin(block, network, chosen, kinds), networks, _blocks(chosen))
    return drawn.filter(lambda twin: bool(twin.rewrites))


def _clears(network: Network, x: Vector, margin: float) -> bool:
    distance = network.margin(x)
    return not network.on_kink(x) and (distance is None or distance > margin)


def _blocks(family: Family) -> SearchStrategy[bytes]:
    return st.binary(min_size=block_size(family), max_size=block_size(family))


def _family(family: str | Family) -> Family:
    return family if isinstance(family, Family) else Family.parse(family)


def _size(network: Network | None, variables: int | None) -> int:
    if network is not None and variables is None:
        return network.in_features
    if network is not None or variables is None or not 1 <= variables <= wide.MAX_VARIABLES:
        raise AxiomcheckError(
            f"Expected a network or 1 to {wide.MAX_VARIABLES} variables but got variables={variables!r}"
            + ("" if network is None else " and a network")
        )
    return variables


def _require_known(what: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise UnknownName(what, name, known)


def _require_some(succeeds: Callable[[bytes], bool], why: str) -> None:
    """Raise if none of many random blocks gives anything, where an empty strategy would stay silent."""
    random = Random(0)  # noqa: S311 - no secret
    if not any(succeeds(random.randbytes(block_size(ANY))) for _ in range(TRIALS)):
        raise AxiomcheckError(why)


def _possible(kinds: tuple[str, ...], family: Family) -> Callable[[bytes], bool]:
    return lambda block: bool(draw_twin(block, draw_network(block, family), family, kinds).rewrites)


def _aims(network: Network, family: Family) -> Callable[[bytes], bool]:
    """Return whether a block's point can be moved onto a kink of ``network``."""
    nonnegative = family.inputs == "nonnegative"
    return lambda block: (
        on_kink(network, draw_points(block, family, network.in_features, 1)[0], 0, nonnegative=nonnegative) is not None
    )


def _passes(network: Network, family: Family) -> Callable[[bytes], bool]:
    """Return whether a path through a kink, from a block's points, stays among the inputs of ``family``."""

    def passes(block: bytes) -> bool:
        first, second = draw_points(block, family, network.in_features, 2)
        point = on_kink(network, first, 0, nonnegative=family.inputs == "nonnegative")
        return point is not None and all(map(family.admits_point, through(point, second).vertices))

    return passes
