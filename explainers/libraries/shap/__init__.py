"""SHAP's explainers of a model's inputs, each input measured from its own baseline."""

from .code import code_of
from .method import ShapMethod, ShapMethodWithSeed, shap_method

__all__ = ["ShapMethod", "ShapMethodWithSeed", "code_of", "shap_method"]
