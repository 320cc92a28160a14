"""A sweep: one explainer with many values of one of its options."""

from dataclasses import dataclass

from ..explainers import locate
from ..explainers.loading.spec import parse_spec, split_at
from ..networks import AxiomcheckError

USUAL = {
    "lrp-gamma": "gamma=0,0.01,0.1,0.25,1,10",
    "lrp-epsilon": "epsilon=0,1e-6,0.01,0.1,1",
    "lrp-alpha-beta": "alpha=1,1.5,2,3",
}
"""What is swept where nothing else is asked for."""


@dataclass(frozen=True)
class Sweep:
    """An explainer, its option, and the values as they were written."""

    explainer: str
    option: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, explainer: str, text: str | None) -> "Sweep":
        """Return the sweep that ``option=value,value,…`` asks for; ``AxiomcheckError`` if it cannot be one.

        >>> Sweep.of("lrp-gamma", "gamma=0,0.25").explainers
        ('lrp-gamma:gamma=0', 'lrp-gamma:gamma=0.25')
        """
        option, _, listed = (text or _default(explainer)).partition("=")
        values = tuple(value.strip() for value in split_at(listed, ",") if value.strip())
        if len(values) < 2 or not option.strip().isidentifier():
            raise AxiomcheckError(f"Expected a sweep as in gamma=0,0.25,1, of two values or more, but got {text!r}")
        sweep = cls(explainer, option.strip(), values)
        parsed: list[object] = []
        for value, name in zip(values, sweep.explainers, strict=True):
            value_read = parse_spec(name).options[sweep.option]
            if value_read in parsed:
                raise AxiomcheckError(f"{sweep.option} = {value} is twice in the sweep {text!r}")
            parsed.append(value_read)
            located = locate(name)
            if located.explain is None:
                raise AxiomcheckError(f"{name} cannot be loaded: {located.reason}")
        return sweep

    @property
    def explainers(self) -> tuple[str, ...]:
        """The explainers, in the order of the values."""
        return tuple(_with_option(self.explainer, self.option, value) for value in self.values)


def _with_option(explainer: str, option: str, value: str) -> str:
    """Return an explainer's name with one option more, in the place of the one that it has."""
    *homes, last = split_at(explainer, ":")
    kept = []
    if homes and "=" in last:
        kept = [item for item in split_at(last, ",") if item.partition("=")[0].strip() != option]
    else:
        homes.append(last)
    return ":".join((*homes, ",".join((*kept, f"{option}={value}"))))


def _default(explainer: str) -> str:
    name = parse_spec(explainer).name
    if name not in USUAL:
        raise AxiomcheckError(f"Expected --sweep option=value,value,… since no sweep of {explainer} is usual")
    return USUAL[name]
