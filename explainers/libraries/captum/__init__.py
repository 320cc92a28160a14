"""Captum's attribution methods."""

from .code import code_of
from .method import CaptumMethod, captum_method
from .methods import method

__all__ = ["CaptumMethod", "captum_method", "code_of", "definition", "make", "script"]

make, script, definition = captum_method, code_of, method
