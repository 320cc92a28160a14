"""From plain data to results: types say what their parts are; cases and observations have readers of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from math import prod
from typing import Any, TypeVar, get_origin

from cattrs import Converter

from ..axioms import AXIOMS, OBSERVATIONS, Observation
from ..axioms.names import require_axiom
from ..networks import AxiomcheckError
from .case_data import case_of
from .cause import Cause
from .counterexample import AnyCase, Counterexample
from .path_profile import PathProfile

T = TypeVar("T")
PLAIN, CONVERTER = (Converter(detailed_validation=False) for _ in range(2))


def structured(data: Any, kind: type[T]) -> T:
    """Return an instance of a dataclass from data that its schema admits."""
    return CONVERTER.structure(data, kind)


def _observation(data: Mapping[str, Any], _: object) -> Observation:
    return PLAIN.structure(data, OBSERVATIONS[data["type"]])


def _counterexample(data: Mapping[str, Any], _: object) -> Counterexample:
    """Return the counterexample, if its axiom is known, and it can be shown as a formula and as code."""
    case = case_of(data)
    observed = None if data["observed"] is None else _observation(data["observed"], Observation)
    _require_fit(observed, case)
    along = None if data["along"] is None else PathProfile.of(data["along"], case)
    cause = PLAIN.structure(data["cause"], Cause) if data.get("cause") else None
    parts = {**data, "case": case, "observed": observed, "along": along, "cause": cause}
    counterexample = Counterexample(**{field.name: parts[field.name] for field in fields(Counterexample)})
    require_axiom(counterexample.axiom, AXIOMS)
    counterexample.code(), counterexample.formula
    return counterexample


def _require_fit(observed: Observation | None, case: AnyCase) -> None:
    """Raise ``AxiomcheckError`` for what nobody can have observed of a case: an input of other variables."""
    point = None if observed is None else observed.point
    if point is not None and len(point) != prod(case.shape):
        raise AxiomcheckError(f"what was observed is not of an input with {prod(case.shape)} variables")


def _points(data: Sequence[Sequence[float]], _: object) -> list[tuple[float, ...]]:
    return [tuple(point) for point in data]


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is Sequence


CONVERTER.register_structure_hook(Observation, _observation)
CONVERTER.register_structure_hook(Counterexample, _counterexample)
CONVERTER.register_structure_hook_func(_is_sequence, _points)
