"""How much is printed."""

from typing import Literal

Volume = Literal["quiet", "normal", "verbose"]
"""The result alone; with what a reader needs to believe it; with all that it rests on."""
