"""Simpler rewrites: plain ones at every site, and one rewrite with simpler numbers."""

from collections.abc import Iterator
from dataclasses import fields, replace

from .dyadics import simpler
from .network import Network
from .rewrites import Rewrite
from .rewrites.layers import Factorise
from .rewrites.units import CancellingPair, Rescale


def plain_rewrites(network: Network) -> Iterator[Rewrite]:
    """Yield rewrites with simple numbers at every site of ``network``; not all of them apply."""
    for layer, linear in enumerate(network.linears):
        above = network.linears[layer + 1].out_features if layer + 1 < len(network.linears) else 0
        for source in range(linear.in_features):
            yield Factorise(layer, source)
            for out in range(above):
                yield from (CancellingPair(layer, source, weight, 0.0, out, 1.0) for weight in (1.0, -1.0))
        yield from (Rescale(layer, unit, 2.0) for unit in range(linear.out_features))


def simpler_rewrites(rewrite: Rewrite) -> Iterator[Rewrite]:
    """Yield ``rewrite`` with one of its numbers exchanged for a simpler one."""
    for field in fields(rewrite):
        value = getattr(rewrite, field.name)
        smaller = range(value) if isinstance(value, int) else simpler(value)
        yield from (replace(rewrite, **{field.name: candidate}) for candidate in smaller)  # type: ignore[arg-type]
