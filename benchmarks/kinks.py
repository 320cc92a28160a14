"""Exact kinks of a path: integers over a common denominator, against the same in plain fractions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

from axiomcheck.networks import Case, Family, Kink, Layer, Linear, Network, Path
from axiomcheck.strategies.cases import one_path
from axiomcheck.strategies.codec import SIZE

from .timing import Row, side_by_side

PATHS, ROUNDS = 100, 5
Vector = list[Fraction]
Point = tuple[Fraction, Vector]


def plain_kinks(network: Network, path: Path) -> tuple[Kink, ...]:
    found: set[Kink] = set()
    for index in range(path.segments):
        points = [(t, list(path.point(t))) for t in (Fraction(index), Fraction(index + 1))]
        for position, layer in enumerate(network.layers):
            if not isinstance(layer, Linear):
                points = _refined(points)
                found.update(_kinks(network.layers[:position], points, path))
            points = [(t, _through(layer, values)) for t, values in points]
    return tuple(sorted(found))


def _refined(points: list[Point]) -> list[Point]:
    result = [points[0]]
    for (t, left), (until, right) in pairwise(points):
        shares = {a / (a - b) for a, b in zip(left, right, strict=True) if a * b < 0}
        for share in sorted(shares):
            values = [a + share * (b - a) for a, b in zip(left, right, strict=True)]
            result.append((t + share * (until - t), values))
        result.append((until, right))
    return result


def _kinks(below: Sequence[Layer], points: list[Point], path: Path) -> Iterator[Kink]:
    last = len(points) - 1
    for unit in range(len(points[0][1])):
        zero = [values[unit] == 0 for _, values in points]
        for i in (i for i in range(last + 1) if zero[i]):
            t = points[i][0]
            if not (zero[max(i - 1, 0)] and zero[min(i + 1, last)]):
                yield Kink(t, t, len(below), unit)
            if i < last and zero[i + 1]:
                until = points[i + 1][0]
                if any(_gradient(below, list(path.point((t + until) / 2)), unit)):
                    yield Kink(t, until, len(below), unit)


def _gradient(layers: Sequence[Layer], x: Vector, unit: int) -> Vector:
    rows = [[Fraction(i == j) for j in range(len(x))] for i in range(len(x))]
    for layer in layers:
        if isinstance(layer, Linear):
            zeros = [Fraction(0)] * layer.out_features
            rows = [_through(Linear(layer.weight, tuple(map(float, zeros))), row) for row in rows]
        else:
            rows = [[g if v > 0 else Fraction(0) for g, v in zip(row, x, strict=True)] for row in rows]
        x = _through(layer, x)
    return [row[unit] for row in rows]


def _through(layer: Layer, values: Vector) -> Vector:
    if not isinstance(layer, Linear):
        return [max(value, Fraction(0)) for value in values]
    return [
        sum((Fraction(w) * v for w, v in zip(row, values, strict=True)), Fraction(bias))
        for row, bias in zip(layer.weight, layer.bias, strict=True)
    ]


def rows() -> list[Row]:
    random = Random(0)
    cases: list[tuple[Network, Path]] = []
    while len(cases) < PATHS:
        case: Case = one_path(random.randbytes(SIZE), Family())
        assert case.path is not None
        if case.kinks:
            cases.append((case.network, case.path))
    assert all(network.kinks(path) == plain_kinks(network, path) for network, path in cases)
    times = side_by_side(
        lambda: [network.kinks(path) for network, path in cases],
        lambda: [plain_kinks(network, path) for network, path in cases],
        rounds=ROUNDS,
        items=PATHS,
    )
    return [Row("exact kinks of a path: integers / fractions", *times, "equal kinks")]
