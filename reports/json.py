"""The JSON form, which keeps everything."""

import json
from typing import Any

from ..results.certificate import Certificate
from ..results.counterexample import Counterexample
from ..results.packed import packed


def as_json(certificate: Certificate) -> str:
    """Return the certificate as JSON with sorted names: the same cells give the same text but for times."""
    return (
        json.dumps(packed(certificate.as_data()), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    )


def counterexample_as_json(counterexample: Counterexample) -> str:
    """Return a counterexample as JSON that reads well in a diff: lists of numbers stand in one line each.

    >>> print(_in_lines({"x": [[1.0, 2.0], [3.0, 4.0]]}))
    {
     "x": [
      [1.0, 2.0],
      [3.0, 4.0]
     ]
    }
    """
    return _in_lines(packed(counterexample.as_data())) + "\n"


def _in_lines(value: Any, indent: str = "\n") -> str:
    if isinstance(value, dict) and value:
        inner = [f"{json.dumps(name)}: {_in_lines(part, indent + ' ')}" for name, part in value.items()]
        return f"{{{indent} {f',{indent} '.join(inner)}{indent}}}"
    if isinstance(value, list) and any(isinstance(part, (list, dict)) for part in value):
        return f"[{indent} {f',{indent} '.join(_in_lines(part, indent + ' ') for part in value)}{indent}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
