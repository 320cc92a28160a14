"""Functions of torch whose outputs are right and whose gradient is another function's."""

from dataclasses import dataclass

import torch
from torch.nn import functional
from torch.overrides import TorchFunctionMode

CONVS = (functional.conv1d, functional.conv2d, functional.conv3d)
TRANSPOSED = (functional.conv_transpose1d, functional.conv_transpose2d, functional.conv_transpose3d)
MAX_POOLS = tuple(getattr(functional, f"max_pool{n}d{end}") for n in (1, 2, 3) for end in ("", "_with_indices"))
AVERAGES = (functional.avg_pool1d, functional.avg_pool2d, functional.avg_pool3d)
ADAPTIVE = (functional.adaptive_avg_pool1d, functional.adaptive_avg_pool2d, functional.adaptive_avg_pool3d)
NAMES = {
    CONVS: ("weight", "bias", "stride", "padding", "dilation", "groups"),
    TRANSPOSED: ("weight", "bias", "stride", "padding", "output_padding", "groups", "dilation"),
    MAX_POOLS: ("kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices"),
    AVERAGES: ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override"),
    ADAPTIVE: ("output_size",),
    (functional.batch_norm,): ("mean", "var", "weight", "bias", "training", "momentum", "eps"),
    (functional.pad,): ("pad", "mode", "value"),
    (torch.cat,): ("dim",),
}
DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "output_padding": 0, "ceil_mode": False}
DEFAULTS |= {"count_include_pad": True, "weight": None, "mode": "constant", "eps": 1e-5}


@dataclass(frozen=True)
class Defect:
    """``wrong(function, a, arguments)`` has the gradient that ``functions`` are given; None where they stay right.

    ``layer`` and ``option`` are what a network must have for it to show.
    """

    functions: tuple
    wrong: object
    layer: str
    option: str = ""
    only_by_autograd: bool = False
    """Whether LRP and DeepLIFT have ways of their own through such a layer."""

    @property
    def part(self):
        """Return what a network must have for it to show, of whatever dimension."""
        return (self.layer, self.option)


class Backward(TorchFunctionMode):
    """Gives some functions the gradient of others."""

    def __init__(self, defect):
        super().__init__()
        self.defect = defect

    def __torch_function__(self, function, types, args=(), kwargs=None):
        right = function(*args, **(kwargs or {}))
        first = args[0] if args else None
        tensors = isinstance(first, torch.Tensor) or (function is torch.cat and isinstance(first[0], torch.Tensor))
        if function not in self.defect.functions or not tensors:
            return right
        names = next(names for functions, names in NAMES.items() if function in functions)
        arguments = {**DEFAULTS, **dict(zip(names, args[1:], strict=False)), **(kwargs or {})}
        values = right[0] if isinstance(right, tuple) else right
        wrong = self.defect.wrong(function, first, {**arguments, "right": values})
        if wrong is None:
            return right
        swapped = wrong + (values - wrong).detach()
        return (swapped, *right[1:]) if isinstance(right, tuple) else swapped
