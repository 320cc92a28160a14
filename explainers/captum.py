"""Captum's attribution methods."""

import inspect
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from torch import Tensor, nn

from ..networks import UnknownName
from .protocol import Unsupported

REFUSALS = ("has no rule defined", "more than once in the network")
"""What Captum says of models that it does not explain."""


@dataclass(frozen=True)
class CaptumMethod:
    """A method of ``captum.attr`` that measures from no baseline, with options for its constructor or ``attribute``."""

    name: str
    options: tuple[tuple[str, object], ...] = ()

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the attribution; shapes as in ``Explainer``."""
        return _attribute(self, model, inputs, target)


@dataclass(frozen=True)
class CaptumMethodWithBaseline:
    """A method of ``captum.attr`` that measures from a baseline, with options as ``CaptumMethod``."""

    name: str
    options: tuple[tuple[str, object], ...] = ()

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the attribution; shapes as in ``Explainer``."""
        return _attribute(self, model, inputs, target, baselines=baseline)


def captum_method(name: str, options: Mapping[str, object] | None = None) -> CaptumMethod | CaptumMethodWithBaseline:
    """Return Captum's method ``name`` as an explainer; its options are those of Captum itself.

    >>> captum_method("InputXGradient")
    CaptumMethod(name='InputXGradient', options=())
    """
    method = _method(name)
    known = _parameters(method.__init__) | _parameters(method.attribute)
    for option in options or {}:
        if option not in known:
            raise UnknownName(f"option of captum:{name}", option, sorted(known))
    has_baseline = "baselines" in inspect.signature(method.attribute).parameters
    given = tuple(sorted((options or {}).items()))
    return CaptumMethodWithBaseline(name, given) if has_baseline else CaptumMethod(name, given)


def _attribute(
    of: CaptumMethod | CaptumMethodWithBaseline, model: nn.Module, inputs: Tensor, target: Tensor, **given: Any
) -> Tensor:
    method = _method(of.name)
    options = dict(of.options)
    setup = {name: options.pop(name) for name in _parameters(method.__init__) & options.keys()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result: Tensor = method(model, **setup).attribute(inputs, target=target, **given, **options)
        except (TypeError, RuntimeError) as error:
            if not any(said in str(error) for said in REFUSALS):
                raise
            raise Unsupported(f"captum:{of.name} refuses: {str(error).split('. ')[0].strip()}") from error
    return result


@cache
def _parameters(function: Any) -> frozenset[str]:
    reserved = {"self", "model", "forward_func", "inputs", "target", "baselines", "args", "kwargs"}
    return frozenset(inspect.signature(function).parameters) - reserved


@cache
def _method(name: str) -> Any:
    try:
        from captum import attr
    except ImportError as error:
        raise Unsupported("captum is missing: install axiomcheck[captum]") from error
    methods = _input_methods(attr)
    if name not in methods:
        raise UnknownName("method of captum", name, sorted(methods))
    return methods[name]


def _input_methods(attr: Any) -> dict[str, Any]:
    """Return the classes of Captum that explain a model's inputs by themselves."""
    classes = {name: getattr(attr, name) for name in attr.__all__ if inspect.isclass(getattr(attr, name))}
    return {
        name: kind
        for name, kind in classes.items()
        if issubclass(kind, attr.Attribution)
        and name not in ("Attribution", "GradientAttribution", "PerturbationAttribution", "GuidedGradCam")
        and not issubclass(kind, (attr.LayerAttribution, attr.NeuronAttribution, attr.NoiseTunnel))
        and "inputs" in inspect.signature(kind.attribute).parameters
    }
