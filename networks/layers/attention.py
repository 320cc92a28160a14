"""Self-attention of a few tokens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from ..errors import AxiomcheckError, UnknownName
from ..steps import Step
from .attention_code import Form
from .attention_steps import attention_steps
from .flatten import Flatten
from .item import Item
from .layer import Branch, Layer, require_fit
from .linear import Linear, Matrix
from .origin import Origin, Places, Shape
from .values import Vector

WAYS = ("plain", "fused", "module")
"""Written out, by ``scaled_dot_product_attention``, as ``nn.MultiheadAttention``."""


@dataclass(frozen=True)
class Attention(Layer):
    """``softmax(Q Kᵀ / √H) V outᵀ`` with ``Q = X queryᵀ`` and so on, for tokens X (T, D) (Vaswani et al. 2017).

    ``query`` and ``key`` are (H, D), ``value`` (E, D), ``out`` (O, E); what leaves is (T, O). Each of ``heads`` has
    H / heads keys and E / heads values in turn, and its own softmax, with H / heads under the root. With ``is_causal``
    a token sees those up to itself. ``key_bias`` (H,), if there is one, is added to all keys. ``written`` says how it
    stands in code.
    """

    query: Matrix
    key: Matrix
    value: Matrix
    out: Matrix
    heads: int = 1
    is_causal: bool = False
    key_bias: Vector = ()
    written: str = "plain"
    kind: ClassVar[str] = "attention"
    family_item: ClassVar[Item] = Item(
        "attention", "self-attention of up to three tokens", "attention", "there is attention", is_curved=True
    )
    is_homogeneous: ClassVar[bool] = False
    numeric: ClassVar[tuple[str, ...]] = ("query", "key", "value", "out", "key_bias")
    cost: ClassVar[int] = 6
    is_same_when_flat: ClassVar[bool] = False

    def __post_init__(self) -> None:
        query, key, value, out = (np.shape(part) for part in self.parts)
        if query != key or query[-1:] != value[-1:] or value[:1] != out[-1:] or len(query) != 2:
            sizes = f"query {query}, key {key}, value {value}, out {out}"
            raise AxiomcheckError(f"Expected matrices (H, D), (H, D), (E, D) and (O, E) but got {sizes}")
        if self.heads < 1 or query[0] % self.heads or value[0] % self.heads:
            counts = f"{self.heads} heads, {query[0]} keys and {value[0]} values"
            raise AxiomcheckError(f"Expected heads of as many keys and values each but got {counts}")
        if self.key_bias and len(self.key_bias) != query[0]:
            raise AxiomcheckError(f"Expected {query[0]} biases of keys, or none, but got {len(self.key_bias)}")
        if self.written not in WAYS:
            raise UnknownName("way to write attention", self.written, WAYS)
        if self.written == "module" and not self.fits_torch:
            raise AxiomcheckError("nn.MultiheadAttention has as many keys, values and outputs as inputs")

    @classmethod
    def ones(cls, size: int) -> "Attention":
        """Return the layer of tokens of ``size`` numbers with one key and one value, and weights of 1."""
        row, column = ((1.0,) * size,), ((1.0,),) * size
        return cls(row, row, row, column)

    @property
    def parts(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """The four matrices."""
        return self.query, self.key, self.value, self.out

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """D, H, E and O."""
        return len(self.query[0]), len(self.query), len(self.value), len(self.out)

    def shape_after(self, shape: Shape) -> Shape:
        """Return as many tokens of the size of the outputs."""
        size = self.sizes[0]
        fits = len(shape) == 2 and shape[1] == size
        require_fit(fits, self, shape, f"it reads tokens of {size} numbers")
        return (shape[0], len(self.out))

    @property
    def fits_torch(self) -> bool:
        """Whether ``nn.MultiheadAttention`` computes the same."""
        return len(set(self.sizes)) == 1

    @property
    def form(self) -> Form:
        """What its code depends on."""
        return Form(self.written, self.heads > 1, self.is_causal, bool(self.key_bias))

    @property
    def definition(self) -> str:  # type: ignore[override]
        """The Python of its class."""
        return self.form.definition

    def connections(self, shape: Shape) -> int:
        """Return the numbers in the matrices between its pairs of tokens."""
        tokens, (size, keys, values, outputs) = shape[0], self.sizes
        pairs, passed = tokens**2, tokens * values
        widths = tokens * size, 2 * pairs * keys + passed, self.heads * pairs + passed, 2 * pairs * values
        return sum(one * other for one, other in pairwise((*widths, tokens * outputs)))

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the pairs of queries and keys, their products, the scores and shares, and the same with values."""
        heads, is_causal, key_bias = self.heads, self.is_causal, self.key_bias
        return tuple(attention_steps(self.parts, shape[0], heads=heads, is_causal=is_causal, key_bias=key_bias))

    def constructor(self, shape: Shape) -> str:
        """Return ``Attention(D, H, E, O)``."""
        if self.written == "module":
            return f"{self.form.name}({self.sizes[0]}, {self.heads})"
        heads = (self.heads,) * (self.heads > 1)
        return f"{self.form.name}({', '.join(map(str, (*self.sizes, *heads)))})"

    @property
    def state(self) -> Mapping[str, Any]:
        """The weights of its four layers, or of torch's module."""
        if self.written == "module":
            zeros = (0.0,) * self.sizes[0]
            weights = {"in_proj_weight": (*self.query, *self.key, *self.value), "out_proj.weight": self.out}
            biases = {"in_proj_bias": (*zeros, *self.key_bias, *zeros), "out_proj.bias": zeros}
            return {f"heads.{name}": part for name, part in (weights | (biases if self.key_bias else {})).items()}
        bias = {"key.bias": self.key_bias} if self.key_bias else {}
        return {f"{name}.weight": part for name, part in zip(self.numeric[:4], self.parts, strict=True)} | bias

    @property
    def surcharge(self) -> int:
        """One for each head but the first, a mask, biases of keys, and code of another form."""
        return self.heads - 1 + self.is_causal + bool(self.key_bias) + (self.written != "plain")

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about it."""
        found = {
            "two heads": self.heads > 1,
            "causal": self.is_causal,
            "fused": self.written == "fused",
            "nn.MultiheadAttention": self.written == "module",
        }
        return tuple(name for name, is_so in found.items() if is_so)

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it for fewer tokens, or for tokens of fewer numbers."""
        tokens, kept = origin.axes if len(origin.axes) == 2 else (0, 0)
        if not (isinstance(tokens, tuple) and isinstance(kept, tuple) and min(kept) >= 0):
            raise AxiomcheckError("attention reads tokens")
        if self.is_causal and list(tokens) != sorted(tokens):
            raise AxiomcheckError("attention with a causal mask reads tokens in their order")
        query, key, value = (_columns(part, kept) for part in self.parts[:3])
        everything = tuple(range(len(self.out)))
        new = replace(self._written_out, query=query, key=key, value=value)
        return new, Origin((origin.old[0], len(everything)), (tokens, everything))

    @property
    def _written_out(self) -> "Attention":
        """The layer in a form that all sizes have."""
        return replace(self, written="plain") if self.written == "module" else self

    def restrict_outputs(self, kept: Places) -> Layer:
        """Raise: which tokens go is decided below."""
        raise AxiomcheckError(f"{self.kind} gives all of its units")

    def flatten(self, shape: Shape) -> Branch:
        """Raise: it reads tokens, and has no equal that does not."""
        raise AxiomcheckError("attention reads tokens")

    def plainer(self) -> Iterator[Layer]:
        """Yield it in plain code, without biases of keys, a mask, a head; or with one key or value less a head."""
        for name, plain in (("written", "plain"), ("key_bias", ()), ("is_causal", False)):
            if getattr(self, name) != plain:
                yield replace(self, **{name: plain})  # type: ignore[arg-type]
        keys, values = len(self.query) // self.heads, len(self.value) // self.heads
        if self.heads > 1:
            for gone in range(self.heads):
                own = [head for head in range(self.heads) if head != gone]
                yield self._with_units(_units(own, range(keys), keys), _units(own, range(values), values), len(own))
        every = range(self.heads)
        if keys > 1:
            yield self._with_units(_units(every, range(keys - 1), keys), range(len(self.value)), self.heads)
        if values > 1:
            yield self._with_units(range(len(self.query)), _units(every, range(values - 1), values), self.heads)

    def _with_units(self, keys: Sequence[int], values: Sequence[int], heads: int) -> "Attention":
        """Return it with some keys and values alone."""
        return replace(
            self._written_out,
            query=tuple(self.query[unit] for unit in keys),
            key=tuple(self.key[unit] for unit in keys),
            key_bias=tuple(self.key_bias[unit] for unit in keys) if self.key_bias else (),
            value=tuple(self.value[unit] for unit in values),
            out=_columns(self.out, tuple(values)),
            heads=heads,
        )

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield the sum of what comes out for one or two tokens of one number."""
        for tokens in (1, 2):
            yield (cls.ones(1), Flatten(), Linear.ones(tokens, 1)), (tokens, 1)


def _units(heads: Sequence[int], own: Sequence[int], each: int) -> tuple[int, ...]:
    """Return the places of units that each of some heads has, of ``each`` that it had."""
    return tuple(head * each + unit for head in heads for unit in own)


def _columns(matrix: Matrix, kept: Places) -> Matrix:
    return tuple(tuple(row[column] for column in kept) for row in matrix)
