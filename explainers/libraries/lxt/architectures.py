"""The architectures of transformers that LXT has patches of its own for."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from torch import nn

from ...protocol import Unsupported
from ..library import imported

OURS, COPIES = "transformers.models.", "lxt.efficient.models."
"""Where the classes of transformers are defined, and those that LXT puts in their place before a model is made."""
PATCHED = ("gemma3", "gpt2", "llama", "qwen2", "qwen3")
"""What LXT patches where it is: models that were made before are explained too."""
COPIED = ("bert",)
"""What LXT has a copy of."""

Patches = Mapping[Any, Any]
"""By the class or the module of Python that is patched: what patches it, and returns whether it did."""


def patches_of(model: nn.Module, rule: str) -> Patches | None:
    """Return LXT's patches for the architecture of ``model``; None where it is none of transformers.

    ``Unsupported`` where LXT has none, none of this rule, or only for models of its own classes.
    """
    homes = {type(module).__module__ for module in model.modules()}
    ours, copies = (sorted(_architectures(homes, prefix)) for prefix in (OURS, COPIES))
    if not ours and not copies:
        return None
    for name in ours:
        if name in COPIED:
            raise Unsupported(f"LXT exchanges the classes of {name}: make the model of those in {COPIES}{name}")
        if name not in PATCHED:
            raise Unsupported(f"lxt:efficient has no patches for {name} of transformers, only for {', '.join(PATCHED)}")
    name, *_ = ours or copies
    tables = imported(f"{COPIES}{name}")
    if not hasattr(tables, rule):
        raise Unsupported(f"LXT has no {rule} for {name}")
    patches: Patches = getattr(tables, rule)
    return {each: patch for each, patch in patches.items() if ours or not isinstance(each, ModuleType)}


def _architectures(homes: set[str], prefix: str) -> set[str]:
    """Return the names behind a prefix.

    >>> _architectures({"torch.nn.modules.linear", "transformers.models.gpt2.modeling_gpt2"}, OURS)
    {'gpt2'}
    """
    return {home.removeprefix(prefix).split(".")[0] for home in homes if home.startswith(prefix)}
