"""Property-based verification of the axioms that explanations of neural networks must satisfy.

Names are looked up on first use, so that importing the package, or having it installed beside an unrelated test suite,
loads neither torch nor Hypothesis.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from .api import AxiomViolation, certify, check, find_counterexample
    from .explainers.protocol import Unsupported, explainer
    from .networks import AxiomcheckError, Family, Network
    from .plugin.classes import AxiomTests
    from .plugin.decorator import parametrize_with_axioms
    from .plugin.warning import AxiomcheckWarning
    from .results.certificate import Certificate
    from .results.corpus import load_corpus
    from .results.counterexample import Counterexample

__all__ = [
    "AxiomTests",
    "AxiomViolation",
    "AxiomcheckError",
    "AxiomcheckWarning",
    "Certificate",
    "Counterexample",
    "Family",
    "Network",
    "Unsupported",
    "__version__",
    "certify",
    "check",
    "explainer",
    "find_counterexample",
    "load_corpus",
    "parametrize_with_axioms",
]

_HOMES = {
    "AxiomTests": "plugin.classes",
    "AxiomViolation": "api",
    "AxiomcheckError": "networks",
    "AxiomcheckWarning": "plugin.warning",
    "Certificate": "results.certificate",
    "Counterexample": "results.counterexample",
    "Family": "networks",
    "Network": "networks",
    "Unsupported": "explainers.protocol",
    "certify": "api",
    "check": "api",
    "explainer": "explainers.protocol",
    "find_counterexample": "api",
    "load_corpus": "results.corpus",
    "parametrize_with_axioms": "plugin.decorator",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
