"""Zennit's composites, attributors and rules."""

from .code import code_of
from .method import ZennitMethod, ZennitMethodWithBaseline, ZennitMethodWithSeed, zennit_method

__all__ = ["ZennitMethod", "ZennitMethodWithBaseline", "ZennitMethodWithSeed", "code_of", "zennit_method"]
