"""How many inputs go into one call: fewer of large ones, whose values on the way would not fit into memory."""

NUMBERS = 2**20
"""Variables of all inputs of one call: what a network computes on the way is some hundred times as many numbers."""


def fitting(most: int, variables: int, least: int = 1) -> int:
    """Return how many inputs of so many ``variables`` go into one call, of up to ``most``.

    >>> fitting(64, 4), fitting(64, 3 * 224 * 224), fitting(64, 3 * 224 * 224, least=8)
    (64, 6, 8)
    """
    return max(least, min(most, NUMBERS // variables))
