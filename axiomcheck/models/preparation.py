"""Preparation: a copy of a model that can be judged, in float64 and in evaluation mode, or why there is none."""

import copy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter

from ..axioms.batches import fitting
from ..networks import Array, AxiomcheckError
from .casts import casts
from .entrance import Entered, with_output
from .model import Model

SAMPLE = 32
"""How many inputs the model is tried on, fewer of large ones."""
RUNS = 4
"""How often it is run on them, about."""
SAME = 1e-9
"""The share of its outputs by which a model may differ between one input and a batch."""


@dataclass(frozen=True)
class Prepared:
    """A model that can be judged, and what was done to make it one, in words."""

    model: Model
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """What was found out of a model of these weights in another process, which need not be tried again."""

    sha256: str
    out_features: int
    lost: float
    remarks: tuple[str, ...]


def prepare(module: object, inputs: Array, measured: Measured | None = None) -> Prepared:
    """Return the model for ``inputs`` (N, *shape); ``AxiomcheckError`` with one sentence where it cannot be judged.

    Where it was ``measured`` it is not tried.
    """
    module, remarks = plain(module)
    if measured is not None:
        reference = copied(module).eval().requires_grad_(False).double().cpu()
        model = Model(reference, tuple(inputs.shape[1:]), measured.out_features, measured.lost)
        return Prepared(model, measured.remarks)
    if module.training:
        remarks.append("the model was in training mode, and is judged in evaluation mode")
    reference = copied(module).eval().requires_grad_(False)
    halves = {str(p.dtype).removeprefix("torch.") for p in reference.parameters() if p.dtype in _HALVES}
    if halves:
        remarks.append(f"its weights are {', '.join(sorted(halves))}, and are judged as the same numbers in float64")
    if any(p.device.type != "cpu" for p in (*reference.parameters(), *reference.buffers())):
        remarks.append("it is on another device, and is judged on the CPU")
    single = copied(reference).float().cpu()
    reference = reference.double().cpu()
    points = torch.from_numpy(inputs[: fitting(SAMPLE, RUNS * inputs[0].size, least=2)])
    reference = with_output(reference, points)
    if isinstance(reference, Entered) and reference.output:
        remarks.append(f"explained is its output {reference.output}")
        single = single if isinstance(single, Entered) else Entered(single, "", "", {})
        single.output = reference.output
    outputs = _outputs(reference, points, inputs.shape[1:])
    _require_function(reference, points, outputs)
    _require_derivatives(reference, points[:1])
    lost = lost_in_float32(single, points, outputs)
    if np.isfinite(lost):
        off = lost * torch.finfo(torch.float32).eps / 2
        remarks.append(f"in float32 its outputs are off by up to {off:.1e} on the data")
    else:
        lost = 0.0
        remarks.append("it does not run in float32, so that its rounding was not measured")
    model = Model(reference, tuple(inputs.shape[1:]), outputs.shape[1], max(lost, float(outputs.abs().max())))
    return Prepared(model, tuple(remarks))


_HALVES = (torch.float16, torch.bfloat16)


def plain(module: object) -> tuple[nn.Module, list[str]]:
    """Return the module that is not compiled, and what there is to say of it."""
    if not isinstance(module, nn.Module):
        raise AxiomcheckError(f"Expected a model, an nn.Module, but got {type(module).__name__}")
    if isinstance(module, torch.jit.ScriptModule):
        raise AxiomcheckError(
            "the model was compiled by torch.jit and has no modules left; give the one it was made of"
        )
    original = getattr(module, "_orig_mod", None)
    if isinstance(original, nn.Module):
        return original, ["judged is the model that torch.compile was given"]
    named = (*module.named_parameters(), *module.named_buffers())
    if lazy := [name for name, tensor in named if isinstance(tensor, UninitializedParameter | UninitializedBuffer)]:
        raise AxiomcheckError(f"the model has lazy parameters without a size ({lazy[0]}): run it on an input first")
    if any(tensor.is_meta for _, tensor in named):
        raise AxiomcheckError("the model is on the meta device and has no weights: load some")
    tensors = [tensor for tensor in module.state_dict().values() if isinstance(tensor, Tensor)]
    if any(tensor.is_quantized for tensor in tensors) or any(map(_is_quantized, module.modules())):
        raise AxiomcheckError("the model is quantized, and has no derivatives; give the one that it was made from")
    return module, []


