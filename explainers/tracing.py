"""Models with a ``forward`` of their own, as torch.fx sees them."""

from collections.abc import Callable
from typing import Any

from torch import Tensor, fx, nn

from .calls import called
from .modules import MODULES
from .protocol import Unsupported
from .recorder import Recorder, Value

Read = Callable[[nn.Module, Value], Value]


def traced(recorder: Recorder, module: nn.Module, value: Value, read: Read) -> Value:
    """Note what ``module`` does to ``value``; its layers are left to ``read``."""
    tracer, alone = _Tracer(), _Alone(module)
    try:
        graph = tracer.trace(alone)
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise Unsupported(f"{type(module).__name__}.forward cannot be traced: {reason}") from error
    known: dict[fx.Node, Any] = {}
    for node in graph.nodes:
        if node.op == "placeholder":
            known[node] = value
        elif node.op == "get_attr":
            known[node] = _constant(alone, tracer, str(node.target))
        elif node.op == "output":
            return _only_value(module, fx.map_arg(node.args[0], known.__getitem__))
        else:
            known[node] = _noted(recorder, alone, node, known, read)
    raise AssertionError("a graph ends in its output")


def _noted(recorder: Recorder, root: nn.Module, node: fx.Node, known: dict[fx.Node, Any], read: Read) -> Any:
    args: Any = fx.map_arg(node.args, known.__getitem__)
    kwargs: Any = fx.map_arg(node.kwargs, known.__getitem__)
    if node.op == "call_module":
        layer = root.get_submodule(str(node.target))
        result: Any = read(layer, args[0] if args else next(iter(kwargs.values())))
        changed = getattr(layer, "inplace", False)
    else:
        result = called(recorder, node.target, args, kwargs)
        name = str(getattr(node.target, "__name__", node.target))
        changed = kwargs.get("inplace", False) or (name.endswith("_") and not name.endswith("__"))
    if changed and args:
        known.update((other, result) for other, old in known.items() if isinstance(old, Value) and old == args[0])
    return result


def _constant(root: nn.Module, tracer: "_Tracer", path: str) -> Any:
    if path in tracer.tensors:
        return tracer.tensors[path]
    owner, _, name = path.rpartition(".")
    value = getattr(root.get_submodule(owner), name)
    return value.detach() if isinstance(value, Tensor) else value


def _only_value(module: nn.Module, result: Any) -> Value:
    if not isinstance(result, Value):
        raise Unsupported(f"{type(module).__name__} does not return one tensor that depends on its input")
    return result


class _Alone(nn.Module):
    """A model behind a forward of one argument, so that others have their defaults."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner
        self.training = inner.training

    def forward(self, x: Tensor) -> Any:
        """Return what the model does."""
        return self.inner(x)


class _Tracer(fx.Tracer):
    """Goes into user-written modules, and writes nothing into them: fx would store tensors as attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tensors: dict[str, Tensor] = {}

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        """Return whether the module is a layer."""
        return type(m).forward in MODULES or super().is_leaf_module(m, module_qualified_name)

    def create_arg(self, a: Any) -> Any:
        """Give tensors a name of this tracer."""
        if not isinstance(a, Tensor):
            return super().create_arg(a)
        name = f"_tensor_{len(self.tensors)}"
        self.tensors[name] = a.detach()
        return self.create_node("get_attr", name, (), {})
