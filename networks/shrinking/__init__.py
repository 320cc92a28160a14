"""Simpler cases: the neighbours of one, and the smallest of a family."""

from .candidates import simpler_cases
from .ladder import renumber, smallest_cases

__all__ = ["renumber", "simpler_cases", "smallest_cases"]
