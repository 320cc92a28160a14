"""Watching what torch computes, operation by operation, whatever modules and functions are written in."""

from torch.utils._python_dispatch import TorchDispatchMode


class Watching(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch says no types of it
    """While it is entered, each operation on tensors passes through its ``__torch_dispatch__``."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Return False: to be hidden from a compiler would cost five seconds, in which torch imports that compiler."""
        return False
