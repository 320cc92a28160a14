"""Quantus' ``explain``, which asks Captum or Zennit, with its own defaults."""

from .method import (
    QuantusMethod,
    QuantusMethodWithBaseline,
    QuantusMethodWithBaselineAndSeed,
    QuantusMethodWithSeed,
    quantus_method,
)

__all__ = [
    "QuantusMethod",
    "QuantusMethodWithBaseline",
    "QuantusMethodWithBaselineAndSeed",
    "QuantusMethodWithSeed",
    "make",
    "quantus_method",
]

make = quantus_method
