"""Exit statuses."""

EXPECTED, FOUND, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
"""Nothing unexpected; something was found; wrong use, or a broken file; interrupted."""
