"""Models with a ``forward`` of their own: run once, with a proxy of torch.fx in place of the input."""

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from inspect import signature
from typing import Any

from torch import Tensor, fx, nn
from torch.fx.proxy import TracerBase

from ..protocol import Unsupported
from .functions import IN_PLACE
from .modules import MODULES, forward_of
from .recorder import Recorder, Value
from .trace_calls import record_call

Read = Callable[[nn.Module, Value], Value]


def trace(recorder: Recorder, module: nn.Module, value: Value, read: Read) -> Value:
    """Note what ``module`` does to ``value``; its layers are left to ``read``."""
    tracer = _Tracer(recorder, read)
    try:
        with tracer.reading_layers(), _same_attributes(module):
            result = module.forward(tracer.proxy(value))
    except Unsupported:
        raise
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Unsupported(f"{type(module).__name__}.forward cannot be traced: {reason}") from error
    if not isinstance(result, fx.Proxy):
        raise Unsupported(f"{type(module).__name__} does not return one tensor that depends on its input")
    return _plain(result)  # type: ignore[no-any-return]


class _Proxy(fx.Proxy):
    """A proxy that can tell ``a += b`` from ``a = a + b``: what else is a changes too."""

    def __iadd__(self, other: Any) -> Any:
        return self.tracer.create_proxy("call_function", operator.iadd, (self, other), {})

    def __isub__(self, other: Any) -> Any:
        return self.tracer.create_proxy("call_function", operator.isub, (self, other), {})

    def __imul__(self, other: Any) -> Any:
        return self.tracer.create_proxy("call_function", operator.imul, (self, other), {})

    def __itruediv__(self, other: Any) -> Any:
        return self.tracer.create_proxy("call_function", operator.itruediv, (self, other), {})


class _Tracer(TracerBase):
    """Notes what is done to a proxy at once, so that no graph of torch.fx is made: a proxy's node is its value.

    Such a graph, and what ``symbolic_trace`` patches for it, would take longer than the explanation of a small network.
    """

    def __init__(self, recorder: Recorder, read: Read) -> None:
        super().__init__()
        self.recorder, self.read = recorder, read
        self.proxies: list[fx.Proxy] = []
        self.graph = fx.Graph()  # proxies ask it how functions are called

    def proxy(self, value: Value) -> fx.Proxy:  # type: ignore[override]
        """Return what stands for a value while ``forward`` runs."""
        self.proxies.append(_Proxy(value, self))  # type: ignore[arg-type]
        return self.proxies[-1]

    def create_proxy(self, kind: str, target: Any, args: Any, kwargs: Any, *_: Any, **__: Any) -> Any:  # noqa: ARG002
        """Note a call of a function or, by its name, of a method."""
        arguments, options = _plain(args), _plain(kwargs)
        first = arguments[0] if arguments else options.get("input")
        changed = first if _is_in_place(target, arguments, options) else None
        return self._renew(record_call(self.recorder, target, arguments, options), changed)

    def to_bool(self, obj: fx.Proxy) -> bool:
        """Refuse branches, for the reason that what they ask has."""
        self._refuse_unknown(obj)
        return super().to_bool(obj)

    def iter(self, obj: fx.Proxy) -> Iterator[Any]:
        """Refuse to unpack, for the reason that what is unpacked has."""
        self._refuse_unknown(obj)
        return super().iter(obj)

    def _refuse_unknown(self, proxy: fx.Proxy) -> None:
        operation = self.recorder.origin(_plain(proxy))
        if operation is not None and operation.unreadable:
            raise Unsupported(operation.unreadable)

    @contextmanager
    def reading_layers(self) -> Iterator[None]:
        """Keep what layers do from being traced: they are read, and user-written modules gone into, without hooks."""
        original = nn.Module.__call__

        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            entering = [*args, *kwargs.values()]
            if not any(isinstance(one, fx.Proxy) for one in entering):
                return original(module, *args, **kwargs)
            if len(entering) > 1 or not _is_layer(module):
                return module.forward(*args, **kwargs)
            value = _plain(entering[0])
            return self._renew(self.read(module, value), value if getattr(module, "inplace", False) else None)

        nn.Module.__call__ = call  # type: ignore[method-assign]
        try:
            yield
        finally:
            nn.Module.__call__ = original  # type: ignore[method-assign]

    def _renew(self, result: Any, changed: Any) -> Any:
        """Return a result as proxy; what was ``changed`` in place is the result from now on, by whatever name.

        What else lies in its memory is no value that is known any more.
        """
        if not isinstance(result, Value):
            return result
        if isinstance(changed, Value) and changed != result:
            memory = self.recorder.memory(changed)
            for other in self.proxies:
                value = _plain(other)
                if value == changed:
                    other.node = result  # type: ignore[assignment]
                elif self.recorder.memory(value) == memory:
                    other.node = self.recorder.unknown(STALE, value)  # type: ignore[assignment]
        return self.proxy(result)


STALE = "cannot propagate through a tensor that was changed in place through a view of it, or the other way round"


def _is_in_place(target: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Return whether a call changes its first argument: by its name, or by the option for that."""
    name = str(getattr(target, "__name__", target))
    if target in IN_PLACE or (name.endswith("_") and not name.endswith("__")):
        return True
    place = _place_of_inplace(target)
    return bool(kwargs.get("inplace", place is not None and len(args) > place and args[place]))


@cache
def _place_of_inplace(target: Any) -> int | None:
    """Return the place of ``inplace`` among the arguments of a function, None if it has no such option."""
    try:
        return list(signature(target).parameters).index("inplace")
    except (TypeError, ValueError):
        return None


@contextmanager
def _same_attributes(model: nn.Module) -> Iterator[None]:
    """Put back what a ``forward`` stores in its modules, which would be proxies."""
    before = [(vars(module), dict(vars(module))) for module in model.modules() if not _is_layer(module)]
    try:
        yield
    finally:
        for now, then in before:
            now.clear()
            now.update(then)


def _is_layer(module: nn.Module) -> bool:
    """Return whether a module is of torch.nn, and no Sequential."""
    forward = forward_of(module)
    inherited = type(module).__module__.startswith("torch.nn.") and type(module) is not nn.Sequential
    return forward is not None and (forward in MODULES or inherited)


def _plain(arguments: Any) -> Any:
    """Return arguments with values in place of proxies, and parameters detached."""
    if isinstance(arguments, fx.Proxy):
        return arguments.node  # of a shape's attributes it is made when it is asked for
    if isinstance(arguments, Tensor):
        return arguments.detach()
    if isinstance(arguments, slice):
        return slice(_plain(arguments.start), _plain(arguments.stop), _plain(arguments.step))
    if isinstance(arguments, Mapping):
        return {name: _plain(item) for name, item in arguments.items()}
    if isinstance(arguments, (list, tuple)):
        return type(arguments)(map(_plain, arguments)) if type(arguments) in (list, tuple) else arguments
    return arguments
