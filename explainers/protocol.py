"""What an explainer is, and what it says of itself."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from ..networks import AxiomcheckError

if TYPE_CHECKING:
    from torch import Tensor, nn

Conserves = Literal["output", "change", "unit"]
E = TypeVar("E", bound=Callable[..., Any])


class Explainer(Protocol):
    """A callable from a model, inputs (B, *shape) and targets (B,) int64 to relevance (B, *shape).

    The model returns (B, K). An explainer that takes the keyword ``baseline`` (B, *shape) measures from there.
    """

    def __call__(self, model: "nn.Module", inputs: "Tensor", target: "Tensor", *rest: Any, **baseline: Any) -> "Tensor":
        """Return the relevance of ``inputs`` for the output ``target``."""


class Unsupported(AxiomcheckError):
    """The explainer, or a library it needs, cannot do what is asked; its message says why."""


@dataclass(frozen=True)
class Declaration:
    """What more there is to say of an explainer.

    ``conserves``: what its scores sum to; ``tolerance``: the relative error it is allowed, 0 for the axioms' own;
    ``claims``: for an axiom, the family in which it is promised; ``samples``: it takes the keyword ``seed``.
    """

    has_baseline: bool
    conserves: Conserves | None
    tolerance: float = 0.0
    claims: Mapping[str, str] = field(default_factory=dict)
    samples: bool = False


_DEFAULT: Any = object()


def explainer(
    conserves: Conserves | None = _DEFAULT, tolerance: float = 0.0, claims: Mapping[str, str] | None = None
) -> Callable[[E], E]:
    """Say of an explainer, a function or a class of callables, what it conserves, how exactly, and what it promises.

    What is not said: it conserves the output, or the change from the baseline if it has one.
    """
    if not (conserves is _DEFAULT or conserves is None or conserves in ("output", "change", "unit")):
        raise AxiomcheckError(
            f"Expected conserves to be 'output', 'change', 'unit' or None but got conserves={conserves!r}"
        )
    if tolerance < 0:
        raise AxiomcheckError(f"Expected a tolerance of at least 0 but got tolerance={tolerance!r}")
    options = {"tolerance": tolerance, "claims": dict(claims or {})}
    if conserves is not _DEFAULT:
        options["conserves"] = conserves

    def decorate(decorated: E) -> E:
        decorated.__axiomcheck__ = options  # type: ignore[attr-defined]
        return decorated

    return decorate


def declaration(of: Explainer) -> Declaration:
    """Return what ``of`` says of itself, and what its signature shows."""
    parameters = inspect.signature(of).parameters
    has_baseline = "baseline" in parameters
    options: dict[str, Any] = {"conserves": "change" if has_baseline else "output", "samples": "seed" in parameters}
    options.update(getattr(of, "__axiomcheck__", {}))
    return Declaration(has_baseline, **options)


def require_signature(of: Explainer, name: str) -> None:
    """Raise ``AxiomcheckError`` if an explainer cannot be called as (model, inputs, target), with what else it takes.

    >>> require_signature(lambda model: model, "it")
    Traceback (most recent call last):
    ...
    axiomcheck.networks.errors.AxiomcheckError: it cannot be called as (model, inputs, target): it takes (model)
    """
    signature = inspect.signature(of)
    keywords = {keyword: None for keyword in ("baseline", "seed") if keyword in signature.parameters}
    try:
        signature.bind(None, None, None, **keywords)
    except TypeError as error:
        call = ", ".join(("model, inputs, target", *keywords))
        raise AxiomcheckError(f"{name} cannot be called as ({call}): it takes {signature}") from error
