"""Isolation: what is global is the same for every call of an explainer, and after it as it was before."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.nn.modules import module

from .deadline import TimedOut
from .pristine import is_pristine, patches, put_back
from .process_state import SETTINGS, put_settings_back, settings

GLOBAL_HOOKS: dict[str, dict[Any, Any]] = {
    name[1:].replace("_", " "): hooks
    for name, hooks in sorted(vars(module).items())
    if name.startswith("_global_") and name.endswith("_hooks") and isinstance(hooks, dict)
}
"""The hooks that torch runs for all modules there are, by kind."""

_NUMPY = np.random.MT19937(0)


@contextmanager
def isolated(seed: int = 0, patched: set[str] | None = None) -> Iterator[None]:
    """Gradients on, all global random generators in the state of ``seed``; what is global is put back afterwards.

    Functions and classes of torch and numpy get back what they were when they were imported; their names are added to
    ``patched``. numpy has another global generator meanwhile: that takes a twentieth of the time of saving the state of
    its own.
    """
    state, python = torch.default_generator.get_state(), random.getstate()
    numpy = np.random.get_bit_generator()  # type: ignore[attr-defined]
    hooks = {kind: dict(known) for kind, known in GLOBAL_HOOKS.items()}
    before = settings()

    def clean_up() -> None:
        put_settings_back(before)
        if (names := put_back()) and patched is not None:
            patched.update(names)
        torch.default_generator.set_state(state)
        random.setstate(python)
        np.random.set_bit_generator(numpy)  # type: ignore[attr-defined]
        for kind, known in hooks.items():
            GLOBAL_HOOKS[kind].clear()
            GLOBAL_HOOKS[kind].update(known)

    np.random.set_bit_generator(_NUMPY)  # type: ignore[attr-defined]
    try:
        with torch.enable_grad():
            # torch.manual_seed would also queue a seed, and a formatted stack, for every CUDA device there may be.
            torch.default_generator.manual_seed(seed)
            if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
                torch.cuda.manual_seed_all(seed)
            np.random.seed(seed)  # noqa: NPY002 - explainers may draw from the global generator
            random.seed(seed)
            yield
    finally:
        try:
            clean_up()
        except TimedOut:  # the alarm rings again, but not so soon
            clean_up()
            raise


def global_state() -> dict[str, object]:
    """Return what is global and should outlast a call as it was, by name."""
    known: Any = np.random.get_state()  # noqa: NPY002
    return {
        "the random state of torch": bytes(torch.default_generator.get_state().numpy()),
        "the random state of numpy": (bytes(known[1]), *known[2:]),
        "the random state of Python": random.getstate(),
        "grad mode": torch.is_grad_enabled(),
        "inference mode": torch.is_inference_mode_enabled(),
        **{setting.name: setting.get() for setting in SETTINGS},
        **{f"a patch of {name}": True for name in ([] if is_pristine() else patches())},
    }
