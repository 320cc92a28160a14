"""What an explainer declares of its calls, as wrappers whose source scripts print."""

from collections.abc import Callable
from inspect import getsource
from typing import Any

import torch

from ..protocol import Declaration

IMPORTS = """from collections.abc import Callable
from typing import Any

from axiomcheck.explainers import declaration"""


def set_up_once(explain: Callable[..., torch.Tensor], setup: Callable[..., object]) -> Callable[..., torch.Tensor]:
    """Return the explainer, which has each model set up before the first call on it."""
    ready: list[torch.nn.Module] = []

    def prepared(model: torch.nn.Module, *rest: Any, **keywords: Any) -> torch.Tensor:
        if not any(model is known for known in ready):
            ready.append(model)
            setup(model)
        return explain(model, *rest, **keywords)

    return prepared


def spread_over_channels(explain: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """Return the explainer, whose sums over channels come as equal shares of all channels."""

    def shared(model: torch.nn.Module, x: torch.Tensor, *rest: Any, **keywords: Any) -> torch.Tensor:
        return explain(model, x, *rest, **keywords).reshape(len(x), 1, *x.shape[2:]).expand_as(x) / x.shape[1]

    return shared


def wrapped(code: str, declared: Declaration) -> str:
    """Return Python that binds ``explain``, and wraps it as it declares."""
    parts: list[str] = []
    if declared.setup is not None:
        parts += [getsource(set_up_once), "explain = set_up_once(explain, declaration(explain).setup)"]
    if declared.form == "channel-summed":
        parts += [getsource(spread_over_channels), "explain = spread_over_channels(explain)"]
    if not parts:
        return code
    return "\n\n".join(part.strip() for part in (IMPORTS, code, *parts))
