"""A way of LXT as Python that needs torch and LXT alone."""

from collections.abc import Mapping
from typing import Any

from ...loading.script import function
from .architectures import COPIED, COPIES, PATCHED
from .method import LxtMethod
from .tables import ATTENTIONS, CLASSES, FUNCTIONS, HOMES, IDENTITIES, MODULES


def code_of(method: LxtMethod) -> str:
    """Return imports and a function ``explain``. What LXT patches it leaves patched, as LXT does."""
    options: Mapping[str, Any] = dict(method.options)
    lines, names = (
        _efficient(options.get("rule", "attnLRP"))
        if method.name == "efficient"
        else _explicit(trace=options.get("trace", True))
    )
    return function([*map(_import, names)], lines, baseline=False)


def _import(name: str) -> str:
    home = HOMES[name]
    parent, _, last = home.rpartition(".")
    if not parent:
        return f"import {home}"
    return f"from {parent} import {last}" if last == name else f"import {home} as {name}"


def _efficient(rule: str) -> tuple[list[str], list[str]]:
    table = [
        f"        {name}: partial(patches.patch_method, {patch}, keep_original={keeps}),"
        for name, (patch, keeps) in CLASSES.items()
    ]
    body = [
        "from functools import partial",
        "from importlib import import_module",
        "from lxt.efficient import monkey_patch",
        "homes = {type(module).__module__ for module in model.modules()}",
        f"known = [name for name in {(*COPIED, *PATCHED)} if any(f'.models.{{name}}' in home for home in homes)]",
        "attend = functional.scaled_dot_product_attention",
        "if known:",
        f'    monkey_patch(nn, import_module(f"{COPIES}{{known[0]}}").{rule})',
        "elif not isinstance(attend, partial):",
        f"    wrapped = patches.{ATTENTIONS[rule]}(lambda _, *given, **options: attend(*given, **options))",
        "    functional.scaled_dot_product_attention = partial(wrapped, None)",
        "    monkey_patch(nn, {",
        *table,
        "    })",
        "leaf = inputs.detach().clone().requires_grad_()",
        "output = model(leaf).gather(1, target[:, None]).sum()",
        "return inputs * torch.autograd.grad(output, leaf)[0]",
    ]
    return body, ["nn", "functional", "patches"]


def _explicit(*, trace: bool) -> tuple[list[str], list[str]]:
    table = [f"    {name}: {rule}," for name, rule in {**MODULES, **(FUNCTIONS if trace else {})}.items()]
    table += [
        f"    {name}: lambda v, **options: lr.identity(partial({name}, **options), v),"
        for name in (IDENTITIES if trace else ())
    ]
    name = "next(iter(inspect.signature(model.forward).parameters))"
    body = [
        "import inspect",
        "from functools import partial",
        "from lxt.explicit.core import Composite",
        "rules = Composite({",
        *table,
        "})",
        f"explained = rules.register(model, dummy_inputs={f'{{{name}: inputs}}' if trace else None})",
        "leaf = inputs.detach().clone().requires_grad_()",
        "output = explained(leaf).gather(1, target[:, None])[:, 0]",
        "relevance = torch.autograd.grad(output, leaf, output.detach())[0]",
        "rules.remove()",
        "return relevance",
    ]
    return body, ["nn", "functional", "operator", "lf", "lm", "lr"]
