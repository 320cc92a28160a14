"""From ``package.module:load``, or ``file.py:load``, and a file of weights to a model."""

import hashlib
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..explainers.loading.modules import module_in, module_named
from ..explainers.loading.spec import split_at
from ..networks import AxiomcheckError

WEIGHTS = (".safetensors", ".pt", ".pth", ".bin")
"""How files of weights end."""


def load_object(spec: str, what: str) -> Any:
    """Return what ``module:name`` or ``file.py:name`` names; ``AxiomcheckError`` with one sentence if it cannot."""
    *homes, name = split_at(spec, ":")
    home = ":".join(homes)
    if not home or not name.isidentifier():
        raise AxiomcheckError(f"Expected {what} as package.module:name or file.py:name but got {spec!r}")
    try:
        module = _of_file(Path(home), what) if home.endswith(".py") else module_named(home)
    except (AxiomcheckError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise AxiomcheckError(f"cannot load {what} {spec!r}: {_told(error)}") from error
    if not hasattr(module, name):
        raise AxiomcheckError(f"cannot load {what} {spec!r}: there is no {name!r} in {home}")
    return getattr(module, name)


def _of_file(path: Path, what: str) -> object:
    if not path.is_file():
        raise AxiomcheckError(f"cannot load {what}: there is no file {str(path)!r}")
    return module_in(path)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or ['no message'])[0]}"


def load_model(spec: str, weights: str = "") -> nn.Module:
    """Return the model that a callable of that name returns, or that has the name itself, with ``weights`` if any."""
    found = load_object(spec, "the model")
    if not isinstance(found, nn.Module):
        if not callable(found):
            raise AxiomcheckError(f"Expected a model, or a callable that returns one, but {spec!r} is {found!r}")
        try:
            found = found()
        except Exception as error:
            raise AxiomcheckError(f"the model {spec!r} cannot be made: {_told(error)}") from error
    if not isinstance(found, nn.Module):
        raise AxiomcheckError(f"Expected {spec!r} to return an nn.Module but got {type(found).__name__}")
    if weights:
        fill(found, weights)
    return found


def fill(model: nn.Module, path: str | Path) -> None:
    """Give a model the weights of a file; ``AxiomcheckError`` with one sentence if they do not fit."""
    state = read_weights(Path(path))
    try:
        left = model.load_state_dict(state, strict=False)
    except RuntimeError as error:
        line = next((line.strip() for line in str(error).splitlines()[1:] if line.strip()), str(error))
        raise AxiomcheckError(f"the weights {str(path)!r} do not fit the model: {line}") from error
    for words, names in (("lack", left.missing_keys), ("have, beyond the model,", left.unexpected_keys)):
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            raise AxiomcheckError(f"the weights {str(path)!r} {words} {', '.join(names[:3])}{more}")


def read_weights(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a file by name, of which nothing is run."""
    if not path.is_file():
        raise AxiomcheckError(f"there is no file of weights {str(path)!r}")
    if path.suffix not in WEIGHTS:
        raise AxiomcheckError(f"Expected weights that end in {', '.join(WEIGHTS)} but got {str(path)!r}")
    try:
        if path.suffix == ".safetensors":
            return read_safetensors(path)
        state = torch.load(path, map_location="cpu", weights_only=True)
    except AxiomcheckError:
        raise
    except Exception as error:
        raise AxiomcheckError(
            f"cannot read the weights {str(path)!r}: it holds more than tensors, which could run code, or is broken; "
            "save model.state_dict() with safetensors.torch.save_file"
        ) from error
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        inside = [key for key, value in state.items() if isinstance(value, dict)] if isinstance(state, dict) else []
        more = f"; those in {inside[0]!r} alone may be it" if inside else ""
        raise AxiomcheckError(f"Expected tensors by name in {str(path)!r}, as model.state_dict() has them{more}")
    return state


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a file of safetensors by name."""
    try:
        from safetensors.torch import load_file
    except ImportError as error:
        raise AxiomcheckError(f"{str(path)!r} needs safetensors: pip install axiomcheck[safetensors]") from error
    try:
        found: dict[str, Tensor] = load_file(path)
    except Exception as error:
        raise AxiomcheckError(f"cannot read {str(path)!r}: {_told(error)}") from error
    return found


def digest(model: nn.Module) -> str:
    """Return the SHA-256 of all parameters and buffers by name."""
    state = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        if isinstance(tensor, Tensor):
            state.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
            state.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return state.hexdigest()
