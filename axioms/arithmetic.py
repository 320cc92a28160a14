"""Arithmetic: what floats of each kind resolve, and what they lose."""

from typing import Literal

Dtype = Literal["float64", "float32"]
RESOLUTIONS: dict[str, float] = {"float64": 2.0**-40, "float32": 2.0**-20}
"""The smallest step along a path, in segments."""
ROUNDING: dict[str, float] = {"float64": 2.0**-40, "float32": 2.0**-18}
"""The share of all magnitudes added up that may be lost."""
