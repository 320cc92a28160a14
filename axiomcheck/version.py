"""The version of axiomcheck."""

__version__ = "0.1.0"
