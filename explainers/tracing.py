"""Models with a ``forward`` of their own: run once, with a proxy of torch.fx in place of the input."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from torch import Tensor, fx, nn
from torch.fx.proxy import TracerBase

from .calls import called
from .modules import MODULES
from .protocol import Unsupported
from .recorder import Recorder, Value

Read = Callable[[nn.Module, Value], Value]


def traced(recorder: Recorder, module: nn.Module, value: Value, read: Read) -> Value:
    """Note what ``module`` does to ``value``; its layers are left to ``read``."""
    tracer = _Tracer(recorder, read)
    try:
        with tracer.reading_layers():
            result = module(tracer.proxy(value))
    except Unsupported:
        raise
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Unsupported(f"{type(module).__name__}.forward cannot be traced: {reason}") from error
    if not isinstance(result, fx.Proxy):
        raise Unsupported(f"{type(module).__name__} does not return one tensor that depends on its input")
    return _plain(result)  # type: ignore[no-any-return]


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
        self.proxies.append(fx.Proxy(value, self))  # type: ignore[arg-type]
        return self.proxies[-1]

    def create_proxy(self, kind: str, target: Any, args: Any, kwargs: Any, *_: Any, **__: Any) -> Any:  # noqa: ARG002
        """Note a call of a function or, by its name, of a method."""
        given, options = _plain(args), _plain(kwargs)
        name = str(getattr(target, "__name__", target))
        in_place = options.get("inplace", False) or (name.endswith("_") and not name.endswith("__"))
        return self._noted(called(self.recorder, target, given, options), given[0] if given and in_place else None)

    @contextmanager
    def reading_layers(self) -> Iterator[None]:
        """Keep what layers do from being traced: they are read, and user-written modules gone into."""
        original = nn.Module.__call__

        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            entering = [*args, *kwargs.values()][:1]
            if not _is_layer(module) or not isinstance(entering[0] if entering else None, fx.Proxy):
                return original(module, *args, **kwargs)
            value = _plain(entering[0])
            return self._noted(self.read(module, value), value if getattr(module, "inplace", False) else None)

        nn.Module.__call__ = call  # type: ignore[method-assign]
        try:
            yield
        finally:
            nn.Module.__call__ = original  # type: ignore[method-assign]

    def _noted(self, result: Any, changed: Any) -> Any:
        """Return a result as proxy; what was ``changed`` in place is the result from now on, by whatever name."""
        if not isinstance(result, Value):
            return result
        for other in self.proxies if isinstance(changed, Value) else ():
            if other.node == changed:
                other.node = result  # type: ignore[assignment]
        return self.proxy(result)


def _is_layer(module: nn.Module) -> bool:
    """Return whether a module is of torch.nn, and no Sequential."""
    kind = type(module)
    return kind.forward in MODULES or (kind.__module__.startswith("torch.nn.") and kind is not nn.Sequential)


def _plain(given: Any) -> Any:
    """Return arguments with values in place of proxies, and parameters detached."""
    if isinstance(given, fx.Proxy):
        return given.node
    if isinstance(given, Tensor):
        return given.detach()
    if isinstance(given, slice):
        return slice(_plain(given.start), _plain(given.stop), _plain(given.step))
    if isinstance(given, Mapping):
        return {name: _plain(item) for name, item in given.items()}
    if isinstance(given, (list, tuple)):
        return type(given)(map(_plain, given)) if type(given) in (list, tuple) else given
    return given
