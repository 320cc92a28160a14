"""Exchanges of the hidden channels of a model: in another order, or with more of them, in all layers that they are in.

The place is a set of channels as ``channels`` finds it in the graph of torch.fx, ``writers,norms>readers``.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from ...networks import DoesNotApply
from ..channel_set import ChannelSet
from .affine import is_affine, of, with_weights
from .exchange import Kind, module_at, put, unhooked
from .norms import is_norm

DEAD = -1
"""In place of the channel that is copied: none, one of zeros."""


@dataclass(frozen=True)
class Mixture:
    """New channels: each a copy of one of the ``sources``, read as ``shares`` (old, new) times the old weights say.

    ``beside`` (new,) is added to every weight that reads.
    """

    sources: list[int]
    shares: Tensor
    beside: Tensor


class ChannelKind(Kind):
    """A kind that changes the channels of a set."""

    def places(self, model: nn.Module, sets: Sequence[ChannelSet]) -> list[str]:  # noqa: ARG002
        """Return the sets."""
        return [found.place for found in sets if self.fits(found)]

    def fits(self, found: ChannelSet) -> bool:  # noqa: ARG002
        """Return whether the kind is for a set."""
        return True

    def apply(self, model: nn.Module, place: str, amount: int) -> None:
        """Change all layers that the channels are in."""
        writing, _, reading = place.partition(">")
        writers, readers = ([(path, module_at(model, path)) for path in s.split(",")] for s in (writing, reading))
        if not all(is_affine(m) or is_norm(m) for _, m in writers) or not all(is_affine(m) for _, m in readers):
            raise DoesNotApply(f"{self.name} does not apply at {place}")
        count = len(of(writers[0][1])[0])
        if count < 2:
            raise DoesNotApply(f"{self.name} needs two channels, and {writers[0][0]} has one")
        mixture = self.mixture(count, amount)
        with torch.no_grad():
            for path, module in writers:
                put(model, path, _written(module, mixture, count).requires_grad_(False))
            for path, module in readers:
                put(model, path, _read(module, mixture, count).requires_grad_(False))

    @abstractmethod
    def mixture(self, count: int, amount: int) -> Mixture:
        """Return what becomes of so many channels."""


class PermuteChannels(ChannelKind):
    """Channels in another order."""

    name: ClassVar[str] = "permute-channels"

    def mixture(self, count: int, amount: int) -> Mixture:
        """Return the channels moved on by some places, the last ones to the front."""
        order = [(channel + 1 + amount % (count - 1)) % count for channel in range(count)]
        return Mixture(order, _eye(count)[:, order], torch.zeros(count, dtype=torch.float64))


class SplitChannel(ChannelKind):
    """A channel twice, of which the weights that read it take one a share, the other the rest."""

    name: ClassVar[str] = "split-channel"

    def mixture(self, count: int, amount: int) -> Mixture:
        """Return the channels with a copy of one at the end."""
        channel, share = amount % count, (0.5, 0.25, 0.75)[amount // 8 % 3]
        shares = torch.cat([_eye(count), _eye(count)[:, [channel]] * (1 - share)], 1)
        shares[channel, channel] = share
        return Mixture([*range(count), channel], shares, torch.zeros(count + 1, dtype=torch.float64))


class CancellingChannels(ChannelKind):
    """Two more copies of a channel, one of which is added and the other taken away."""

    name: ClassVar[str] = "cancelling-channels"

    def mixture(self, count: int, amount: int) -> Mixture:
        """Return the channels with both copies at the end."""
        shares = torch.cat([_eye(count), torch.zeros(count, 2, dtype=torch.float64)], 1)
        beside = torch.zeros(count + 2, dtype=torch.float64)
        beside[-2], beside[-1] = (v := 2.0 ** -(amount // 8 % 3)), -v
        return Mixture([*range(count), *2 * [amount % count]], shares, beside)


class DeadChannel(ChannelKind):
    """One more channel, which is never above 0 before it is rectified."""

    name: ClassVar[str] = "dead-channel"

    def fits(self, found: ChannelSet) -> bool:
        """Return whether all that reads it does so behind a ReLU."""
        return found.may_die

    def mixture(self, count: int, amount: int) -> Mixture:
        """Return the channels with the dead one at the end."""
        shares = torch.cat([_eye(count), torch.zeros(count, 1, dtype=torch.float64)], 1)
        beside = torch.zeros(count + 1, dtype=torch.float64)
        beside[-1] = 2.0 ** -(amount % 3)
        return Mixture([*range(count), DEAD], shares, beside)


def _eye(count: int) -> Tensor:
    return torch.eye(count, dtype=torch.float64)


def _written(module: nn.Module, mixture: Mixture, count: int) -> nn.Module:
    """Return a layer, or a norm, that gives the new channels."""
    if is_norm(module):
        return _scaled(module, mixture, count)
    weight, bias, _ = of(module)
    rows = _chosen(weight, mixture.sources, count, 0.0)
    if bias is None and DEAD not in mixture.sources:
        return with_weights(module, rows, None)
    constants = torch.zeros(count, dtype=weight.dtype) if bias is None else bias
    return with_weights(module, rows, _chosen(constants, mixture.sources, count, -1.0))


def _scaled(module: nn.Module, mixture: Mixture, count: int) -> nn.Module:
    """Return a batch norm of the new channels, which leaves the sign of a dead one as it is."""
    made: Any = unhooked(module)
    dead = {"running_mean": 0.0, "running_var": 1.0, "weight": 1.0, "bias": 0.0}
    for name, value in dead.items():
        tensor = getattr(made, name)
        if tensor is not None:
            chosen = _chosen(tensor.detach(), mixture.sources, count, value)
            setattr(made, name, nn.Parameter(chosen) if name in ("weight", "bias") else chosen)
    made.num_features = len(made.running_mean)
    result: nn.Module = made
    return result


def _chosen(rows: Tensor, sources: list[int], count: int, dead: float) -> Tensor:
    """Return the rows of channels in their new order; of a channel there may be several rows side by side."""
    grouped = rows.reshape(count, -1, *rows.shape[1:])
    chosen = torch.stack([torch.full_like(grouped[0], dead) if s == DEAD else grouped[s] for s in sources])
    return chosen.reshape(-1, *rows.shape[1:])


def _read(module: nn.Module, mixture: Mixture, count: int) -> nn.Module:
    """Return a layer that makes of the new channels what it has made of the old ones."""
    weight, bias, _ = of(module)
    grouped = weight.reshape(len(weight), count, -1)
    columns = torch.einsum("ocr,cn->onr", grouped, mixture.shares) + mixture.beside[:, None]
    made: Any = with_weights(module, columns.reshape(len(weight), -1, *weight.shape[2:]), bias)
    for name in ("in_features", "in_channels"):
        if hasattr(made, name):
            setattr(made, name, made.weight.shape[1])
    result: nn.Module = made
    return result
