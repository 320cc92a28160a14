"""A set of hidden channels of a model, by the layers that it is in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChannelSet:
    """Channels that ``writers`` compute, ``norms`` scale, and ``readers`` alone read, each the path of a module.

    They ``may_die`` where each reader sees 0 in a channel whose writers give a constant of at most 0.
    """

    writers: tuple[str, ...]
    norms: tuple[str, ...]
    readers: tuple[str, ...]
    may_die: bool

    @property
    def place(self) -> str:
        """The set as a place of exchanges: ``writers,norms>readers``."""
        return f"{','.join((*self.writers, *self.norms))}>{','.join(self.readers)}"


@dataclass(frozen=True)
class Channels:
    """The sets of channels that are known of a model, or the ``reason`` why none are."""

    sets: tuple[ChannelSet, ...] = ()
    reason: str = ""
