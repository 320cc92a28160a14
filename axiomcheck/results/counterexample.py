"""Counterexample: a shrunk case, its gap and what was observed, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..axioms import Observation
from ..axioms.arithmetic import Dtype
from ..networks import Branch, Case, Network
from ..networks.derivations import Combined
from ..networks.shown import Shown
from ..networks.style import PLAIN
from .case_data import case_data
from .cause import Cause
from .path_profile import PathProfile
from .plain_data import plain_fields
from .script import script

SCHEMA = 2


@dataclass(frozen=True, repr=False)
class Counterexample(Shown):
    """What breaks an axiom: everything that is needed to see it again.

    ``reason`` tells it in a sentence; ``explainer_code`` is Python that binds the explainer to ``explain``, and
    ``axiom_code`` that which prints the gap; ``along`` is what happens on its path, ``cause``
    what tells it from others; files may lack what came ``later``.
    """

    explainer: str
    axiom: str
    family: str
    seed: int
    versions: Mapping[str, str]
    case: Case
    observed: Observation | None
    reason: str
    gap: float
    tolerance: float
    has_baseline: bool
    explainer_code: str
    axiom_code: str
    dtype: Dtype = "float64"
    along: PathProfile | None = None
    cause: Cause | None = None

    later: ClassVar[Sequence[str]] = ("cause",)
    writer: ClassVar[str] = "counterexample"

    def __repr__(self) -> str:
        return f"<Counterexample {self.explainer} × {self.axiom} in {self.family}: {self.reason}>"

    def draw(self) -> str:
        """Return its picture, as one SVG."""
        return self._repr_html_()

    @property
    def failure(self) -> str:
        """What went wrong, where that could be several things: a jump, a blow-up, an error."""
        return self.observed.failure if self.observed else ""

    @property
    def is_error(self) -> bool:
        """Whether the explainer failed, rather than broke the axiom."""
        return self.failure == "error"

    @property
    def formula(self) -> str:
        """The network, or both of two, as formulas of the output that is asked about; and a second output, as h."""
        pairs = zip(self.case.networks, self.case.targets, strict=True)
        formulas = [network.formula(target) for network, target in pairs]
        if len(formulas) == 2:
            formulas[1] = _renamed(formulas[1], "g")
        if isinstance(self.case.derivation, Combined):
            formulas[1:1] = [_renamed(self.case.network.formula(self.case.derivation.second), "h")]
        return "\n".join(formulas)

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The rewrites, the path and the baseline, where there are any, in words."""
        case = self.case
        parts = [] if all(network.is_plain for network in case.networks) else [_layers(case.network)]
        parts += [] if case.network.style == PLAIN else [f"written with {case.network.style.text}"]
        if case.rewrites:
            parts.append("rewritten by " + ", ".join(rewrite.name for rewrite in case.rewrites))
        if case.derivation:
            parts.append(f"g(x) = {case.derivation.formula}")
        return (*parts, *self.whereabouts)

    @property
    def whereabouts(self) -> tuple[str, ...]:
        """The path and the baseline, where there are any, in words."""
        path = ["path " + " → ".join(map(_point, self.case.path.vertices))] if self.case.path else []
        return (*path, *([f"baseline {_point(self.case.baseline)}"] if self.has_baseline else []))

    def code(self) -> str:
        """Return a script that builds the network, calls the explainer and prints the same gap."""
        return script(
            self.case,
            self.observed,
            explainer_code=self.explainer_code,
            axiom_code=self.axiom_code,
            has_baseline=self.has_baseline,
            dtype=self.dtype,
        )

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON knows it: the fields, those of the case in its place, and the formula to be read."""
        data = {"schema": SCHEMA, "formula": self.formula} | plain_fields(self, without=("case", "observed"))
        return data | case_data(self.case) | {"observed": observation_data(self.observed)}


def observation_data(observed: Observation | None) -> dict[str, Any] | None:
    """Return the class and the fields of an observation."""
    return None if observed is None else {"type": type(observed).__name__} | plain_fields(observed)


def _renamed(formula: str, name: str) -> str:
    return formula.replace("\nf(", f"\n{name}(").replace("f(", f"{name}(", 1)


def _layers(network: Network) -> str:
    shape = "×".join(map(str, network.shape))
    return f"layers {' → '.join(_layer_names(network.layers))} on inputs of {shape}"


def _layer_names(layers: Branch) -> list[str]:
    return [
        layer.kind + (f"({' | '.join(map(_branch, layer.branches))})" if layer.branches else "") for layer in layers
    ]


def _branch(layers: Branch) -> str:
    return " → ".join(_layer_names(layers)) or "x"


def _point(point: tuple[float, ...]) -> str:
    return "(" + ", ".join(f"{value + 0.0:g}" for value in point) + ")"
