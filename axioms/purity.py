"""Purity: the model, the inputs and what is global are left as they were."""

from collections.abc import Iterator

import numpy as np

from ..networks import Case
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom
from .observation import Trouble

AFTER: dict[Trouble, str] = {
    "": "",
    "target": "after an exception, for a target that the model does not have: ",
    "forward": "after an exception in the model: ",
    "second forward": "after an exception in the model's second call: ",
    "backward": "after an exception on the way back: ",
}
TOLD = 3
"""How many changes are told."""


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum removes its hooks after use)",
    draws=one_network,
    says="{changes}",
    code="""
import contextlib
import copy
import random

import numpy as np


def plain(value):
    if isinstance(value, torch.Tensor):
        gradient = plain(value.grad) if value.is_leaf else None
        return value.tolist(), str(value.dtype), value.requires_grad, gradient, len(value._backward_hooks or ())
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return id(value) if isinstance(value, torch.nn.Module) else repr(value)


def state(model, *tensors):
    modules = {
        name: {"": type(module), **{key: plain(value) for key, value in vars(module).items()}}
        for name, module in model.named_modules()
    }
    for attributes in modules.values():
        attributes.pop("_is_full_backward_hook"), attributes.pop("forward", None)
    generators = torch.get_rng_state().tolist(), random.getstate(), repr(np.random.get_state())
    modes = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads()
    hooks = [repr(value) for name, value in vars(torch.nn.modules.module).items() if name.startswith("_global_")]
    return str([modules, [plain(tensor) for tensor in tensors], generators, modes, hooks])


def fail(*_):
    raise RuntimeError("provoked")


def changes(trouble, fails=0):
    used, calls, run = copy.deepcopy(model), [], type(model).forward

    def forward(*args, **kwargs):
        outputs = run(used, *args, **kwargs)
        calls.append(outputs)
        if len(calls) == fails:
            fail()
        if trouble == "backward" and outputs.requires_grad:
            outputs.register_hook(fail)
        return outputs

    if trouble in ("forward", "backward"):
        used.forward = forward
    asked = torch.full((len(x),), model(x.clone()).shape[1] if trouble == "target" else target)
    tensors = {"inputs": x.clone(), "target": asked}
    tensors.update({"baseline": baseline.expand_as(x).clone()} if "baseline" in globals() else {})
    before = state(used, *tensors.values())
    with contextlib.suppress(Exception):
        explain(used, tensors["inputs"], asked, **{k: v for k, v in tensors.items() if k == "baseline"})
    return state(used, *tensors.values()) != before


troubles = [("",), ("target",), ("forward", 1), ("forward", 2), ("backward",)]
print("gap:", float(any([changes(*trouble) for trouble in troubles])))
""",
    verb="leaves all as it was",
    group="contract",
)
def purity(explain: Explain, case: Case) -> Iterator[Gap]:
    """Nothing in the model, the tensors handed in and what is global is changed by a call, also by one that raises."""
    inputs = np.array(case.inputs)
    found = {after: explain.observe(case.network, inputs, trouble=trouble).changes for trouble, after in AFTER.items()}
    after = "" if found[""] else max(found, key=lambda after: len(found[after]))
    yield Gap(
        size=float(any(found.values())),
        scale=0.0,
        observed={"changes": after + _told(found[after]), "batch": [list(x) for x in case.inputs]},
    )


def _told(changes: tuple[str, ...]) -> str:
    more = len(changes) - TOLD
    return "; ".join([*changes[:TOLD], *([f"{more} more change{'s' if more > 1 else ''}"] if more > 0 else [])])
