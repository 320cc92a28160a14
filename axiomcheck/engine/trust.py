"""Trust: which explainers a file may name, and have run, without anybody asking for it."""

from ..axioms.names import EQUALITY, OFF_ZEROS
from ..explainers import CATALOGUE
from ..explainers.libraries.registry import find_library
from ..explainers.loading.spec import home_of, parse_spec
from ..models.case import ModelCase
from ..networks import AxiomcheckError
from ..results.counterexample import Counterexample


def is_trusted(explainer: str) -> bool:
    """Whether a name is that of an explainer of axiomcheck or of a library, which run no code of a file's choice.

    >>> is_trusted("captum:LRP"), is_trusted("lrp-gamma:gamma=1"), is_trusted("evil.py:run")
    (True, True, False)
    """
    home = home_of(explainer)
    if home is not None:
        return find_library(home) is not None
    try:
        return parse_spec(explainer).name in CATALOGUE
    except AxiomcheckError:
        return False


def require_trusted(counterexample: Counterexample, path: str, *, named: bool, modelled: bool = False) -> None:
    """Raise ``AxiomcheckError`` if a counterexample names code that would run.

    ``named``: not its own explainer's; ``modelled``: not its own model's.
    """
    names = [] if named else [counterexample.explainer]
    if counterexample.axiom.startswith(EQUALITY):
        names.append(counterexample.axiom.removeprefix(EQUALITY).removesuffix(OFF_ZEROS))
    if isinstance(counterexample.case, ModelCase) and not modelled:
        raise AxiomcheckError(
            f"{path!r} names the model {counterexample.case.model.source!r}, whose code would run: "
            "name it yourself with --model, or allow it with --trust"
        )
    for name in names:
        if not is_trusted(name):
            way = "allow it with --trust" if named else "name it yourself with --explainer, or allow it with --trust"
            raise AxiomcheckError(f"{path!r} names {name!r}, whose code would run: {way}")
