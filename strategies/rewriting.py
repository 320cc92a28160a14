"""Which rewrites a block of bytes stands for, on a given network."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from ..networks import REWRITES, DoesNotApply, Family, Network, Rewrite, Twin
from .codec import REWRITES as START
from .codec import bias_value

SHARES = (0.5, 0.25, 0.75)
FACTORS = (2.0, 0.5, 4.0, 0.25)
VALUES = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5)


def draw_twin(
    block: bytes, network: Network, family: Family, kinds: Sequence[str] = tuple(REWRITES), count: int | None = None
) -> Twin:
    """Return ``network``, changed a little if the first rewrite asks for it, with one or two rewrites of ``kinds``.

    Both networks are in ``family``; where no rewrite applies, the twin has none.
    """
    if count is None:
        count = 1 + (block[START] >= 176)
    twin = Twin(network, ())
    for number in range(count):
        chosen = block[START + 1 + 7 * number : START + 8 + 7 * number]
        twin = _extended(twin, chosen, family, kinds)
    return twin


def _extended(twin: Twin, block: bytes, family: Family, kinds: Sequence[str]) -> Twin:
    """Add the first rewrite that applies, going through kinds and layers from where the block points."""
    layers = len(twin.rewritten.linears)
    for step in range(len(kinds)):
        kind = REWRITES[kinds[(block[0] + step) % len(kinds)]]
        for shift in range(layers + 1):
            try:
                return _with_rewrite(twin, kind, (block[1] + shift) % (layers + 1), block, family)
            except DoesNotApply:
                continue
    return twin


def _with_rewrite(twin: Twin, kind: type[Rewrite], layer: int, block: bytes, family: Family) -> Twin:
    rewrite = _instance(kind, twin.rewritten, layer, block, family)
    network = twin.network if twin.rewrites else rewrite.plant(twin.network)
    extended = replace(twin, network=network, rewrites=(*twin.rewrites, rewrite))
    if extended.rewritten in (twin.rewritten, network):
        raise DoesNotApply(f"{kind.name} changes nothing here")
    if extended.network not in family or extended.rewritten not in family:
        raise DoesNotApply(f"{kind.name} leaves the family {family}")
    return extended


def _instance(kind: type[Rewrite], network: Network, layer: int, block: bytes, family: Family) -> Rewrite:
    """Fill the fields of a rewrite by their names."""
    pools = {"share": SHARES, "factor": FACTORS, "value": VALUES, "weight": VALUES, "amount": VALUES}
    arguments: dict[str, Any] = {}
    for field, byte in zip(fields(kind)[1:], block[2:], strict=False):
        if field.name in kind.sites:
            arguments[field.name] = byte % _units(network, layer + kind.sites[field.name])
        elif field.name == "bias":
            arguments["bias"] = bias_value(byte, family)
        else:
            arguments[field.name] = pools[field.name][byte % len(pools[field.name])]
    return kind(layer, **arguments)


def _units(network: Network, layer: int) -> int:
    if layer < 0:
        return network.in_features
    if layer >= len(network.linears):
        raise DoesNotApply(f"the network has no layer {layer}")
    return network.linears[layer].out_features
