"""The pieces of a segment on which a graph is affine (Sotoudeh & Thakur 2019, ExactLine)."""

import torch
from torch import Tensor

from ..protocol import Unsupported
from .envelope import crossings
from .graph import Graph, evaluated
from .operations import Activation, MaxPool, Softmax

ROWS = 1024
"""How many points go through the model at once."""


def pieces(nodes: Graph, start: Tensor, direction: Tensor) -> tuple[Tensor, Tensor]:
    """Return the middle (B, n) and the length (B, n) of every piece of start + t·direction (B, *shape), 0 ≤ t ≤ 1.

    Rows with fewer pieces than others have some of length 0. A graph with a softmax is ``Unsupported``: it has none.
    """
    breaks = torch.tensor([0.0, 1.0]).to(start).expand(len(start), 2)
    for number, (operation, sources) in enumerate(nodes):
        if isinstance(operation, Softmax):
            raise Unsupported(f"{operation.name} is not piecewise linear")
        if isinstance(operation, (Activation, MaxPool)):
            span = max(1, ROWS // len(start))
            found = [breaks]
            for first in range(0, breaks.shape[1] - 1, span):
                some = breaks[:, first : first + span + 1]
                entering = evaluated(nodes[:number], along(start, direction, some))[sources[0]]
                if len(entering) != len(start) * some.shape[1]:
                    raise Unsupported("the pieces of a model that moves its batch to another axis are not known")
                found.append(_places(some, _kinks(operation, entering, len(start))))
            breaks = torch.cat(found, 1).sort(1).values
    return (breaks[:, 1:] + breaks[:, :-1]) / 2, breaks[:, 1:] - breaks[:, :-1]


def along(start: Tensor, direction: Tensor, ts: Tensor) -> Tensor:
    """Return the points (B·n, *shape) at the parameters ``ts`` (B, n)."""
    spread = ts.reshape(*ts.shape, *[1] * (start.dim() - 1))
    return (start[:, None] + spread * direction[:, None]).flatten(0, 1)


def _kinks(operation: Activation | MaxPool, entering: Tensor, rows: int) -> Tensor:
    """Return the shares (B, n - 1, m) of each piece at which it bends; 0 for none."""
    if isinstance(operation, MaxPool):
        return crossings(*_ends(operation.windows(entering), rows))
    left, right = _ends(entering.flatten(1), rows)
    shares = [_zeros(left - kink, right - kink) if kink else _zeros(left, right) for kink in operation.kinks]
    return torch.cat(shares, -1) if len(shares) > 1 else shares[0]


def _ends(values: Tensor, rows: int) -> tuple[Tensor, Tensor]:
    values = values.reshape(rows, -1, *values.shape[1:])
    return values[:, :-1], values[:, 1:]


def _zeros(left: Tensor, right: Tensor) -> Tensor:
    return torch.where(left * right < 0, left / (left - right), 0)


def _places(breaks: Tensor, share: Tensor) -> Tensor:
    """Return where the pieces bend, (B, m) for the row that bends most; others fill up with 0."""
    bends = share > 0
    places = breaks[:, :-1, None] + share * (breaks[:, 1:] - breaks[:, :-1])[..., None]
    most = int(bends.flatten(1).sum(1).max())
    return torch.where(bends, places, 0).flatten(1).topk(most, 1, sorted=False).values
