"""Captum's attribution methods."""

from .code import code_of
from .method import CaptumMethod, captum_method

__all__ = ["CaptumMethod", "captum_method", "code_of"]
