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
    MATRIX_PRODUCTS,
    NEGATIONS,
    PRODUCTS,
    QUOTIENTS,
    SHAPELY,
    SHAPES,
    SUMS,
    TURNED,
    VIEWS,
)
from .operations import Product, Rearrangement, Shape
from .recorder import Recorder, Value

KNOWN = "affine layers, ReLU and its kin, max pools, sums and concatenations are known"


def record_call(recorder: Recorder, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Note a call of ``target``, a function or the name of a method; return its value, or a constant."""
    call = _method(target) if isinstance(target, str) else target
    values = list(_values([args, kwargs]))
    if not values:
        return call(*args, **kwargs)
    attribute = args[1] if target is getattr else ""
    if target in SHAPES or attribute in SHAPELY or all(map(recorder.is_shape, values)):
        return recorder.add(Shape(_of_values(call, args, kwargs)), *values)
    if target in VIEWS | COPIES or attribute in TURNED:
        return recorder.add(Rearrangement(_of_values(call, args, kwargs), target not in COPIES), *values)
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
        if target in MATRIX_PRODUCTS and len(values) == len(args) == 2:
            return recorder.add(Product("matrix product", torch.matmul), *values)
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
        return recorder.add(summing(1.0, sign * alpha), recorder.add(Rearrangement(_stacked), one, other))
    if isinstance(one, Value):
        return recorder.add(scaling(1.0, sign * alpha * other), one)
    return recorder.add(scaling(sign * alpha, one), other)


def _stacked(*values: Tensor) -> Tensor:
    return torch.stack(torch.broadcast_tensors(*values), 1)  # type: ignore[no-untyped-call]


def _scaled(recorder: Recorder, target: Any, one: Any, other: Any = -1.0) -> Value:
    """Products with constants; one of two values that depend on the input is not linear."""
    _refuse_shapes(recorder, one, other)
    value, factor = (one, other) if isinstance(one, Value) else (other, one)
    if isinstance(factor, Value) and target in PRODUCTS:
        return recorder.add(Product("product", torch.mul), one, other)
    if isinstance(factor, Value) or (target in QUOTIENTS and value is other):
        raise Unsupported("cannot propagate through a quotient of values that depend on the input")
    return recorder.add(scaling(1 / factor if target in QUOTIENTS else factor, 0.0), value)


def _refuse_shapes(recorder: Recorder, *terms: Any) -> None:
    if any(isinstance(value, Value) and recorder.is_shape(value) for value in terms):
        raise Unsupported("cannot calculate with a number or a tensor that depends on the shape of the input")


def _method(name: str) -> Callable[..., Any]:
    def call(of: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(of, "reshape" if name == "view" else name)(*args, **kwargs)

    return call


def _values(arguments: Any) -> Iterator[Value]:
    if isinstance(arguments, Value):
        yield arguments
    elif isinstance(arguments, slice):
        yield from _values([arguments.start, arguments.stop, arguments.step])
    elif isinstance(arguments, (list, tuple, Mapping)):
        for item in arguments.values() if isinstance(arguments, Mapping) else arguments:
            yield from _values(item)


def _of_values(call: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the call as a function of its values alone, in the order of ``_values``."""

    def function(*values: Any) -> Any:
        left = iter(values)
        return call(*_put(args, left), **_put(kwargs, left))

    return function


def _put(arguments: Any, left: Iterator[Any]) -> Any:
    if isinstance(arguments, Value):
        return next(left)
    if isinstance(arguments, slice):
        return slice(*(_put(part, left) for part in (arguments.start, arguments.stop, arguments.step)))
    if isinstance(arguments, Mapping):
        return {name: _put(item, left) for name, item in arguments.items()}
    if isinstance(arguments, (list, tuple)):
        items = [_put(item, left) for item in arguments]
        return tuple(items) if isinstance(arguments, tuple) else items
    return arguments
