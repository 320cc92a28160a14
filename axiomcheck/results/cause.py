"""Cause: what tells one failure from another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .severity import GRAVITY, SeverityName

REWRITTEN = "with "
"""How the place of a cause begins that is about rewrites."""
AT, KINK = "at ", "at a kink"
"""How the place of a cause begins that is a layer, with an event behind it if there is one, or the kink of a layer."""
EVERYWHERE = "everywhere"
"""The place of what fails for a plain sum of the variables too."""
ANY = "any layer"
"""What stands in place of a layer where failures at many kinds of layers are one cause."""
Signature = tuple[str, str]
"""What went wrong, and where."""


@dataclass(frozen=True)
class Cause:
    """What went wrong, where, under which conditions, and how much.

    ``failure`` is the class of what was observed, ``where`` a layer, a unit's layer, rewrites or an event, ``traits``
    what is special about that layer, ``conditions`` what the case and its points have that may be needed.
    """

    failure: str
    where: str
    traits: tuple[str, ...]
    conditions: tuple[str, ...]
    severity: SeverityName

    @property
    def signature(self) -> Signature:
        """What went wrong, and where."""
        return self.failure, self.where

    @property
    def rewrites(self) -> frozenset[str]:
        """The rewrites with which a failure arises; none if it is a place."""
        if not self.where.startswith(REWRITTEN):
            return frozenset()
        return frozenset(self.where.removeprefix(REWRITTEN).split(", "))

    @property
    def layer(self) -> str:
        """The kind of layer at which a failure arises, nothing if it is another place."""
        if not self.where.startswith(AT) or self.where.startswith(KINK):
            return ""
        return ANY if self.where.startswith(AT + ANY) else self.where.split()[1]

    @property
    def at_any(self) -> str:
        """The place with any layer in place of its own."""
        return self.where.replace(AT + self.layer, AT + ANY, 1) if self.layer else self.where

    @property
    def gravity(self) -> int:
        """A number that is smaller for what is graver."""
        return GRAVITY.index(self.severity)

    @property
    def sentence(self) -> str:
        """The cause in words.

        >>> Cause("Sum", "at maxpool1d", ("windows overlap",), ("f = 0",), "gross").sentence
        'arises at maxpool1d, windows overlap; where f = 0; gross'
        """
        place = ", ".join(filter(None, (f"arises {self.where}" if self.where else "", *self.traits)))
        conditions = f"where {', '.join(self.conditions)}" if self.conditions else ""
        return "; ".join(filter(None, (place, conditions, self.severity)))

    def accounts_for(self, other: "Cause") -> bool:
        """Return whether another failure is no news: the same, under these conditions too, and no graver.

        A rewrite accounts for what it does among others, and any layer for each.

        >>> guard, both = (Cause("Gap", f"with {names}", (), (), "gross") for names in ("guard", "guard, identity"))
        >>> guard.accounts_for(both), both.accounts_for(guard)
        (True, False)
        """
        return (
            self.failure == other.failure
            and (self.where in (other.where, other.at_any) or (bool(self.rewrites) and self.rewrites <= other.rewrites))
            and {*self.traits} <= {*other.traits}
            and {*self.conditions} <= {*other.conditions}
            and self.gravity <= other.gravity
        )

    def common(self, other: "Cause") -> "Cause":
        """Return what two cases of one cause have in common, as grave as the graver of them."""
        return replace(
            self,
            traits=_common(self.traits, other.traits),
            conditions=_common(self.conditions, other.conditions),
            severity=min(self.severity, other.severity, key=GRAVITY.index),
        )


def _common(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*one} & {*other}))
