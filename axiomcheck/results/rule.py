"""Rules that a type cannot say, in the words of JSON Schema, and the types that results share."""

from collections.abc import Sequence
from typing import Annotated, Any


class Rule:
    """Keywords of a JSON Schema, for ``Annotated``: ``Annotated[int, Rule(minimum=0)]``."""

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords


def keys(*names: str, optional: Sequence[str] = ()) -> Rule:
    """Return the rule of a mapping that has all of these keys and no others but ``optional`` ones, or is empty."""
    known = {"enum": [*names, *optional]}
    return Rule(**{"if": {"minProperties": 1}, "then": {"required": [*names]}}, propertyNames=known)


Count = Annotated[int, Rule(minimum=0, maximum=2**53)]
Index = Annotated[int, Rule(minimum=0)]
Share = Annotated[float, Rule(minimum=0, maximum=1)]
Seconds = Annotated[float, Rule(minimum=0)]
Sha256 = Annotated[str, Rule(pattern="^[0-9a-f]{64}$")]
Point = Annotated[tuple[float, ...], Rule(minItems=1, maxItems=2**19)]
