"""What got better or worse between two certificates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..networks import UnknownName
from ..results.certificate import Cell, Certificate, VerdictName
from ..results.pairing import Pairing
from ..results.visible import visible

Change = Literal["worse", "better", "other", "new", "gone"]
RANKS: dict[VerdictName, int] = {"holds": 0, "inconclusive": 1, "violated": 2, "error": 3}
"""From good to bad. What is unsupported was not judged: it is neither."""
ORDER: tuple[Change, ...] = ("worse", "better", "other", "new", "gone")
MOST = 300
"""Letters of a name or a reason that are shown."""


@dataclass(frozen=True)
class Difference:
    """One cell that differs: of ``before`` and ``after`` one is None where it is new or gone."""

    change: Change
    before: Cell | None
    after: Cell | None
    pairing: Pairing | None = None

    @property
    def sentence(self) -> str:
        """The cell and its verdicts, in words and in one line."""
        cell = self.after or self.before
        assert cell is not None
        verdicts = _change(self.before, self.after, self.pairing)
        why = (
            f": {short(self.after.reason)}"
            if self.after and self.change in ("worse", "new") and not self.pairing
            else ""
        )
        return f"{short(cell.explainer)} on {cell.axiom.replace('_', ' ')} in {short(cell.family)}: {verdicts}{why}"


def short(text: str) -> str:
    r"""Return a text in one line of limited length.

    >>> short("two\nlines")
    'two lines'
    """
    plain = " ".join(visible(text).split())
    return plain if len(plain) <= MOST else f"{plain[:MOST]}…"


def differences(old: Certificate, new: Certificate) -> Iterator[Difference]:
    """Yield the cells whose verdicts differ: worse, better, other, new and gone, each by name."""
    before, after = ({cell.key: cell for cell in of.cells} for of in (old, new))
    paired = is_one_sample(old, new)
    changes = [_difference(before.get(key), after.get(key), paired=paired) for key in sorted({*before, *after})]
    for change in ORDER:
        yield from (one for one in changes if one is not None and one.change == change)


def is_one_sample(old: Certificate, new: Certificate) -> bool:
    """Return whether the cells of two certificates were screened on the same cases."""
    return (old.seed, old.environment.distribution) == (new.seed, new.environment.distribution)


def of_explainer(certificate: Certificate, name: str, called: str) -> Certificate:
    """Return the part of a certificate that is of one explainer, which is called otherwise there.

    ``UnknownName`` if it is of no such explainer.
    """
    if name not in certificate.explainers:
        raise UnknownName("explainer", name, certificate.explainers)
    cells = tuple(replace(cell, explainer=called) for cell in certificate.cells if cell.explainer == name)
    return replace(certificate, cells=cells, identities=(), missing=())


def _difference(before: Cell | None, after: Cell | None, *, paired: bool) -> Difference | None:
    if before is None or after is None:
        return Difference("new" if before is None else "gone", before, after)
    if before.verdict == after.verdict:
        return _difference_of_promises(before, after) or (_difference_of_shares(before, after) if paired else None)
    if "unsupported" in (before.verdict, after.verdict):
        worse = before.verdict == "holds" or after.verdict in ("violated", "error")
        return Difference("worse" if worse else "other", before, after)
    return Difference("worse" if RANKS[after.verdict] > RANKS[before.verdict] else "better", before, after)


def _difference_of_shares(before: Cell, after: Cell) -> Difference | None:
    """Return that the same cases are violated more often than before, or less, by more than chance."""
    pairing = Pairing.of(before, after)
    if pairing is None or not pairing.is_significant:
        return None
    return Difference("worse" if pairing.difference < 0 else "better", before, after, pairing)


def _difference_of_promises(before: Cell, after: Cell) -> Difference | None:
    """Return that a promise was upheld and is no longer, or the other way round."""
    was, now = (one.claim.verdict if one.claim else None for one in (before, after))
    if was == now or None in (was, now):
        return None
    return Difference("worse" if now == "refuted" else "better" if now == "upheld" else "other", before, after)


def _change(before: Cell | None, after: Cell | None, pairing: Pairing | None) -> str:
    if pairing is not None and after is not None:
        return f"{after.verdict} in both; {pairing.sentence}"
    if before and after and before.verdict == after.verdict and before.claim and after.claim:
        return f"{after.verdict}, its promise {before.claim.verdict} → {after.claim.verdict}"
    return " → ".join(one.verdict if one else "not there" for one in (before, after))


def circumstances(old: Certificate, new: Certificate) -> Iterator[str]:
    """Yield what else differs, and may be why: versions, budgets, seeds, the sources of explainers."""
    one, other = old.environment, new.environment
    for name in sorted({*one.versions, *other.versions}):
        if one.versions.get(name) != other.versions.get(name):
            yield short(f"{name} {one.versions.get(name, 'missing')} → {other.versions.get(name, 'missing')}")
    for what in ("dtype", "examples", "platform", "distribution"):
        if getattr(one, what) != getattr(other, what):
            yield f"{what}: {short(str(getattr(one, what)))} → {short(str(getattr(other, what)))}"
    if old.seed != new.seed:
        yield f"seed {old.seed} → {new.seed}"
    before = {identity.name: identity for identity in old.identities}
    for identity in new.identities:
        was = before.get(identity.name)
        if was is not None and was.source != identity.source:
            yield f"the source of {short(identity.name)} is another"
