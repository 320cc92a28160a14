"""Names on the command line: what is misspelt is said at once, before torch is imported."""

from collections.abc import Iterable

from ..axioms import AXIOMS
from ..axioms.names import require_axiom
from ..explainers import CATALOGUE
from ..explainers.loading.spec import parse_spec
from ..networks import Family, UnknownName


def check_names(explainers: Iterable[str], axioms: Iterable[str] | None, families: Iterable[str] | None) -> None:
    """Raise ``AxiomcheckError`` for a name that is in no registry; what other packages hold is looked up later."""
    for axiom in axioms or ():
        require_axiom(axiom, AXIOMS)
    for family in families or ():
        Family.parse(family)
    for explainer in explainers:
        home, name, _ = parse_spec(explainer)
        if home is None and name not in CATALOGUE:
            raise UnknownName("explainer", name, CATALOGUE)