def _is_quantized(module: nn.Module) -> bool:
    """Return whether a module is one of torch's for quantized weights, whose parameters are packed."""
    return ".quantized" in type(module).__module__ and type(module).__module__.startswith("torch.")


def copied(module: nn.Module) -> nn.Module:
    """Return a copy of a module; ``AxiomcheckError`` where there can be none."""
    try:
        return copy.deepcopy(module)
    except Exception as error:
        raise AxiomcheckError(f"the model cannot be copied: {_told(error)}") from error


def _outputs(reference: nn.Module, points: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return the outputs (B, K) at points (B, *shape); an error where there are none."""
    size = "×".join(map(str, shape))
    try:
        with torch.no_grad():
            outputs = reference(points.clone())
    except Exception as error:
        raise AxiomcheckError(f"the model does not run on inputs of {size}: {_told(error)}{_advice(error)}") from error
    if not isinstance(outputs, Tensor):
        raise AxiomcheckError(
            f"the model returns {type(outputs).__name__}, where outputs (B, K) are explained: wrap it in a module that "
            "returns those"
        )
    if outputs.dim() != 2 or len(outputs) != len(points):
        raise AxiomcheckError(
            f"the model returns the shape {tuple(outputs.shape)} for {len(points)} inputs of {size}, where (B, K) is "
            "explained: wrap it in a module that returns that"
        )
    if outputs.dtype != torch.float64:
        kind = str(outputs.dtype).removeprefix("torch.")
        raise AxiomcheckError(f"the model casts its values and returns {kind} in float64: it cannot be judged exactly")
    if lower := casts(reference, points[:1]):
        kinds = " and ".join(lower)
        raise AxiomcheckError(f"the model casts values to {kinds} on the way, so that float64 cannot judge it exactly")
    if not outputs.isfinite().all():
        raise AxiomcheckError("the model returns NaN or infinite outputs on the data")
    return outputs


ADVICE = {
    "required positional argument": "of several inputs, --inputs names a file with all of them, and --explains one",
    "indices": "where it reads tokens, --embedding names the module whose vectors are explained",
    "type": "axiomcheck judges in float64",
}
"""What may help, by a word of what a model raises."""


def _advice(error: BaseException) -> str:
    """Return what may help where a model does not run, or nothing."""
    return next((f"; {advice}" for word, advice in ADVICE.items() if word in str(error)), "")


def _require_function(reference: nn.Module, points: Tensor, outputs: Tensor) -> None:
    """Raise unless the model gives one output for one input, whenever and beside whatever it is asked."""
    scale = SAME * float(outputs.abs().max())
    with torch.no_grad():
        again = reference(points.clone())
        alone = torch.cat([reference(point[None].clone()) for point in points[:4]])
    if float((again - outputs).abs().max()) > scale:
        raise AxiomcheckError(
            "the model gives two outputs for one input in evaluation mode, as with dropout that is always on: "
            "explanations of it mean nothing"
        )
    if alone.shape != outputs[:4].shape or float((alone - outputs[:4]).abs().max()) > scale:
        raise AxiomcheckError("the model's output for an input depends on what else is in the batch: it is no function")


def _require_derivatives(reference: nn.Module, points: Tensor) -> None:
    """Raise unless the outputs can be differentiated; what torch imports for that is imported then."""
    inputs = points.clone().requires_grad_()
    try:
        with torch.enable_grad():
            outputs = reference(inputs * 1)
        torch.autograd.grad(outputs, inputs, torch.ones_like(outputs), allow_unused=True)
    except Exception as error:
        raise AxiomcheckError(f"the model's outputs have no derivatives: {_told(error)}") from error


def lost_in_float32(single: nn.Module, points: Tensor, outputs: Tensor) -> float:
    """Return what float32 loses on the data, in halves of its smallest step at 1; infinite where it does not run."""
    try:
        with torch.no_grad():
            off = (single(points.float()).double() - outputs).abs().max()
    except Exception:  # noqa: BLE001 - whatever it raises, it cannot be measured
        return float("inf")
    return float(off) / (torch.finfo(torch.float32).eps / 2)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or ['no message'])[0]}"
