"""Measurements, each with the obvious alternative beside it, in the same run."""
