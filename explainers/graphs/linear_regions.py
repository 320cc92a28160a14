"""The pieces of a segment on which a graph is affine (Sotoudeh & Thakur 2019, ExactLine)."""

import torch
from torch import Tensor

from ..protocol import Unsupported
from .graph import Graph, evaluate

ROWS = 1024
"""How many points go through the model at once."""


def regions(nodes: Graph, start: Tensor, direction: Tensor) -> tuple[Tensor, Tensor]:
    """Return the middle (B, n) and the length (B, n) of every piece of start + t·direction (B, *shape), 0 ≤ t ≤ 1.

    Rows with fewer pieces than others have some of length 0. A graph that is not piecewise linear is ``Unsupported``.
    """
    breaks = torch.tensor([0.0, 1.0]).to(start).expand(len(start), 2)
    for number, (operation, sources) in enumerate(nodes):
        if not operation.is_linear:
            span = max(1, ROWS // len(start))
            places = [breaks]
            for first in range(0, breaks.shape[1] - 1, span):
                some = breaks[:, first : first + span + 1]
                entering = evaluate(nodes[:number], along(start, direction, some))[sources[0]]
                if len(entering) != len(start) * some.shape[1]:
                    raise Unsupported("the pieces of a model that moves its batch to another axis are not known")
                places.append(_places(some, operation.bends(entering, len(start))))
            breaks = torch.cat(places, 1).sort(1).values
    return (breaks[:, 1:] + breaks[:, :-1]) / 2, breaks[:, 1:] - breaks[:, :-1]


def along(start: Tensor, direction: Tensor, ts: Tensor) -> Tensor:
    """Return the points (B·n, *shape) at the parameters ``ts`` (B, n)."""
    spread = ts.reshape(*ts.shape, *[1] * (start.dim() - 1))
    return (start[:, None] + spread * direction[:, None]).flatten(0, 1)


def _places(breaks: Tensor, share: Tensor) -> Tensor:
    """Return where the pieces bend, (B, m) for the row that bends most; others fill up with 0."""
    bends = share > 0
    places = breaks[:, :-1, None] + share * (breaks[:, 1:] - breaks[:, :-1])[..., None]
    most = int(bends.flatten(1).sum(1).max())
    return torch.where(bends, places, 0).flatten(1).topk(most, 1, sorted=False).values
