"""The version of axiomcheck."""

__version__ = "0.2.0"
