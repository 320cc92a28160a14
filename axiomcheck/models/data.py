"""Data: the inputs that a model is for, from a file of numbers or from a callable; nothing in a file is run."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..networks import Array, AxiomcheckError
from .loading import load_object, read_safetensors

PICKLED = (".pkl", ".pickle", ".pt", ".pth", ".joblib")
NAMES = ("x", "inputs", "images", "data", "arr_0")
"""The arrays of a file that are taken for the inputs where it has several, the first of these."""
MOST = 4096
"""How many inputs are kept: the first of more."""

LARGEST = 1e100
"""How large an input may be."""


def load_inputs(source: object) -> Array:
    """Return inputs (N, *shape) in float64 from a file, ``module:name`` or an array; an error says what is wrong."""
    if isinstance(source, (str, Path)):
        found, name = _read(str(source)), repr(str(source))
    else:
        found, name = source, "the inputs"
    return checked(found() if callable(found) else found, name)


def load_arrays(source: object) -> dict[str, Array]:
    """Return several inputs (N, *shape) by name, floats in float64, from a file, ``module:name`` or the arrays.

    A single array has the name ``""``.
    """
    name = repr(source) if isinstance(source, (str, Path)) else "the inputs"
    found = _read(str(source), every=True) if isinstance(source, (str, Path)) else source
    found = found() if callable(found) else found
    arrays = dict(found) if isinstance(found, Mapping) else {"": found}
    inputs = {key: _kept(value, f"{name}, {key}" if key else name) for key, value in arrays.items()}
    count = max(map(len, inputs.values()), default=0)
    if wrong := [key for key, value in inputs.items() if len(value) not in (1, count)]:
        raise AxiomcheckError(f"{name}: Expected {count} of each input but got {len(inputs[wrong[0]])} of {wrong[0]}")
    return inputs


def _kept(found: Any, name: str) -> Array:
    """Return an input as it is where it holds whole numbers or truth values, else in float64."""
    array = np.asarray(found.detach().cpu().numpy() if hasattr(found, "detach") else found)
    values = checked(array, name)
    return array[:MOST] if array.dtype.kind in "iub" else values


def checked(found: Any, name: str) -> Array:
    """Return an array of inputs in float64, of which none is NaN; ``AxiomcheckError`` says what is wrong with it."""
    found = found.detach().cpu().numpy() if hasattr(found, "detach") else found
    try:
        inputs: Array = np.asarray(found)
    except (ValueError, TypeError) as error:
        raise AxiomcheckError(f"{name}: the inputs are no array of numbers") from error
    if inputs.dtype.kind not in "fiub":
        raise AxiomcheckError(f"{name}: Expected inputs of real numbers but got an array of {inputs.dtype}")
    if inputs.ndim < 2:
        raise AxiomcheckError(f"{name}: Expected inputs (N, *shape) but got the shape {inputs.shape}: a single one?")
    if not inputs.size:
        raise AxiomcheckError(f"{name}: there are no inputs: the shape is {inputs.shape}")
    inputs = inputs[:MOST].astype(np.float64)
    rows = inputs.reshape(len(inputs), -1)
    if (np.isfinite(rows) & (np.abs(rows) > LARGEST)).any():
        raise AxiomcheckError(f"{name}: there are inputs beyond {LARGEST:g}, whose squares are too large: scale them")
    wrong = np.flatnonzero(~np.isfinite(rows).all(1))
    if len(wrong):
        count = f"{len(wrong)} of {len(inputs)}"
        raise AxiomcheckError(f"{name}: {count} inputs hold NaN or an infinite number, the first is number {wrong[0]}")
    return inputs


def _read(source: str, *, every: bool = False) -> Any:
    path = Path(source)
    if path.suffix in PICKLED:
        raise AxiomcheckError(
            f"{source!r} is not read: to load a pickle is to run whatever code is in it; save the array with numpy.save"
        )
    reader = READERS.get(path.suffix)
    if reader is None and ":" in source:
        return load_object(source, "the inputs")
    if reader is None:
        raise AxiomcheckError(f"Expected inputs as {', '.join(READERS)} or package.module:name but got {source!r}")
    if not path.is_file():
        raise AxiomcheckError(f"there is no file of inputs {source!r}")
    try:
        return (ALL_READERS if every else READERS).get(path.suffix, reader)(path)
    except AxiomcheckError:
        raise
    except Exception as error:
        message = (str(error).splitlines() or ["no message"])[0]
        if "allow_pickle" in message:
            message = "it holds Python objects, and to load them is to run whatever code is in them"
        raise AxiomcheckError(f"cannot read the inputs {source!r}: {message}") from error


def _named(arrays: dict[str, Any], path: Path) -> Any:
    if not arrays:
        raise AxiomcheckError(f"there is no array in {str(path)!r}")
    name = next((name for name in NAMES if name in arrays), None) or (next(iter(arrays)) if len(arrays) == 1 else None)
    if name is None:
        raise AxiomcheckError(
            f"{str(path)!r} holds {', '.join(arrays)}: name the one that is explained with --explains, or save it alone"
        )
    return arrays[name]


def _npz(path: Path) -> Any:
    with np.load(path, allow_pickle=False) as arrays:
        return _named({name: arrays[name] for name in arrays.files}, path)


def _csv(path: Path) -> Any:
    """Return the rows of a table; its first line may hold names."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines:
        raise AxiomcheckError(f"{str(path)!r} is empty")
    return np.loadtxt(lines if _are_numbers(lines[0].split(",")) else lines[1:], delimiter=",", ndmin=2)


def _are_numbers(words: list[str]) -> bool:
    try:
        list(map(float, words))
    except ValueError:
        return False
    return True


READERS: dict[str, Callable[[Path], Any]] = {
    ".npy": lambda path: np.load(path, allow_pickle=False),
    ".npz": _npz,
    ".csv": _csv,
    ".safetensors": lambda path: _named(dict(read_safetensors(path)), path),
}
"""What reads a file of inputs, by how its name ends."""
ALL_READERS: dict[str, Callable[[Path], Any]] = {
    ".npz": lambda path: dict(np.load(path, allow_pickle=False)),
    ".safetensors": lambda path: dict(read_safetensors(path)),
}
"""What reads all the arrays of a file by name, where it may hold several."""
