"""Families for which explainers promise something."""

from ..networks.family import ITEMS

EVERYWHERE = ",".join(ITEMS)
"""Every network and input."""
LOGITS = ",".join(item for item in ITEMS if item != "softmax")
"""Every network without a softmax."""
