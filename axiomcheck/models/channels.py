"""Channels that go together: which layers compute a set of hidden channels, which norms scale it, and which read it.

Channels flow through whatever computes each from itself alone; where two sets are added they are one, as on the main
line of a residual network. A set is *pinned* where anything else sees it: the output, an operation that is not known, a
layer that is used twice. What is left can be permuted, and can have more channels.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from torch import fx, nn

from ..networks import Shape
from .channel_operations import JOINS, POOLS, UNITWISE, Dead, asks_batch, effect, flattens, is_mean_of_places, joined
from .channel_set import Channels, ChannelSet
from .exchanges.affine import is_affine, is_convolution
from .exchanges.exchange import is_plain
from .exchanges.norms import is_norm
from .tracing import Traced, Untraceable, traced


@dataclass(frozen=True)
class _Flow:
    """The channels of a value: the set, how many numbers of each lie side by side, and what a dead one is here."""

    number: int
    repeats: int
    dead: Dead


@dataclass
class _Members:
    """The layers of a set."""

    writers: list[str] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    is_pinned: bool = False
    may_die: bool = True

    def take(self, other: "_Members") -> None:
        """Make the layers of another set members of this one."""
        for name in ("writers", "norms", "readers"):
            getattr(self, name).extend(getattr(other, name))
        self.is_pinned |= other.is_pinned
        self.may_die &= other.may_die


def channels_of(model: nn.Module, shape: Shape) -> Channels:
    """Return the sets of hidden channels of a model in float64 that nothing pins, or why they are not known."""
    try:
        graph = traced(model, shape)
    except Untraceable as error:
        return Channels(reason=f"torch.fx cannot trace the model ({error})")
    sets = _Reading(graph).sets()
    reason = "" if sets else "there are no two layers with only unitwise operations between them"
    return Channels(sets, reason)


class _Reading:
    """A graph, read from its input to its output."""

    def __init__(self, graph: Traced) -> None:
        self.graph = graph
        self.flows: dict[fx.Node, _Flow] = {}
        self.members: list[_Members] = []
        self.parents: list[int] = []
        self.alone = _used_once(graph)
        for node in graph.nodes:
            self._read(node)

    def sets(self) -> tuple[ChannelSet, ...]:
        """Return the sets that are not pinned, and are both computed and read."""
        roots = [m for number, m in enumerate(self.members) if self.parents[number] == number and not m.is_pinned]
        return tuple(
            ChannelSet(tuple(m.writers), tuple(m.norms), tuple(m.readers), m.may_die)
            for m in roots
            if m.writers and m.readers
        )

    def _read(self, node: fx.Node) -> None:
        if node.op == "call_module":
            flow = self._layer(node, str(node.target), self.graph.modules[str(node.target)])
        else:
            flow = None if node.op in ("placeholder", "get_attr", "output") else self._passed(node, node.target, None)
        if flow is not None:
            self.flows[node] = flow
        elif not asks_batch(node):
            self._pin(node)

    def _layer(self, node: fx.Node, path: str, module: nn.Module) -> _Flow | None:
        """Return the flow behind a module; a layer reads one set, and computes another."""
        if not is_plain(module, type(module)):
            return None
        if (is_affine(module) or is_norm(module)) and path not in self.alone:
            return None
        if is_affine(module):
            return self._affine(node, path, module)
        if is_norm(module):
            flow = self._entering(node)
            if flow is not None:
                self._of(flow).norms.append(path)
            return flow
        return self._passed(node, type(module), module)

    def _affine(self, node: fx.Node, path: str, module: Any) -> _Flow | None:
        axes = len(module.kernel_size) if is_convolution(module) else 0
        if len(self.graph.shapes[node]) != axes + 2 or getattr(module, "groups", 1) != 1:
            return None
        flow = self._entering(node)
        if flow is not None:
            read = self._of(flow)
            read.readers.append(path)
            read.may_die &= flow.dead is Dead.ZERO
        self.parents.append(len(self.parents))
        self.members.append(_Members(writers=[path]))
        return _Flow(len(self.parents) - 1, 1, Dead.AT_MOST_ZERO)

    def _passed(self, node: fx.Node, kind: Any, module: nn.Module | None) -> _Flow | None:
        """Return the flow behind what computes each channel from itself alone; None behind all else."""
        flow, shape = self._entering(node), self.graph.shapes.get(node, ())
        if kind in JOINS:
            return self._joined(node, kind)
        if flow is None or len(node.all_input_nodes) != 1 + (kind in ("view", "reshape")):
            return None
        before = self.graph.shapes[node.all_input_nodes[0]]
        if kind in UNITWISE:
            return replace(flow, dead=effect(kind, node)(flow.dead))
        if kind in POOLS and not getattr(module, "return_indices", node.kwargs.get("return_indices", False)):
            return flow if len(before) == POOLS[kind] + 2 else None
        if flattens(node, kind, module, (before, shape)):
            return replace(flow, repeats=flow.repeats * prod(before[2:]))
        return flow if is_mean_of_places(node, before) else None

    def _joined(self, node: fx.Node, kind: Any) -> _Flow | None:
        flows = [self.flows.get(source) for source in node.all_input_nodes]
        shapes = [self.graph.shapes.get(source, ()) for source in node.all_input_nodes]
        if len(flows) == 1 and flows[0] is not None and not node.kwargs:
            return replace(flows[0], dead=Dead.UNKNOWN)
        if (
            len(flows) != 2
            or node.kwargs
            or len({shape[1:2] for shape in shapes}) > 1
            or len(set(map(len, shapes))) > 1
        ):
            return None
        one, other = flows
        if one is None or other is None or one.repeats != other.repeats:
            return None
        root, second = self._root(one.number), self._root(other.number)
        if root != second:
            self.members[root].take(self.members[second])
            self.parents[second] = root
        return replace(one, number=root, dead=joined(kind, one.dead, other.dead))

    def _pin(self, node: fx.Node) -> None:
        for source in node.all_input_nodes:
            if source in self.flows:
                self._of(self.flows[source]).is_pinned = True

    def _entering(self, node: fx.Node) -> _Flow | None:
        return self.flows.get(node.all_input_nodes[0]) if node.all_input_nodes else None

    def _of(self, flow: _Flow) -> _Members:
        return self.members[self._root(flow.number)]

    def _root(self, number: int) -> int:
        while self.parents[number] != number:
            number = self.parents[number]
        return number


def _used_once(graph: Traced) -> set[str]:
    """Return the paths of modules that run once, and whose weights nothing else has or asks for."""
    calls = Counter(str(node.target) for node in graph.nodes if node.op == "call_module")
    asked = {str(node.target).rpartition(".")[0] for node in graph.nodes if node.op == "get_attr"}
    owners = Counter(id(weight) for module in graph.modules.values() for weight in module._parameters.values())  # noqa: SLF001
    return {
        path
        for path, count in calls.items()
        if count == 1
        and path not in asked
        and all(owners[id(w)] == 1 for w in graph.modules[path]._parameters.values() if w is not None)  # noqa: SLF001
    }
