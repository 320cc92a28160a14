"""SHAP's explainers of a model's inputs, each input measured from its own baseline."""

from .code import code_of
from .method import ShapMethod, ShapMethodWithSeed, shap_method
from .names import definition

__all__ = ["ShapMethod", "ShapMethodWithSeed", "code_of", "definition", "make", "script", "shap_method"]

make, script = shap_method, code_of
