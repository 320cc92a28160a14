"""An attributor of Zennit, alone or with the hooks of a composite or a rule, as an explainer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from ....networks import AxiomcheckError, UnknownName
from ...validation import validated_library
from ..library import imported
from .composites import composite, hooking_options
from .names import attributors, hooking, known
from .rules import Named, attributor_options
from .single_inputs import require_single_inputs


@dataclass(frozen=True)
class ZennitMethod(Named):
    """A composite, a rule or an attributor of Zennit, with options for all that is made of it."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance of one unit at the output ``target``; shapes as in ``Explainer``."""
        return _attribute(self, model, inputs, target)


@dataclass(frozen=True)
class ZennitMethodWithBaseline(Named):
    """An attributor of Zennit that measures from a baseline, with options as ``ZennitMethod``."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the attribution; shapes as in ``Explainer``."""
        return _attribute(self, model, inputs, target, baseline)


@dataclass(frozen=True)
class ZennitMethodWithSeed(Named):
    """An attributor of Zennit that samples, with options as ``ZennitMethod``."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, seed: int) -> Tensor:
        """Return the attribution; shapes as in ``Explainer``. Zennit draws from torch's global generator alone."""
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            return _attribute(self, model, inputs, target)


KINDS: dict[str, Callable[..., ZennitMethod | ZennitMethodWithBaseline | ZennitMethodWithSeed]] = {
    "SmoothGrad": ZennitMethodWithSeed,
    "IntegratedGradients": ZennitMethodWithBaseline,
    "Occlusion": ZennitMethodWithBaseline,
}


def zennit_method(
    name: str, options: Mapping[str, object] | None = None
) -> ZennitMethod | ZennitMethodWithBaseline | ZennitMethodWithSeed:
    """Return Zennit's composite, rule or attributor ``name`` as an explainer; its options are those of Zennit itself.

    A composite or a rule takes ``attributor``, by name, an attributor ``composite``, which may be a rule; both take the
    options of the other, and ``canonizers``, one name or several. Rules for the first layer have z⁺ above them, or are
    ``everywhere``.
    """
    known("method", name, {**attributors(), **hooking()})
    keywords = {key: tuple(value) if isinstance(value, list) else value for key, value in (options or {}).items()}
    method = Named(name, tuple(sorted(keywords.items())))
    known("attributor", method.attributor, attributors())
    allowed = attributor_options(method.attributor) | (hooking_options(method.hooks) if method.hooks else frozenset())
    allowed |= {"canonizers", "composite" if name in attributors() else "attributor"}
    for option in keywords:
        if option not in allowed:
            raise UnknownName(f"option of zennit:{name}", option, sorted(allowed))
    _made(method, nn.Identity(), None)
    return KINDS.get(method.attributor, ZennitMethod)(method.name, method.options)


def _made(of: Named, model: nn.Module, baseline: Tensor | None) -> Any:
    """Return the attributor of a model; one sentence if its options are none that Zennit takes."""
    options: dict[str, Any] = dict(of.options)
    keywords: dict[str, Any] = {}
    canonized = options.pop("canonizers", ())
    names = (canonized,) if isinstance(canonized, str) else canonized
    own = {key: options.pop(key) for key in attributor_options(of.attributor) & options.keys()}
    options = {key: value for key, value in options.items() if key not in ("attributor", "composite")}
    if of.attributor == "Occlusion":
        keywords["occlusion_fn"] = _fill(baseline, invert=own.pop("invert", False))
    if of.attributor == "IntegratedGradients":
        keywords["baseline_fn"] = lambda _: baseline
    try:
        hooks = composite(of.hooks, options, names) if of.hooks or names else None
        return attributors()[of.attributor](model, composite=hooks, **own, **keywords)
    except (TypeError, ValueError) as error:
        raise AxiomcheckError(f"zennit:{of.name} refuses its options: {error}") from error


def _fill(baseline: Tensor | None, *, invert: object) -> Any:
    """Return Zennit's own occlusion, by the baseline where Zennit would put zeros."""
    occlude = imported("zennit.attribution").occlude_independent
    return partial(occlude, fill_fn=lambda _: baseline, invert=invert)


def _attribute(of: Named, model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor | None = None) -> Tensor:
    def at_target(outputs: Tensor) -> Tensor:
        unit = torch.zeros_like(outputs).scatter(1, target[:, None], 1.0)
        return unit * outputs if of.attributor == "Occlusion" else unit

    if of.hooks or "canonizers" in dict(of.options):
        require_single_inputs(model)
    with _made(of, model, baseline) as attributor:
        _, relevance = attributor(inputs, at_target)
    result: Tensor = relevance
    return result
