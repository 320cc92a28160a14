"""What a fork server imports, so that worker processes need not: all that judges a case. One thread is enough."""

import torch

from .. import campaign  # noqa: F401
from .warning_listener import mute

mute()
torch.set_num_threads(1)
