"""How each of SHAP's explainers is asked about one input and one output."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ...methods.input_gradient import target_output
from ...protocol import Unsupported
from .names import Named


@dataclass(frozen=True)
class Question:
    """A model, an input x (1, *shape), one of its outputs, the baseline x̃ (1, *shape), and a seed."""

    model: nn.Module
    x: Tensor
    target: int
    baseline: Tensor
    seed: int

    def outputs(self, rows: Any) -> Any:
        """Return f (n,) at flat ``rows`` (n, d), for SHAP of any model: it knows arrays alone."""
        points = torch.tensor(rows, dtype=self.x.dtype, device=self.x.device).reshape(-1, *self.x.shape[1:])
        with torch.no_grad():
            return target_output(self.model, points, torch.full((len(points),), self.target)).cpu().numpy()

    @property
    def rows(self) -> tuple[Any, Any]:
        """The input and the baseline as flat rows (1, d)."""
        x, baseline = (of.detach().flatten(1).cpu().numpy() for of in (self.x, self.baseline))
        return x, baseline


def _deep(shap: Any, of: Named, call: Question) -> Any:
    explainer = shap.DeepExplainer(call.model, call.baseline, **of.setup)
    return explainer.shap_values(call.x, **of.call)[..., call.target]


def _gradient(shap: Any, of: Named, call: Question) -> Any:
    explainer, kind = (str(dtype).removeprefix("torch.") for dtype in (torch.get_default_dtype(), call.x.dtype))
    if explainer != kind:
        raise Unsupported(
            f"shap:{of.name} makes {explainer} of all inputs, whatever the model computes in: ask with {explainer}"
        )
    explainer = shap.GradientExplainer(call.model, call.baseline, **of.setup)
    return explainer.shap_values(call.x, rseed=call.seed % 2**32, **of.call)[..., call.target]


def _of_rows(shap: Any, of: Named, call: Question) -> Any:
    """Ask an explainer that draws from numpy's global generator."""
    x, baseline = call.rows
    with _numpy_seeded(call.seed):
        return getattr(shap, of.name)(call.outputs, baseline, **of.setup).shap_values(x, silent=True, **of.call)


def _permutation(shap: Any, of: Named, call: Question) -> Any:
    x, baseline = call.rows
    explainer = shap.PermutationExplainer(call.outputs, baseline, seed=call.seed % 2**32, silent=True, **of.setup)
    return explainer.shap_values(x, **of.call)


@contextmanager
def _numpy_seeded(seed: int) -> Iterator[None]:
    """Seed numpy's global generator; put it back if nothing is drawn from it: what is drawn is SHAP's own doing."""
    before = np.random.get_state()  # noqa: NPY002 - SHAP draws from no other
    np.random.seed(seed % 2**32)  # noqa: NPY002
    start = repr(np.random.get_state())  # noqa: NPY002
    try:
        yield
    finally:
        if repr(np.random.get_state()) == start:  # noqa: NPY002
            np.random.set_state(before)  # noqa: NPY002


CALLS: dict[str, Callable[[Any, Named, Question], Any]] = {
    "DeepExplainer": _deep,
    "GradientExplainer": _gradient,
    "KernelExplainer": _of_rows,
    "PermutationExplainer": _permutation,
    "SamplingExplainer": _of_rows,
}
