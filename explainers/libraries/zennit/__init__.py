"""Zennit's composites, attributors and rules."""

from .code import code_of
from .method import ZennitMethod, ZennitMethodWithBaseline, ZennitMethodWithSeed, zennit_method
from .names import definition

__all__ = [
    "ZennitMethod",
    "ZennitMethodWithBaseline",
    "ZennitMethodWithSeed",
    "code_of",
    "definition",
    "make",
    "script",
    "zennit_method",
]

make, script = zennit_method, code_of
