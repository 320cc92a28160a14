"""Calls of functions and methods, as nodes of a graph."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from ..protocol import Unsupported
from .builders import scaling, summing
from .functions import (
    COMPARISONS,
    COPIES,
    FUNCTIONS,
    NEGATIONS,
    PRODUCTS,
    QUOTIENTS,
    SHAPELY,
    SHAPES,
    SUMS,
    TURNED,
    VIEWS,
)
from .operations import Passing, Shape
from .recorder import Recorder, Value

KNOWN = "affine layers, ReLU and its kin, max pools, sums and concatenations are known"


def called(recorder: Recorder, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Note a call of ``target``, a function or the name of a method; return its value, or a constant."""
    call = _method(target) if isinstance(target, str) else target
    values = list(_values([args, kwargs]))
    if not values:
        return call(*args, **kwargs)
    attribute = args[1] if target is getattr else ""
    if target in SHAPES or attribute in SHAPELY or all(map(recorder.is_shape, values)):
        return recorder.add(Shape(_filled(call, args, kwargs)), *values)
    if target in VIEWS | COPIES or attribute in TURNED:
        return recorder.add(Passing(_filled(call, args, kwargs), target not in COPIES), *values)
    options = {name: option for name, option in kwargs.items() if args or name != "input"}
    return _computed(recorder, target, args or [kwargs["input"]], options, values)


def _computed(
    recorder: Recorder, target: Any, args: Sequence[Any], options: Mapping[str, Any], values: Sequence[Value]
) -> Value:
    """Note what makes numbers of numbers."""
    first, *rest = args
    name = str(rest[0] if target is getattr else getattr(target, "__name__", target))
    try:
        if target in SUMS:
            return _sum(recorder, SUMS[target], first, *rest, **options)
        if target in PRODUCTS | QUOTIENTS | NEGATIONS:
            return _scaled(recorder, target, first, *rest, **options)
        if target in FUNCTIONS and len(values) == 1:
            return recorder.add(FUNCTIONS[target](*rest, **options), *values)
    except TypeError as error:
        reason = str(error).rpartition("() ")[2]
        raise Unsupported(f"cannot propagate through {name!r} with such arguments: {reason}") from error
    if name in COMPARISONS:
        return recorder.unknown("cannot propagate through a comparison of values that depend on the input", *values)
    return recorder.unknown(f"cannot propagate through {name!r}; {KNOWN}", *values)


def _sum(recorder: Recorder, sign: float, one: Any, other: Any, alpha: float = 1.0) -> Value:
    """Two values are stacked, so that their sum is an affine layer of weights ±1 like any other."""
    _refuse_shapes(recorder, one, other, alpha)
    if isinstance(one, Value) and isinstance(other, Value):
        return recorder.add(summing(1.0, sign * alpha), recorder.add(Passing(_stacked), one, other))
    if isinstance(one, Value):
        return recorder.add(scaling(1.0, sign * alpha * other), one)
    return recorder.add(scaling(sign * alpha, one), other)


def _stacked(*values: Tensor) -> Tensor:
    return torch.stack(torch.broadcast_tensors(*values), 1)  # type: ignore[no-untyped-call]


def _scaled(recorder: Recorder, target: Any, one: Any, other: Any = -1.0) -> Value:
    """Products with constants; one of two values that depend on the input is not linear."""
    _refuse_shapes(recorder, one, other)
    value, factor = (one, other) if isinstance(one, Value) else (other, one)
    if isinstance(factor, Value) or (target in QUOTIENTS and value is other):
        raise Unsupported("cannot propagate through a product or quotient of values that depend on the input")
    return recorder.add(scaling(1 / factor if target in QUOTIENTS else factor, 0.0), value)


def _refuse_shapes(recorder: Recorder, *given: Any) -> None:
    if any(isinstance(value, Value) and recorder.is_shape(value) for value in given):
        raise Unsupported("cannot calculate with a number or a tensor that depends on the shape of the input")


def _method(name: str) -> Callable[..., Any]:
    def call(of: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(of, "reshape" if name == "view" else name)(*args, **kwargs)

    return call


def _values(given: Any) -> Iterator[Value]:
    if isinstance(given, Value):
        yield given
    elif isinstance(given, slice):
        yield from _values([given.start, given.stop, given.step])
    elif isinstance(given, (list, tuple, Mapping)):
        for item in given.values() if isinstance(given, Mapping) else given:
            yield from _values(item)


def _filled(call: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the call as a function of its values alone, in the order of ``_values``."""

    def of_values(*values: Any) -> Any:
        left = iter(values)
        return call(*_put(args, left), **_put(kwargs, left))

    return of_values


def _put(given: Any, left: Iterator[Any]) -> Any:
    if isinstance(given, Value):
        return next(left)
    if isinstance(given, slice):
        return slice(*(_put(part, left) for part in (given.start, given.stop, given.step)))
    if isinstance(given, Mapping):
        return {name: _put(item, left) for name, item in given.items()}
    if isinstance(given, (list, tuple)):
        filled = [_put(item, left) for item in given]
        return tuple(filled) if isinstance(given, tuple) else filled
    return given
