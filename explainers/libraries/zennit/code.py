"""A composite, a rule or an attributor of Zennit as Python that needs torch and Zennit alone."""

import inspect
from collections.abc import Mapping
from typing import Any

from ...loading.script import arguments, function
from ..library import imported
from .composites import BOX, FIRST
from .names import hooking
from .rules import Named, attributor_options

UNIT = "lambda outputs: torch.zeros_like(outputs).scatter(1, target[:, None], 1.0)"


def code_of(method: Named) -> str:
    """Return imports and a function ``explain``; nothing for occlusion, which needs more than a line."""
    options: dict[str, Any] = dict(method.options)
    names = options.pop("canonizers", ())
    canonizers = (names,) if isinstance(names, str) else names
    own = {key: options.pop(key) for key in attributor_options(method.attributor) & options.keys()}
    options = {key: value for key, value in options.items() if key not in ("attributor", "composite")}
    if method.attributor == "Occlusion":
        return ""
    imports = [f"from zennit.attribution import {method.attributor}"]
    imports += [f"from {_home(name)} import {name}" for name in canonizers]
    simplified = f"canonizers=[{', '.join(f'{name}()' for name in canonizers)}]" if canonizers else ""
    hooks, needed = _hooks(method.hooks, options, simplified)
    keywords = [f"composite={hooks}", arguments(own)]
    measured = method.attributor == "IntegratedGradients"
    keywords += ["baseline_fn=lambda _: baseline"] if measured else []
    seeds = ["torch.manual_seed(0)"] if method.attributor == "SmoothGrad" else []
    body = [f"with {method.attributor}(model, {', '.join(filter(None, keywords))}) as attributor:"]
    body += [f"    return attributor(inputs, {UNIT})[1]"]
    return function([*imports, *needed], [*seeds, *body], baseline=measured)


def _home(canonizer: str) -> str:
    return "zennit.canonizers" if hasattr(imported("zennit.canonizers"), canonizer) else "zennit.torchvision"


def _hooks(name: str | None, options: Mapping[str, Any], simplified: str) -> tuple[str, list[str]]:
    """Return the expression that makes the composite, and the imports that it needs."""
    if name is None:
        expression = f"LayerMapComposite([], {simplified})" if simplified else "None"
        return expression, ["from zennit.composites import LayerMapComposite"] if simplified else []
    kind = hooking()[name]
    keywords = {key: value for key, value in BOX.items() if key in inspect.signature(kind).parameters} | dict(options)
    if issubclass(kind, imported("zennit.core").Composite):
        inner = ", ".join(filter(None, (arguments(keywords), simplified)))
        return f"{kind.__name__}({inner})", [f"from zennit.composites import {kind.__name__}"]
    return _of_rule(kind, keywords, simplified)


def _of_rule(rule: Any, keywords: dict[str, Any], simplified: str) -> tuple[str, list[str]]:
    everywhere = keywords.pop("everywhere", rule.__name__ not in FIRST)
    inner = f"{rule.__name__}({arguments(keywords)})"
    stabilizer = keywords.get("stabilizer", 1e-6)
    needed = [f"from zennit.composites import SpecialFirstLayerMapComposite\nfrom zennit.rules import {rule.__name__}"]
    if not issubclass(rule, imported("zennit.core").BasicHook):
        linear = rule.__name__ == "Pass"
        kinds = "(Activation, BatchNorm)" if linear else "torch.nn.ReLU"
        needed += ["from zennit.types import Activation, BatchNorm"] if linear else []
        return _composite(f"[({kinds}, {inner})]", "[]", simplified), needed
    needed += ["from zennit.composites import layer_map_base", "from zennit.types import Linear"]
    base = f"*layer_map_base({stabilizer!r})"
    if everywhere:
        return _composite(f"[{base}, (Linear, {inner})]", "[]", simplified), needed
    needed += ["from zennit.rules import ZPlus"]
    above = f"[{base}, (Linear, ZPlus(stabilizer={stabilizer!r}))]"
    return _composite(above, f"[(Linear, {inner})]", simplified), needed


def _composite(above: str, below: str, simplified: str) -> str:
    return f"SpecialFirstLayerMapComposite({above}, {below}{simplified and ', ' + simplified})"
