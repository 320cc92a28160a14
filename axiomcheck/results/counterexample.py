"""Counterexample: a shrunk case, its gap and what was observed, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..axioms import Observation
from ..axioms.arithmetic import Dtype
from ..axioms.observation import LONG, format_value
from ..models.case import ModelCase
from ..networks import Case
from ..networks.shown import Shown
from .case_data import case_data
from .cause import Cause
from .path_profile import PathProfile
from .plain_data import plain_fields
from .script import script

SCHEMA = 2
AnyCase = Case | ModelCase
"""A drawn network with its inputs or its path, or a model with them."""


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
    case: AnyCase
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
        """What is explained, as formulas of the output that is asked about."""
        return self.case.formula

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What else there is to say of the case, the path and the baseline, where there are any, in words."""
        return (*self.case.circumstances, *self.whereabouts)

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


def _point(point: tuple[float, ...]) -> str:
    if len(point) > LONG:
        return format_value(point)
    return "(" + ", ".join(f"{value + 0.0:g}" for value in point) + ")"
