"""How self-attention is drawn: its sizes, heads, mask and form of code."""

from itertools import accumulate
from math import prod

from ..networks import Attention, Branch, Residual, Shape
from ..networks.layers import frozen
from .draws import Layout
from .slot_reader import LAYOUT, SLOT, SlotReader

ATTENTION = Layout("self-attention", SLOT, LAYOUT)
KEYS = ATTENTION.among("keys", 1, {1: 128, 4: 64, 2: 64})
VALUES = ATTENTION.among("values", 2, {1: 96, 2: 96, 3: 64})
IN_SUM = ATTENTION.chance("in a residual sum", 3, 128)
TWO_HEADS = ATTENTION.chance("two heads, each with so many keys and values", 4, 96)
CAUSAL = ATTENTION.chance("behind a causal mask", 5, 80)
FORM = ATTENTION.among("code", 6, {"plain": 96, "fused": 48, "square": 64, "module": 48})
"""As a module, or such that it could be one, it has as many keys and values as a token has numbers."""
MOST_TOKENS, LONGEST_TOKEN = 3, 4


def attention(read: SlotReader, shape: Shape) -> Branch:
    """Return self-attention on a few short tokens, alone or in a residual sum; nothing where it does not fit."""
    if len(shape) != 2 or shape[0] > MOST_TOKENS or shape[1] > LONGEST_TOKEN:
        return ()
    size, heads = shape[1], 1 + read(TWO_HEADS)
    form = read(FORM)
    if form in ("square", "module"):
        heads = heads if size % heads == 0 else 1
        keys = values = size
    else:
        keys, values = heads * read(KEYS), heads * read(VALUES)
    written = form if form != "square" and "styles" in read.family.items else "plain"
    sizes = ((keys, size), (keys, size), (values, size), (size, values))
    starts = (0, *accumulate(map(prod, sizes)))
    query, key, value, out = (frozen(read.weights(sides, start)) for sides, start in zip(sizes, starts, strict=False))
    own = Attention(query, key, value, out, heads, is_causal=read(CAUSAL), written=written)
    return (Residual(((own,), ())),) if read(IN_SUM) and "residual" in read.family.items else (own,)
