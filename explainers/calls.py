"""Calls of functions and methods, as nodes of a graph."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from .builders import scaling, summing
from .functions import COMPARISONS, FUNCTIONS, NEGATIONS, PASSING, PRODUCTS, QUOTIENTS, SHAPES, SUMS
from .operations import Passing, Shape
from .protocol import Unsupported
from .recorder import Recorder, Value

KNOWN = "affine layers, ReLU and its kin, max pools, sums and concatenations are known"


def called(recorder: Recorder, target: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Note a call of ``target``, a function or the name of a method; return its value, or a constant."""
    call = _method(target) if isinstance(target, str) else target
    values = list(_values([args, kwargs]))
    if not values:
        return call(*args, **kwargs)
    if target in SHAPES or all(map(recorder.is_shape, values)):
        return recorder.add(Shape(_filled(call, args, kwargs)), *values)
    if target in PASSING:
        return recorder.add(Passing(_filled(call, args, kwargs)), *values)
    first, *rest = args or (kwargs["input"],)
    options = {name: option for name, option in kwargs.items() if name != "input"}
    if target in SUMS:
        return _sum(recorder, SUMS[target], first, *rest, **options)
    if target in PRODUCTS | QUOTIENTS | NEGATIONS:
        return _scaled(recorder, target, first, *rest)
    return _layer(recorder, target, values, rest, options)


def _layer(recorder: Recorder, target: Any, values: list[Value], rest: Sequence[Any], options: dict[str, Any]) -> Value:
    name = str(getattr(target, "__name__", target))
    if name in COMPARISONS:
        raise Unsupported("cannot propagate through a comparison of values that depend on the input")
    if target not in FUNCTIONS or len(values) > 1:
        raise Unsupported(f"cannot propagate through {name!r}; {KNOWN}")
    try:
        operation = FUNCTIONS[target](*rest, **options)
    except TypeError as error:
        raise Unsupported(f"cannot propagate through {name!r} with such arguments: {error}") from error
    return recorder.add(operation, values[0])


def _sum(recorder: Recorder, sign: float, one: Any, other: Any, alpha: float = 1.0) -> Value:
    """Two values are stacked, so that their sum is an affine layer of weights ±1 like any other."""
    if isinstance(one, Value) and isinstance(other, Value):
        return recorder.add(summing(1.0, sign * alpha), recorder.add(Passing(_stacked), one, other))
    if isinstance(one, Value):
        return recorder.add(scaling(1.0, sign * alpha * other), one)
    return recorder.add(scaling(sign * alpha, one), other)


def _stacked(*values: Tensor) -> Tensor:
    return torch.stack(torch.broadcast_tensors(*values), 1)  # type: ignore[no-untyped-call]


def _scaled(recorder: Recorder, target: Any, one: Any, other: Any = -1.0) -> Value:
    """Products with constants; one of two values that depend on the input is not linear."""
    value, factor = (one, other) if isinstance(one, Value) else (other, one)
    if isinstance(factor, Value) or (target in QUOTIENTS and value is other):
        raise Unsupported("cannot propagate through a product or quotient of values that depend on the input")
    return recorder.add(scaling(1 / factor if target in QUOTIENTS else factor, 0.0), value)


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
