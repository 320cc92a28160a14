"""What an explainer is, and what it says of itself."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args

from ..networks import AxiomcheckError, UnknownName
from .domain import ANY, Domain

if TYPE_CHECKING:
    from torch import Tensor, nn

Conserves = Literal["output", "change", "unit"]
Form = Literal["inputs", "channel-summed"]
"""A score for each input variable, (B, *shape), or the sum over the channels, (B, *space) or (B, 1, *space)."""
Setup = Callable[["nn.Module"], object]
"""What is done once to a model, which it may change."""
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
    ``claims``: for an axiom, the family in which it is promised; ``samples``: it takes the keyword ``seed``;
    ``domain``: the models that it is for; ``form``: of its scores; ``setup``: what is done once to each model before.
    """

    has_baseline: bool
    conserves: Conserves | None
    tolerance: float = 0.0
    claims: Mapping[str, str] = field(default_factory=dict)
    samples: bool = False
    domain: Domain = ANY
    form: Form = "inputs"
    setup: Setup | None = None


_DEFAULT: Any = object()


def explainer(
    conserves: Conserves | None = _DEFAULT,
    tolerance: float = 0.0,
    claims: Mapping[str, str] | None = None,
    *,
    inputs: str = "",
    layers: Sequence[str] = (),
    form: Form = "inputs",
    setup: Setup | str = "",
) -> Callable[[E], E]:
    """Say of an explainer, a function or a class of callables, what it conserves, how exactly, and what it promises.

    What is not said: it conserves the output, or the change from the baseline if it has one. It is judged on models
    that take ``inputs`` ("vectors", "sequences", "images", "volumes") and have no other ``layers`` than these, items of
    families as in ``["conv", "maxpool"]``; Linear and ReLU always. ``form="channel-summed"`` says that scores are
    summed over the channels, (B, H, W) or (B, 1, H, W). ``setup``, a function of the model or the name of the
    explainer's own method, is called once for each model before the first call, and may change it: a rule put on a
    layer, a hook.

    Raises ``AxiomcheckError`` in one sentence for what it does not know.
    """
    if not (conserves is _DEFAULT or conserves is None or conserves in ("output", "change", "unit")):
        raise AxiomcheckError(
            f"Expected conserves to be 'output', 'change', 'unit' or None but got conserves={conserves!r}"
        )
    if tolerance < 0:
        raise AxiomcheckError(f"Expected a tolerance of at least 0 but got tolerance={tolerance!r}")
    if form not in get_args(Form):
        raise UnknownName("form of scores", form, get_args(Form))
    if not (callable(setup) or isinstance(setup, str)):
        raise AxiomcheckError(f"Expected setup as a function of the model, or the name of a method, but got {setup!r}")
    named = (layers,) if isinstance(layers, str) else tuple(layers)
    options = {"tolerance": tolerance, "claims": dict(claims or {}), "domain": Domain(inputs, named), "form": form}
    options["setup"] = setup
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
    return Declaration(has_baseline, **options | {"setup": _setup(of, options.get("setup", ""))})


def _setup(of: Explainer, declared: Setup | str) -> Setup | None:
    if not isinstance(declared, str):
        return declared
    method: Setup | None = getattr(of, declared) if declared else None
    return method


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
