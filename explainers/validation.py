"""Validation of what an explainer is called with: mistakes raise a one-line error, in place of torch's own words."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

from ..networks import AxiomcheckError
from .protocol import Unsupported

F = TypeVar("F", bound=Callable[..., Tensor])
MOODY = (_BatchNorm, _DropoutNd)
"""Layers that compute something else in training mode."""
FAILURES = (RuntimeError, IndexError, ValueError, TypeError, AttributeError)
"""What torch, or a model, raises on input that it does not take, and an explainer on outputs that are no (B, K)."""


class WrongInput(AxiomcheckError, ValueError):
    """An explainer was given what no explanation can be made of; the message says what was expected."""


def validated(explain: F) -> F:
    """Return an explainer, a function or the ``__call__`` of a class, that raises ``WrongInput`` for wrong input.

    What can be seen at once is looked at before; what only the model knows, the sizes that it takes and the outputs
    that it has, where the explainer fails; that it draws random numbers, afterwards. Gradients are taken also under
    ``torch.no_grad`` and in inference mode.
    """

    @wraps(explain)
    def repeatable(*args: Any, **kwargs: Any) -> Tensor:
        on_gpu = any(isinstance(value, Tensor) and value.is_cuda for value in (*args, *kwargs.values()))
        before = _random_states(on_gpu=on_gpu)
        relevance = explain(*args, **kwargs)
        if not all(map(torch.equal, before, _random_states(on_gpu=on_gpu))):
            raise WrongInput("Expected a model that always computes the same but it draws random numbers: model.eval()")
        return relevance

    return _guard(cast("F", repeatable), require_fit)


def validated_library(explain: F) -> F:
    """Return the explainer of a library as ``validated``, but that what it does to the model or draws is its own.

    Where it fails only the targets are looked at, for a library that fails may leave a model that works no more.
    """
    return _guard(explain, _require_targets_at_least)


def _guard(explain: F, blame: Callable[[nn.Module, Tensor, Tensor], None]) -> F:
    """Look at what is given, and let ``blame`` raise what an error that torch or a model raises comes from."""
    named = inspect.signature(explain)
    first = list(named.parameters).index("model")

    @wraps(explain)
    def call(*args: Any, **kwargs: Any) -> Tensor:
        if len(args) < first + 3:
            arguments = named.bind(*args, **kwargs).arguments
            model, inputs, target = arguments["model"], arguments["inputs"], arguments["target"]
        else:
            model, inputs, target = args[first : first + 3]
        require_input(model, inputs, target, **{k: v for k, v in kwargs.items() if k == "baseline"})
        try:
            if torch.is_grad_enabled() and not torch.is_inference_mode_enabled():
                relevance: object = explain(*args, **kwargs)
            else:
                with torch.inference_mode(mode=False), torch.enable_grad():
                    ordinary = {name: _ordinary(value) for name, value in kwargs.items()}
                    relevance = explain(*map(_ordinary, args), **ordinary)
        except Unsupported:
            raise
        except FAILURES:
            blame(model, inputs, target)
            raise
        return cast("Tensor", relevance.detach() if isinstance(relevance, Tensor) else relevance)

    return cast("F", call)


def require_input(model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor | None = None) -> None:
    """Raise ``WrongInput`` unless the inputs are floats (B, *shape), and targets, baseline and model are of a kind."""
    if not isinstance(model, nn.Module):
        raise WrongInput(f"Expected model as a torch.nn.Module but got {_show(model)}")
    if not isinstance(inputs, Tensor) or not inputs.is_floating_point():
        raise WrongInput(f"Expected inputs as a Tensor of floats but got {_show(inputs)}")
    if inputs.dim() < 2 or not len(inputs):
        raise WrongInput(f"Expected at least one input (B, *shape) but got inputs of shape {tuple(inputs.shape)}")
    if not isinstance(target, Tensor) or target.dtype != torch.int64 or target.shape != inputs.shape[:1]:
        raise WrongInput(f"Expected target as a Tensor ({len(inputs)},) of int64, one a row, but got {_show(target)}")
    if baseline is not None and (not isinstance(baseline, Tensor) or baseline.shape != inputs.shape):
        raise WrongInput(f"Expected a baseline of the inputs' shape {tuple(inputs.shape)} but got {_show(baseline)}")
    if baseline is not None and (baseline.dtype != inputs.dtype or baseline.device != inputs.device):
        raise WrongInput(f"Expected a baseline like the inputs, {_kind(inputs)}, but got {_kind(baseline)}")
    if target.min() < 0:  # some libraries take it for the last output
        require_fit(model, inputs, target)
    parameter = next(model.parameters(), inputs)
    if parameter.dtype != inputs.dtype or parameter.device != inputs.device:
        raise WrongInput(f"Expected inputs like the model's parameters, {_kind(parameter)}, but got {_kind(inputs)}")
    for layer in model.modules():
        name = type(layer).__name__
        if layer.training and isinstance(layer, MOODY):
            raise WrongInput(f"Expected a model in evaluation mode but its {name} is in training mode: model.eval()")
        if isinstance(layer, _BatchNorm) and layer.running_mean is None:
            raise WrongInput(f"Expected a model that takes inputs one by one but its {name} mixes those of a batch")


def require_fit(model: nn.Module, inputs: Tensor, target: Tensor) -> None:
    """Raise ``WrongInput`` unless the model takes the inputs, returns (B, K), and has the targets among its outputs."""
    try:
        with torch.no_grad():
            outputs = model(inputs.clone())
    except FAILURES as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise WrongInput(f"the model does not take inputs of shape {tuple(inputs.shape)}: {reason}") from error
    if not isinstance(outputs, Tensor) or outputs.dim() != 2 or len(outputs) != len(inputs):
        raise WrongInput(f"Expected a model that returns ({len(inputs)}, K) but it returned {_show(outputs)}")
    if not outputs.is_floating_point():
        raise WrongInput(f"Expected a model that returns floats but it returned {_show(outputs)}")
    _require_targets(outputs, target)
    try:
        with torch.no_grad():
            model(torch.cat([inputs, inputs]))
    except FAILURES as error:
        raise WrongInput(
            f"Expected a model of any number of inputs at once but it takes no {2 * len(inputs)}"
        ) from error


def _require_targets(outputs: Tensor, target: Tensor) -> None:
    if target.min() < 0 or target.max() >= outputs.shape[1]:
        wrong = int(target.min() if target.min() < 0 else target.max())
        raise WrongInput(f"Expected targets from 0 to {outputs.shape[1] - 1} but got target={wrong}")


def _require_targets_at_least(model: nn.Module, inputs: Tensor, target: Tensor) -> None:
    """Raise ``WrongInput`` for targets that are no outputs, if the model still works."""
    try:
        with torch.no_grad():
            outputs = model(inputs.clone())
    except FAILURES:
        return
    if isinstance(outputs, Tensor) and outputs.dim() == 2:
        _require_targets(outputs, target)


def _ordinary(value: Any) -> Any:
    """Return a tensor of the inference mode as one that gradients can be asked of."""
    return value.clone() if isinstance(value, Tensor) and value.is_inference() else value


def _random_states(*, on_gpu: bool) -> list[Tensor]:
    """Return what the generators that a model may draw from are at."""
    states = [torch.get_rng_state()]
    return [*states, *torch.cuda.get_rng_state_all()] if on_gpu else states


def _show(value: object) -> str:
    if isinstance(value, Tensor):
        return f"{str(value.dtype).removeprefix('torch.')} of shape {tuple(value.shape)}"
    return f"{type(value).__name__} {' '.join(str(value).split())[:40]}"


def _kind(of: Tensor) -> str:
    return f"{str(of.dtype).removeprefix('torch.')} on {of.device}"
