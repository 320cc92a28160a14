"""Where the largest of some lines changes."""

import torch
from torch import Tensor


def crossings(left: Tensor, right: Tensor) -> Tensor:
    """Return where on (0, 1) the upper envelope of lines bends, from their ends (B, n, k, m), k lines in each of m.

    The result is (B, n, m·j) for some j, with 0 for no bend. From the winner at the left the next is the line that
    catches up first of all steeper ones, and so on: at most k - 1 times.

    >>> crossings(torch.tensor([[[[2.0], [0.0], [1.0]]]]), torch.tensor([[[[0.0], [6.0], [1.5]]]]))
    tensor([[[0.2500]]])
    """
    slope = right - left
    highest = left == left.amax(2, keepdim=True)
    winner = torch.where(highest, slope, -torch.inf).argmax(2, keepdim=True)
    places = [torch.zeros_like(left[:, :, :0])]
    at = torch.zeros_like(left[:, :, :1])
    for _ in range(left.shape[2] - 1):
        steeper = slope - slope.gather(2, winner)
        behind = left.gather(2, winner) - left
        meets = torch.where(steeper > 0, behind / torch.where(steeper > 0, steeper, 1), torch.inf)
        at, winner = meets.clamp(min=at).min(2, keepdim=True)
        if not (at < 1).any():
            break
        places.append(torch.where(at < 1, at, 0))
    return torch.cat(places, 2).flatten(2)
