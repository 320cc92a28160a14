"""Layers in words and numbers, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ...networks.layers import Layer
from .svg import exact, number

ROWS, LETTERS = 24, 96
"""Lines of a tensor, and letters of a line, up to which all is written."""
BLANK = "\N{NO-BREAK SPACE}"
HIDDEN: Mapping[str, float | str] = {
    "bias": 0.0,
    "padding": 0.0,
    "groups": 1.0,
    "dilation": 1.0,
    "output_padding": 0.0,
    "mode": "zeros",
    "same": 0.0,
    "ceil_mode": 0.0,
    "count_include_pad": 1.0,
}
"""What goes without saying."""


def layer_text(layer: Layer) -> Iterator[str]:
    """Yield a layer's kind with its settings, then its numbers: a line for each row.

    >>> from ...networks import Linear
    >>> [line.replace(BLANK, " ") for line in layer_text(Linear(((1.0, -0.5), (0.0, 2.0)), (0.0, 3.0)))]
    ['linear', '   1 -0.5', '   0    2', 'bias 0 3']
    """
    settings, tensors = [], list[str]()
    for field in fields(layer):  # type: ignore[arg-type]  # every layer is a dataclass
        name, value = field.name, getattr(layer, field.name)
        usual = HIDDEN.get(name)
        if value == usual or (not isinstance(value, str) and all(one == usual for one in _flat(value))):
            continue
        if isinstance(value, tuple) and name in (*layer.numeric, "variance"):
            tensors += _tensor(name, value)
        else:
            settings.append(_setting(name, value))
    yield " ".join((layer.kind, ", ".join(settings))).strip()
    yield from tensors


def _setting(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return f"{'' if value else 'no '}{name}"
    return f"{name} {value if isinstance(value, str) else '×'.join(exact(one) for one in _flat(value))}"


def grid(values: Sequence[float], shape: Sequence[int]) -> list[str]:
    """Return the values of an input as rows, channels side by side.

    >>> [line.replace(BLANK, " ") for line in grid([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], (2, 2, 2))]
    ['1 2 | 5 6', '3 4 | 7 8']
    """
    wide = shape[-1]
    texts = _even([number(value) for value in values])
    rows = [BLANK.join(texts[start : start + wide]) for start in range(0, len(texts), wide)]
    high = shape[1] if len(shape) == 3 else 1 if len(shape) == 1 else len(rows)
    return [_cut(f"{BLANK}| ".join(rows[start::high]).replace(" ", BLANK)) for start in range(high)][:ROWS]


def _tensor(name: str, value: Any) -> list[str]:
    """Return the lines of a vector behind its name, those of a matrix or of kernels below each other."""
    if not isinstance(value[0], tuple):
        return [_cut(f"{name}{BLANK}" + BLANK.join(map(exact, value)))]
    lines = list(_rows(_evened(value)))
    more = len(lines) - ROWS
    return lines if more <= 0 else [*lines[:ROWS], f"… {more} rows more"]


def _evened(value: Any) -> Any:
    """Return nested numbers as texts of one width."""
    texts = iter(_even([exact(one) for one in _flat(value)]))

    def filled(part: Any) -> Any:
        return tuple(filled(inner) for inner in part) if isinstance(part, tuple) else next(texts)

    return filled(value)


def _rows(value: Any) -> Iterator[str]:
    """Yield a line for each row of a matrix, or of kernels: those that one output reads are side by side."""
    for part in value:
        if not isinstance(part[0], tuple):
            yield _cut(BLANK.join(part))
            continue
        kernels = [tuple(_innermost(kernel)) for kernel in part]
        high, wide = len(kernels[0]), len(kernels[0][0])
        between = f"{BLANK}|{BLANK}" if high * wide > 1 else BLANK
        for row in range(high):
            yield _cut(between.join(BLANK.join(kernel[row]) for kernel in kernels))
        if high > 1 and part is not value[-1]:
            yield BLANK


def _innermost(value: Any) -> Iterator[Any]:
    """Yield the rows of a kernel, of a volume plane by plane."""
    if not isinstance(value[0], tuple):
        yield value
        return
    for part in value:
        yield from _innermost(part)


def _even(texts: list[str]) -> list[str]:
    wide = max(map(len, texts))
    return [text.rjust(wide).replace(" ", BLANK) for text in texts]


def _cut(line: str) -> str:
    return line if len(line) <= LETTERS else line[: line.rfind(BLANK, 0, LETTERS)] + f"{BLANK}…"


def _flat(value: object) -> Iterator[float]:
    if isinstance(value, tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, (int, float)):
        yield float(value)
