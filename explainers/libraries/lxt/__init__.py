"""LXT's two ways of LRP through transformers, for plain torch modules."""

from .code import code_of
from .method import LxtMethod, definition, lxt_method

__all__ = ["LxtMethod", "code_of", "definition", "lxt_method", "make", "script"]

make, script = lxt_method, code_of
