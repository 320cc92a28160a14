"""Smooth functions of one number: what they are, how steep, how curved, and how far floats are off."""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, pi, sqrt

import numpy as np

from .arithmetic import Array

Map = Callable[[Array], Array]
CUBIC = 0.044715
"""The coefficient of the cubic term in the approximation of GELU (Hendrycks & Gimpel 2016)."""


@dataclass(frozen=True)
class Function:
    """A smooth function g of numbers, with its derivative ``slope``, both in float64.

    |g'| is at most ``steepest``, |g''| at most ``curvature``, and g(0) is ``at_zero``. Floats are off by at most 2⁻⁴⁸
    of g(z), or of z where g ``cancels``, a sum that is smaller than its terms.
    """

    name: str
    value: Map
    slope: Map
    steepest: float
    curvature: float
    at_zero: float = 0.0
    never_falls: bool = True
    cancels: bool = False


def _sigmoid(z: Array) -> Array:
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z < 0, small, 1.0) / (1 + small))


def _sigmoid_slope(z: Array) -> Array:
    return _sigmoid(z) * _sigmoid(-z)


def _tanh_slope(z: Array) -> Array:
    return 4 * _sigmoid_slope(2 * z)


def _softplus(z: Array) -> Array:
    return np.asarray(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))


def _silu(z: Array) -> Array:
    return np.asarray(z * _sigmoid(z))


def _silu_slope(z: Array) -> Array:
    return np.asarray(_sigmoid(z) + z * _sigmoid_slope(z))


_erf = np.frompyfunc(erf, 1, 1)


def _normal(z: Array) -> Array:
    """Return the distribution function of the standard normal distribution."""
    return np.asarray((1 + np.asarray(_erf(z * sqrt(0.5)), dtype=np.float64)) / 2)


def _gelu(z: Array) -> Array:
    return np.asarray(z * _normal(z))


def _gelu_slope(z: Array) -> Array:
    return np.asarray(_normal(z) + z * np.exp(-z * z / 2) / sqrt(2 * pi))


def _bent(z: Array) -> Array:
    return np.asarray(sqrt(2 / pi) * (z + CUBIC * z**3))


def _gelu_tanh(z: Array) -> Array:
    return np.asarray(z * (1 + np.tanh(_bent(z))) / 2)


def _gelu_tanh_slope(z: Array) -> Array:
    inner, bent = sqrt(2 / pi) * (1 + 3 * CUBIC * z**2), _bent(z)
    return np.asarray((1 + np.tanh(bent)) / 2 + z * _tanh_slope(bent) * inner / 2)


SIGMOID = Function("sigmoid", _sigmoid, _sigmoid_slope, 0.25, 0.0963, at_zero=0.5)
TANH = Function("tanh", np.tanh, _tanh_slope, 1.0, 0.7699)
SOFTPLUS = Function("softplus", _softplus, _sigmoid, 1.0, 0.25, at_zero=float(np.log(2)))
SILU = Function("silu", _silu, _silu_slope, 1.1, 0.5, never_falls=False)
GELU = Function("gelu", _gelu, _gelu_slope, 1.13, 0.8, never_falls=False, cancels=True)
GELU_TANH = Function("gelu_tanh", _gelu_tanh, _gelu_tanh_slope, 1.13, 0.8, never_falls=False, cancels=True)
FUNCTIONS = (SIGMOID, TANH, SOFTPLUS, SILU, GELU, GELU_TANH)
"""All.

That floats are off by no more than is said, with u = 2⁻⁵³, and 8u for exp, tanh, log1p and erf, the most that numpy
admits and no C library exceeds: e = exp(-|z|) is off by 8u of itself, 1 + e by 5u, and the quotient by 14u at most.
log1p(e) is off by 16u, the softplus by 17u: both its terms are positive. SiLU adds u to the sigmoid. In GELU z/√2 is
off by 2u, which changes erf by less than u, as t erf'(t) < 1/2; erf adds 8u, the sum 2u, and so half of z times it is
off by 7.5u |z| with the roundings of the products. In the other one the cubic is off by 7u, tanh thus by 3.2u, as
t tanh'(t) < 0.45, and then as before: 8.6u |z|. All are below 32u = 2⁻⁴⁸.
"""
