"""What a fork server imports, so that worker processes need not: all that judges a case. One thread is enough."""

import torch

from .. import campaign  # noqa: F401

torch.set_num_threads(1)
