"""Where a model is entered: at one of its arguments, or behind its embedding; what else it takes is held."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..explainers import Unsupported
from ..networks import Array, AxiomcheckError
from .exchanges.exchange import put
from .name import ModelName

LAST = "[-1]"
"""What is put behind an output of which the last token's is explained."""

UNREAD = (
    "it reads a model operation by operation, and reads none of several inputs or of tokens; explainers that use "
    "gradients or hooks can be asked"
)
"""Why the operations of a model that is entered are not read."""


class Given(nn.Module):
    """Stands where an embedding was, and returns the vectors that are explained, whatever the tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.vectors: Tensor | None = None

    def forward(self, tokens: Tensor) -> Tensor:
        """Return the vectors (B, T, D)."""
        if self.vectors is None or tokens.shape != self.vectors.shape[:-1]:
            raise AxiomcheckError("the embedding is called more than once, or on other tokens than the inputs")
        vectors, self.vectors = self.vectors, None
        return vectors


class Entered(nn.Module):
    """A model of one tensor: a model whose other inputs are held, and of whose outputs one is returned.

    The tensor is the argument ``explains``, the first one if that is empty, or the vectors of the module ``embedding``.
    """

    def __init__(self, model: nn.Module, explains: str, embedding: str, held: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.model, self.explains, self.embedding, self.output = model, explains, embedding, ""
        self.names = tuple(held)
        for number, value in enumerate(held.values()):
            self.register_buffer(f"held{number}", value)
        if embedding:
            put(model, embedding, Given())
        self.train(model.training)

    def forward(self, x: Any) -> Any:
        """Return the chosen output at ``x``; whatever the model returns as long as none was chosen."""
        if not isinstance(x, Tensor) and (self.names or self.embedding):
            raise Unsupported(UNREAD)
        given = {name: self._of_batch(number, len(x)) for number, name in enumerate(self.names)}
        if not self.embedding:
            return picked(self.model(**given, **{self.explains: x}) if self.explains else self.model(x), self.output)
        place = self.model.get_submodule(self.embedding)
        assert isinstance(place, Given)
        place.vectors = x
        try:
            return picked(self.model(**given) if all(self.names) else self.model(*given.values()), self.output)
        finally:
            place.vectors = None

    def _of_batch(self, number: int, count: int) -> Tensor:
        value: Tensor = self.get_buffer(f"held{number}")
        return value.expand(count, *value.shape[1:])

    @property
    def held(self) -> str:
        """What is held, as JSON: the values by their names, that of a single argument by none."""
        found = {name: self.get_buffer(f"held{number}").tolist() for number, name in enumerate(self.names)}
        return json.dumps(found) if found else ""


def picked(found: Any, output: str) -> Any:
    """Return an output by its name or number, of the last token where it ends in ``[-1]``; all where there is none."""
    name = output.removesuffix(LAST)
    if name:
        found = found[name] if isinstance(found, Mapping) else found[int(name)]
    return found[:, -1] if output.endswith(LAST) else found


def with_output(model: nn.Module, points: Tensor) -> nn.Module:
    """Return the model, or one that returns of several outputs the one that is explained; the same where none fits."""
    try:
        with torch.no_grad():
            found = model(points.clone())
    except Exception:  # noqa: BLE001 - whatever it raises, preparation meets it again and tells it
        return model
    output = output_of(found, len(points), per_token=isinstance(model, Entered) and bool(model.embedding))
    if not output:
        return model
    entered = model if isinstance(model, Entered) else Entered(model, "", "", {})
    entered.output = output
    return entered


def output_of(found: Any, count: int, *, per_token: bool) -> str:
    """Return which of several outputs is explained: ``logits``, else the first of (B, K), or (B, T, K) per token."""
    if isinstance(found, Tensor):
        return LAST if per_token and found.dim() == 3 else ""
    named = dict(found) if isinstance(found, Mapping) else dict(enumerate(found)) if isinstance(found, tuple) else {}
    for name, value in sorted(named.items(), key=lambda item: item[0] != "logits"):
        if isinstance(value, Tensor) and len(value) == count and value.is_floating_point():
            if value.dim() == 2:
                return str(name)
            if per_token and value.dim() == 3:
                return f"{name}{LAST}"
    return ""


@dataclass(frozen=True)
class Entry:
    """A model of one tensor, the inputs (N, *shape) that it has, and what is held, in words."""

    module: nn.Module
    inputs: Array
    remark: str


def enter(module: nn.Module, inputs: Mapping[str, Array], explains: str, embedding: str) -> Entry:
    """Return a model of one tensor; the other inputs, and the tokens, are held as in the first of the data."""
    name = _explained(inputs, explains, embedding)
    tokens = embedding != ""
    held = {key: torch.from_numpy(value[:1].copy()) for key, value in inputs.items() if tokens or key != name}
    others = ", ".join(key for key in held if key != name)
    remark = f"{others} held as in the first input" if others else ""
    if not tokens:
        return Entry(Entered(module, name, "", held), inputs[name], f"explained is {name}; {remark}".rstrip("; "))
    vectors = _vectors(module, embedding, inputs[name])
    remark = f"; {remark}" if remark else ""
    return Entry(Entered(module, "", embedding, held), vectors, f"explained are the vectors of {embedding}{remark}")


def entered_again(module: nn.Module, name: ModelName) -> nn.Module:
    """Return the model as it was entered for a counterexample."""
    return entered(module, name.explains, name.embedding, name.held, name.output)


def entered(module: nn.Module, explains: str, embedding: str, held: str, output: str) -> nn.Module:
    """Return a model of one tensor from what counterexamples tell of it, for scripts too."""
    if not (explains or embedding or output):
        return module
    arrays = {
        key: np.asarray(value) for key, value in json.loads(held or "{}").items()
    }  # floats in float64, as they were
    values = {key: torch.from_numpy(value) for key, value in arrays.items()}
    if embedding:
        _require_embedding(module, embedding)
    found = Entered(module, explains, embedding, values)
    found.output = output
    return found


def _explained(inputs: Mapping[str, Array], explains: str, embedding: str) -> str:
    names = ", ".join(inputs)
    if explains:
        if explains not in inputs:
            raise AxiomcheckError(f"Expected explains to name one of the inputs {names} but got {explains!r}")
        return explains
    found = [name for name in inputs if name in ("input_ids", "tokens") or len(inputs) == 1]
    if embedding and found:
        return found[0]
    what = "the tokens of the embedding" if embedding else "the one that is explained, the others are held"
    raise AxiomcheckError(f"the model has the inputs {names}: name {what}, as in --explains {next(iter(inputs))}")


def _vectors(module: nn.Module, embedding: str, tokens: Array) -> Array:
    """Return the vectors (N, T, D) of tokens (N, T)."""
    found = _require_embedding(module, embedding)
    if tokens.dtype.kind not in "iu":
        raise AxiomcheckError(f"Expected tokens, whole numbers (N, T), for {embedding} but got {tokens.dtype}")
    try:
        with torch.no_grad():
            vectors = found(torch.from_numpy(tokens.astype("int64")))
        result: Array = vectors.detach().double().cpu().numpy()
    except Exception as error:
        line = (str(error).splitlines() or ["no message"])[0]
        raise AxiomcheckError(f"the embedding {embedding} does not run on the tokens: {line}") from error
    if result.shape[:-1] != tokens.shape:
        raise AxiomcheckError(
            f"{embedding} returns {result.shape} for tokens {tokens.shape}: name the module that gives each its vector"
        )
    return result


def _require_embedding(module: nn.Module, embedding: str) -> nn.Module:
    try:
        return module.get_submodule(embedding)
    except AttributeError as error:
        named = [path for path, each in module.named_modules() if isinstance(each, nn.Embedding)]
        hint = f": its embeddings are {', '.join(named)}" if named else ", and no nn.Embedding"
        raise AxiomcheckError(f"the model has no module {embedding!r}{hint}") from error
