"""What Zennit has, by name: composites, rules, attributors and canonizers."""

import inspect
from functools import cache
from typing import Any

from ....networks import UnknownName
from ...protocol import Conserves
from ..library import imported

LRP = frozenset(
    {"EpsilonGammaBox", "EpsilonPlus", "EpsilonPlusFlat", "EpsilonAlpha2Beta1", "EpsilonAlpha2Beta1Flat"}
    | {"Epsilon", "Gamma", "ZPlus", "AlphaBeta", "ZBox", "WSquare", "Flat", "Norm", "ExcitationBackprop"}
)
"""What shares relevance out, layer by layer (Bach et al. 2015; Montavon et al. 2017; Zhang et al. 2016).

All others let gradients through in some way; their scores sum to nothing in particular.
"""


def conserves(attributor: str, hooks: str | None) -> Conserves | None:
    """Return what the scores of an attributor with the hooks of a composite, or a rule, sum to.

    Relevance begins as one unit at the output, also for each of SmoothGrad's noisy inputs. Integrated gradients are
    f(x) - f(x̃) in sum; with hooks it is relevance that is multiplied by x - x̃, which is neither.

    >>> conserves("Gradient", "EpsilonPlus")
    'unit'
    """
    if attributor == "IntegratedGradients" and hooks is None:
        return "change"
    return "unit" if hooks in LRP and attributor in ("Gradient", "SmoothGrad") else None


@cache
def attributors() -> dict[str, Any]:
    """Return the attributors."""
    module = imported("zennit.attribution")
    return _concrete(module, module.Attributor)


@cache
def hooking() -> dict[str, Any]:
    """Return what hooks are made from: registered composites, by their class and by their registered name; rules."""
    registered = imported("zennit.composites").COMPOSITES
    rules = _concrete(imported("zennit.rules"), imported("zennit.core").Hook)
    return {kind.__name__: kind for kind in registered.values()} | rules | dict(registered)


def definition(name: str) -> Any:
    """Return the class of a composite, a rule or an attributor."""
    return {**hooking(), **attributors()}[name]


@cache
def canonizers() -> dict[str, Any]:
    """Return the canonizers that need no argument, those for the models of torchvision too."""
    base = imported("zennit.canonizers").Canonizer
    classes = _concrete(imported("zennit.canonizers"), base) | _concrete(imported("zennit.torchvision"), base)
    return {name: kind for name, kind in classes.items() if not _required(kind)}


def known(what: str, name: object, names: dict[str, Any]) -> Any:
    """Return what has the name; ``UnknownName`` suggests another."""
    if name not in names:
        raise UnknownName(f"{what} of zennit", str(name), names)
    return names[str(name)]


def _concrete(module: Any, base: type) -> dict[str, Any]:
    """Return the classes of a module that are derived from ``base``, are its own, and can be made."""
    return {
        name: kind
        for name, kind in vars(module).items()
        if inspect.isclass(kind)
        and issubclass(kind, base)
        and kind.__module__ == module.__name__
        and not inspect.isabstract(kind)
    }


def _required(kind: Any) -> bool:
    return any(one.default is one.empty for one in inspect.signature(kind).parameters.values())
