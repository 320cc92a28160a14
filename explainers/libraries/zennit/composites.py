"""From a name and its options to a composite: the hooks that Zennit puts on the layers of a model."""

import inspect
from collections.abc import Mapping
from typing import Any

from ..library import imported
from .names import canonizers, hooking, known

FIRST = frozenset({"ZBox", "WSquare", "Flat"})
"""Rules for the layer that reads the input, with z⁺ above (Montavon et al. 2017; Lapuschkin et al. 2019)."""
BOX = {"low": -128.0, "high": 128.0}
"""The box for inputs, where none is asked for: that of LRP-zᴮ."""
MAPS = frozenset({"layer_map", "first_map", "canonizers"})


def hooking_options(name: str) -> frozenset[str]:
    """Return the options of a composite or a rule."""
    kind = known("composite or rule", name, hooking())
    everywhere = {"everywhere"} if kind.__name__ in FIRST else set()
    return frozenset(inspect.signature(kind).parameters) - MAPS | everywhere


def composite(name: str | None, options: Mapping[str, object], canonized: tuple[str, ...]) -> Any:
    """Return a new composite of canonizers, with the hooks of the composite or rule that ``name`` says."""
    composites = imported("zennit.composites")
    simplified = [known("canonizer", one, canonizers())() for one in canonized]
    if name is None:
        return composites.LayerMapComposite([], canonizers=simplified)
    kind = known("composite or rule", name, hooking())
    keywords = {key: value for key, value in BOX.items() if key in inspect.signature(kind).parameters} | dict(options)
    if issubclass(kind, imported("zennit.core").Composite):
        return kind(canonizers=simplified, **keywords)
    below, above = _maps(kind, keywords)
    return composites.SpecialFirstLayerMapComposite(above, below, canonizers=simplified)


def _maps(rule: Any, keywords: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return where a rule is hooked: on the first layer, and on all others, as Zennit's composites write it.

    Rules for layers with weights stand on each of them, ``Pass`` on what it is meant for: elementwise modules; rules
    for ReLU on each ``nn.ReLU``. Below weights are Zennit's own choices for activations, average pools and batch norms.
    """
    core, rules, types = (imported(f"zennit.{module}") for module in ("core", "rules", "types"))
    everywhere = keywords.pop("everywhere", rule.__name__ not in FIRST)
    hook = rule(**keywords)
    stabilizer = keywords.get("stabilizer", 1e-6)
    others = imported("zennit.composites").layer_map_base(stabilizer)
    if not issubclass(rule, core.BasicHook):
        relus = (types.Activation, types.BatchNorm) if rule is rules.Pass else imported("torch.nn").ReLU
        return [], [(relus, hook)]
    if everywhere:
        return [], [*others, (types.Linear, hook)]
    return [(types.Linear, hook)], [*others, (types.Linear, rules.ZPlus(stabilizer=stabilizer))]
