"""Toy steps, and what every step is computed by with many digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
import pytest

from axiomcheck.networks.layers import Activation
from axiomcheck.networks.layers.item import MLP
from axiomcheck.networks.steps import Affine, Array, Ball, Max, Numbering, Rectify, Rows, Smooth, Softmax, Values


@dataclass(frozen=True, eq=False)
class Each(Smooth):
    """A function of each unit but those ``before`` and ``after``, that may rise and fall."""

    size: int
    layer: int = 0
    before: int = 0
    after: int = 0

    @property
    def width(self) -> tuple[int, int]:
        """As many units as it reads."""
        size = self.before + self.size + self.after
        return size, size

    def embedded(self, before, after):
        """Return it with more units around."""
        return type(self)(self.size, self.layer, self.before + before, self.after + after)

    @property
    def mask(self):
        """Its own units."""
        units = np.arange(self.width[0])
        return (units >= self.before) & (units < self.before + self.size)

    def influence(self, reach: Array) -> Array:
        """Return the same."""
        return reach

    def trends(self, up: Array, down: Array) -> tuple[Array, Array]:
        """Return both for each."""
        both = up + down
        return np.where(self.mask, both, up), np.where(self.mask, both, down)

    def text(self, units: Sequence[str]) -> list[str]:
        """Return its name around its units."""
        name = type(self).__name__.lower()
        return [f"{name}({unit})" if mine else unit for unit, mine in zip(units, self.mask, strict=True)]

    def expressions(self, values: Sequence[int], number: Numbering) -> list[int]:
        """Return its name with the number of its unit."""
        pairs = zip(values, self.mask, strict=True)
        return [number((type(self).__name__, value)) if mine else value for value, mine in pairs]


class SiLU(Each):
    """x / (1 + exp(-x)): no rational function."""

    def forward(self, values: Array) -> Array:
        """Return it in floats."""
        with np.errstate(over="ignore"):
            return np.where(self.mask, values / (1 + np.exp(-values)), values)

    def enclose(self, ball: Ball) -> Ball:
        """Return 1.1 times the radius, its derivative being at most 1.1, and 16u for rounding."""
        values = self.forward(ball.values)
        grown = ball.radius * 1.1001 + np.abs(values) * 2.0**-49 + 2.0**-1000
        return Ball(values, np.where(self.mask, grown, ball.radius))

    def bound(self, values: Array) -> Array:
        """Return 1.1 of the bounds."""
        return np.where(self.mask, 1.1 * values, values)

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return the derivative times the gradient."""
        x = values.floats()[0]
        share = 1 / (1 + np.exp(-x))
        return np.where(self.mask, share * (1 + x * (1 - share)), 1) * gradient.astype(np.float64)


class Square(Each):
    """x²: exact, and not piecewise linear."""

    @property
    def is_exact(self) -> bool:
        """It is."""
        return True

    def forward(self, values: Array) -> Array:
        """Return it in floats."""
        return np.where(self.mask, values**2, values)

    def apply(self, rows: Rows) -> Rows:
        """Return integers over the squared scale."""
        values, scale = rows.values.astype(object), rows.scale.astype(object)
        return Rows(np.where(self.mask, values**2, values * scale[:, None]), scale**2)

    def enclose(self, ball: Ball) -> Ball:
        """Return a ball of radius r (2 |c| + r), slightly enlarged."""
        radius = (ball.radius * (2 * np.abs(ball.values) + ball.radius) + ball.values**2 * 2.0**-51) * 1.0001
        return Ball(self.forward(ball.values), np.where(self.mask, radius, ball.radius))

    def bound(self, values: Array) -> Array:
        """Return the squared bounds."""
        return self.forward(values)

    def jvp(self, values: Values, gradient: Array) -> Array:
        """Return 2 x times the gradient, in floats."""
        return np.where(self.mask, 2 * values.floats()[0], 1) * gradient.astype(np.float64)


def _layer(step):
    @dataclass(frozen=True)
    class Toy(Activation):
        kind = step.__name__.lower()
        family_item = MLP
        is_homogeneous = False

        def steps(self, shape):
            return (step(int(np.prod(shape))),)

        def constructor(self, shape):
            return f"{step.__name__}()"

    return Toy()


def _decimals(step, v):
    """Return what ``step`` makes of decimals, from its definition."""
    if isinstance(step, Affine):
        columns = zip(step.weight.T.tolist(), step.bias.tolist(), strict=True)
        return [
            (sum(Decimal(w) * x for w, x in zip(ws, v, strict=True)) + Decimal(b)) / step.scale for ws, b in columns
        ]
    if isinstance(step, Rectify):
        return [max(x, Decimal(0)) if mine else x for x, mine in zip(v, step.mask, strict=True)]
    if isinstance(step, Max):
        return [max(v[unit] for unit in group) for group in step.groups]
    own = v[step.before : step.before + step.size]
    if isinstance(step, Softmax):
        terms = [(x - max(own)).exp() for x in own]
        new = [term / sum(terms) for term in terms]
    else:
        new = [x / (1 + (-x).exp()) if isinstance(step, SiLU) else x * x for x in own]
    return [*v[: step.before], *new, *v[step.before + step.size :]]


@pytest.fixture(scope="session")
def toys():
    """Return the toy steps, by name."""
    return {"silu": SiLU, "square": Square}


@pytest.fixture(scope="session")
def toy_layers():
    """Return a layer of each toy step, by name."""
    return {"silu": _layer(SiLU), "square": _layer(Square)}


@pytest.fixture(scope="session")
def decimals():
    """Return a function from steps and a point of fractions to what comes out, with many digits."""

    def evaluate(steps, point):
        with localcontext(prec=150, traps=[]):
            values = [Decimal(x.numerator) / Decimal(x.denominator) for x in point]
            for step in steps:
                values = _decimals(step, values)
        return values

    return evaluate
