"""Twins: the model with some of its modules exchanged, held to its outputs before anybody is asked about it."""

import copy
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeVar

import numpy as np
import torch
from torch import nn

from ..axioms.arithmetic import ROUNDING
from ..networks import Array, AxiomcheckError, DoesNotApply, Vector
from ..networks.layers import frozen
from ..networks.reading.tracing import sharing_tensors
from .channel_set import Channels
from .channels import channels_of
from .exchange import Exchange
from .exchanges import EXCHANGES
from .model import Model
from .wired import wired_model
from .wirings import Wiring

K = TypeVar("K", bound=Hashable)
KEPT = 16
"""How many models with a wiring are kept: there are as many as numbers that are drawn."""
NUMBERS = 2**27
"""How many weights the twins that are kept may have in all."""


class ExchangeMoved(RuntimeError):
    """An exchange that provably keeps the function moved the output by more than rounding: a bug of axiomcheck."""


@dataclass
class Twins:
    """The twins of a model, and what is wired to it, each made once, and tried on ``data`` (N, d)."""

    model: Model
    data: Array
    _known: dict[tuple[Exchange, ...], Model | str] = field(default_factory=dict)
    _wired: dict[tuple[Wiring, int], Model | str] = field(default_factory=dict)

    def of(self, exchanges: Sequence[Exchange]) -> Model:
        """Return the model with modules exchanged, one after the other; ``DoesNotApply`` where one cannot be.

        ``ExchangeMoved`` where the output moves although nothing can be at fault but the exchange.
        """
        key = tuple(exchanges)
        if key not in self._known:
            _forget(self._known, self._held)
        return _once(self._known, key, lambda: self._made(key))

    @cached_property
    def _held(self) -> int:
        """How many twins are kept: a twin may have all weights anew."""
        return max(2, NUMBERS // max(1, sum(p.numel() for p in self.model.reference.parameters())))

    def wired(self, wiring: Wiring, target: int) -> Model:
        """Return the model with a wiring, made for a target; ``DoesNotApply`` where it has none."""
        if (wiring, target) not in self._wired:
            _forget(self._wired, min(KEPT, self._held))
        return _once(self._wired, (wiring, target), lambda: wired_model(self.model, self.data, wiring, target))

    def wires(self, wiring: Wiring, target: int) -> bool:
        """Return whether the model has a wiring."""
        try:
            self.wired(wiring, target)
        except DoesNotApply:
            return False
        return True

    def applies(self, exchange: Exchange) -> bool:
        """Return whether an exchange can be made."""
        try:
            self.of((exchange,))
        except DoesNotApply:
            return False
        return True

    @cached_property
    def places(self) -> dict[str, list[str]]:
        """The places at which an exchange of each kind may apply, of kinds that have some."""
        found = {name: kind.places(self.model.reference, self.channels.sets) for name, kind in EXCHANGES.items()}
        return {name: places for name, places in found.items() if places}

    @cached_property
    def channels(self) -> Channels:
        """The sets of hidden channels, where torch.fx can trace the model."""
        return channels_of(self.model.reference, self.model.shape)

    def drawn(self, only: str = "") -> list[str]:
        """Return the kinds that are drawn, or the ``only`` one that is asked for, if there are places for them."""
        return [name for name in self.places if name == only or (not only and EXCHANGES[name].is_drawn)]

    def tails(self) -> Iterator[tuple[str, "Twins", Callable[[Vector], Vector]]]:
        """Yield for the parts of a chain, the last first, the rest from there on, and what maps inputs to what arrives.

        A chain is a Sequential, or a model whose children run one after the other. The whole model comes last, by the
        name of its first part.
        """
        parts = chain_of(self.model, self.data)
        for number in range(len(parts) - 1, -1, -1):
            names, modules = zip(*parts, strict=True)
            below, rest = nn.Sequential(*modules[:number]), nn.Sequential(*modules[number:])
            head = Model(below, self.model.shape, 0, 0.0)
            arriving = partial(_arriving, head)
            with torch.no_grad():
                shape = tuple(below(torch.from_numpy(self.data).reshape(-1, *self.model.shape)).shape[1:])
            data = np.array([arriving(x) for x in frozen(self.data)])
            yield names[number], Twins(Model(rest, shape, self.model.out_features, self.model.lost), data), arriving

    def _made(self, exchanges: tuple[Exchange, ...]) -> Model:
        module, excused = sharing_tensors(self.model.reference), False
        for exchange in exchanges:
            kind = EXCHANGES[exchange.name]
            excused |= kind.may_move(module, exchange.place) or exchange.place not in self.places.get(exchange.name, ())
            kind.apply(module, exchange.place, exchange.amount)
        twin = Model(module, self.model.shape, self.model.out_features, self.model.lost)
        names = ", ".join(map(str, exchanges))
        try:
            difference = float(np.abs(twin.outputs(self.data) - self._outputs).max())
        except (RuntimeError, AttributeError, TypeError, ValueError) as error:
            raise DoesNotApply(f"the model does not run with {names}: {error}") from error
        if not difference <= self.allowed:
            if excused:
                raise DoesNotApply(f"something else reads what {names} changes")
            raise ExchangeMoved(f"{names} moves the output by {difference:.3g}, where {self.allowed:.3g} is rounding")
        return twin

    @cached_property
    def allowed(self) -> float:
        """By how much an output may move: the share of all that is added up that rounding may lose."""
        return ROUNDING["float64"] * max(self.model.lost, float(np.abs(self._outputs).max()))

    @cached_property
    def _outputs(self) -> Array:
        """The outputs (N, K) of the model itself on the data."""
        return self.model.outputs(self.data)


def _forget(known: dict[K, Model | str], kept: int) -> None:
    """Drop the models that were made first, but for one less than are kept; why there is none stays known."""
    made = [key for key, value in known.items() if isinstance(value, Model)]
    for key in made[: max(0, len(made) - kept + 1)]:
        del known[key]


def _once(known: dict[K, Model | str], key: K, make: Callable[[], Model]) -> Model:
    """Return what is known under a key, made if it is not; ``DoesNotApply`` if it cannot be."""
    if key not in known:
        try:
            known[key] = make()
        except DoesNotApply as reason:
            known[key] = str(reason)
    found = known[key]
    if isinstance(found, str):
        raise DoesNotApply(found)
    return found


def _arriving(head: Model, x: Vector) -> Vector:
    arriving: Vector = frozen(head.outputs(np.array([x])).reshape(-1))
    return arriving


def chain_of(model: Model, data: Array) -> list[tuple[str, nn.Module]]:
    """Return the parts, by their paths, that give a model's outputs if they run one after the other; none if not so."""
    parts = [(name, module) for name, module in model.reference.named_children()]
    while any(type(module) is nn.Sequential for _, module in parts):
        parts = [
            (f"{name}.{inner}" if inner else name, part)
            for name, module in parts
            for inner, part in (module.named_children() if type(module) is nn.Sequential else [("", module)])
        ]
    chain = nn.Sequential(*(module for _, module in parts))
    try:
        outputs = Model(chain, model.shape, model.out_features, 0.0).outputs(data)
    except (RuntimeError, TypeError, ValueError, AttributeError, NotImplementedError, AxiomcheckError):
        return []
    return parts if np.array_equal(outputs, model.outputs(data)) else []


def exchanged(module: nn.Module, exchanges: Sequence[tuple[str, str, int]]) -> nn.Module:
    """Return a copy of a module in float64 with exchanges (name, place, amount) made, for scripts."""
    copied = copy.deepcopy(module).double().eval().requires_grad_(False)
    for name, place, amount in exchanges:
        EXCHANGES[name].apply(copied, place, amount)
    return copied
