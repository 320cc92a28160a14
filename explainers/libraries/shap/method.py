"""An explainer of SHAP, asked about one input at a time."""

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ...protocol import Unsupported
from ...validation import validated_library
from .calls import CALLS, Question
from .names import KINDS, Named, library, named

REFUSALS = {
    "do not sum up to the model's output": "its scores do not sum to the change of the output, which it checks",
    "is being modified inplace": "torch does not let it hook layers that work in place",
}
"""What SHAP, or torch, says of models that SHAP does not explain, in our words."""


@dataclass(frozen=True)
class ShapMethod(Named):
    """An explainer of SHAP that draws nothing, with options for its constructor or ``shap_values``."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the scores; shapes as in ``Explainer``. The background of each input is its baseline alone."""
        return _explain(self, model, inputs, target, baseline, 0)


@dataclass(frozen=True)
class ShapMethodWithSeed(Named):
    """An explainer of SHAP that samples, with options as ``ShapMethod``."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor, seed: int = 0) -> Tensor:
        """Return the scores; shapes as in ``Explainer``. What is drawn is the same for each input of a batch."""
        return _explain(self, model, inputs, target, baseline, seed)


def shap_method(name: str, options: Mapping[str, object] | None = None) -> ShapMethod | ShapMethodWithSeed:
    """Return SHAP's explainer ``name``, ``"Deep"`` or ``"DeepExplainer"``; its options are those of SHAP itself.

    >>> shap_method("Deep")
    ShapMethod(name='DeepExplainer', options=())
    """
    method = named(name, options or {})
    kind = ShapMethodWithSeed if KINDS[method.name].samples else ShapMethod
    return kind(method.name, method.options)


def _explain(  # noqa: PLR0917
    of: Named, model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor, seed: int
) -> Tensor:
    ask, shap, scores_of_rows = CALLS[of.name], library(), []
    rows = zip(inputs[:, None], target.tolist(), baseline[:, None], strict=True)
    with _silence(), _refusals(of):
        for x, wanted, start in rows:
            scores = ask(shap, of, Question(model, x, wanted, start, seed))
            scores_of_rows.append(torch.as_tensor(scores, device=inputs.device).reshape(inputs.shape[1:]))
    return torch.stack(scores_of_rows)


@contextmanager
def _silence() -> Iterator[None]:
    """Drop warnings, and what SHAP prints where the model raises."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _refusals(of: Named) -> Iterator[None]:
    """Make one sentence of a refusal; what else is raised goes on."""
    try:
        yield
    except (AssertionError, RuntimeError) as error:
        for said, sentence in REFUSALS.items():
            if said in str(error):
                raise Unsupported(f"shap:{of.name} refuses: {sentence}") from error
        raise
