"""Exit statuses."""

EXPECTED, FOUND, WRONG_USE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
"""Nothing unexpected; something was found; wrong use, or a broken file; interrupted; ended by SIGTERM."""
