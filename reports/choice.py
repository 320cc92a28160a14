"""Choice: which methods keep the axioms that are needed, as it is proved or as it was judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..explainers import CATALOGUE
from ..explainers.claims import CLAIMS, NOTHING
from ..explainers.libraries.summaries import summary_of
from ..models.name import is_model
from ..networks import AxiomcheckError, Family
from ..results.certificate import Certificate
from .listing import where
from .phrases import listed

MOST = 8
"""Methods that come close, and are named."""


@dataclass(frozen=True)
class Choice:
    """For each method why it does not keep a needed axiom, by axiom: a method without a reason fits.

    ``how`` says where, and what that rests on; ``summaries`` what the methods are.
    """

    needs: tuple[str, ...]
    lacks: Mapping[str, Mapping[str, str]]
    how: str
    summaries: Mapping[str, str]

    @property
    def fitting(self) -> tuple[str, ...]:
        """The methods that keep all."""
        return tuple(name for name, lacking in self.lacks.items() if not lacking)

    def lines(self) -> Iterator[str]:
        """Yield the methods that keep all, and the reasons of those that come closest."""
        wanted = listed([name.replace("_", " ") for name in self.needs], "and")
        yield f"{wanted}, {self.how}:"
        width = max(map(len, self.lacks), default=0)
        yield from (f"  ✔ {name:{width}}  {self.summaries.get(name, '')}".rstrip() for name in self.fitting)
        if not self.fitting:
            yield "  no method keeps all of it"
        close = sorted(
            (name for name, lacking in self.lacks.items() if lacking), key=lambda name: len(self.lacks[name])
        )
        if close:
            yield "others, those that come closest first:"
        for name in close[:MOST]:
            reasons = (f"{axiom.replace('_', ' ')} {why}" for axiom, why in self.lacks[name].items())
            yield f"  ✘ {name:{width}}  {'; '.join(reasons)}"
        if len(close) > MOST:
            yield f"  and {len(close) - MOST} more"


def promised(needs: tuple[str, ...], asked: str) -> Choice:
    """Return the choice among the methods that come with axiomcheck, by what is proved of them."""
    family = Family.parse(asked)
    lacks = {name: dict(_unpromised(name, needs, family)) for name in CATALOGUE}
    summaries = {name: entry.summary for name, entry in CATALOGUE.items()}
    return Choice(needs, lacks, f"as it is proved in {asked}", summaries)


def _unpromised(name: str, needs: tuple[str, ...], family: Family) -> Iterator[tuple[str, str]]:
    claims = CLAIMS.get(name, NOTHING)
    for axiom in needs:
        if axiom not in claims:
            yield axiom, "is not promised"
        elif not family <= Family.parse(claims[axiom]):
            yield axiom, f"is promised {where(Family.parse(claims[axiom]))} alone"


def judged(needs: tuple[str, ...], asked: str, certificate: Certificate) -> Choice:
    """Return the choice among the explainers of a certificate, by its verdicts in families at least as wide.

    What holds in one of them holds in the family that is asked about, unless it is violated inside that.

    ``AxiomcheckError`` if it has no such family.
    """
    family = Family.parse(asked)
    wide = [name for name in certificate.families if not is_model(name) and family <= Family.parse(name)]
    if not wide:
        raise AxiomcheckError(
            f"the certificate says nothing of {asked}: it was judged in {', '.join(certificate.families)}"
        )
    narrow = [name for name in certificate.families if not is_model(name) and Family.parse(name) <= family]
    lacks = {name: dict(_unkept(name, needs, certificate, wide, narrow)) for name in certificate.explainers}
    summaries = {name: summary_of(name) for name in certificate.explainers}
    return Choice(needs, lacks, f"as it was judged in {', '.join(wide)}", summaries)


def _unkept(
    explainer: str, needs: tuple[str, ...], certificate: Certificate, wide: list[str], narrow: list[str]
) -> Iterator[tuple[str, str]]:
    for axiom in needs:
        cells = [cell for cell in certificate.cells if (cell.explainer, cell.axiom) == (explainer, axiom)]
        failing = [cell for cell in cells if cell.family in narrow and cell.verdict in ("violated", "error")]
        verdicts = [cell.verdict for cell in failing] or [cell.verdict for cell in cells if cell.family in wide]
        if not verdicts:
            yield axiom, "was not judged"
        elif failing or "holds" not in verdicts:
            yield axiom, f"is {listed(list(dict.fromkeys(verdicts)), 'or')}"
