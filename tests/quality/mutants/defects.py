"""What may go wrong on the way back through one kind of layer, or through one of its options."""

import torch
from torch.nn import functional

from .backward import ADAPTIVE, AVERAGES, CONVS, MAX_POOLS, NAMES, TRANSPOSED, Defect


def _most(size):
    return max(size) if isinstance(size, (tuple, list)) else 0 if isinstance(size, str) else size


def _crop(wrong, right):
    """Return the first places of ``wrong``, with zeros where it has none."""
    wrong = wrong[tuple(slice(n) for n in right.shape)]
    sides = [side for n, m in zip(right.shape[::-1], wrong.shape[::-1], strict=True) for side in (0, n - m)]
    return functional.pad(wrong, sides)


def _conv(function, a, arguments, **changed):
    names = NAMES[CONVS]
    return function(a, **{name: {**arguments, **changed}.get(name) for name in names})


def _transposed(function, a, arguments, **changed):
    return function(a, **{name: {**arguments, **changed}.get(name) for name in NAMES[TRANSPOSED]})


def _dilation_ignored(function, a, given):
    return _crop(_conv(function, a, given, dilation=1), given["right"]) if _most(given["dilation"]) > 1 else None


def _stride_ignored(least):
    def wrong(function, a, given):
        return _crop(_conv(function, a, given, stride=1), given["right"]) if _most(given["stride"]) >= least else None

    return wrong


def _groups_mixed(depthwise):
    def wrong(function, a, given):
        groups = given["groups"]
        return _conv(function, a.flip(1), given) if groups > 1 and (groups == a.shape[1]) == depthwise else None

    return wrong


def _inside(a):
    """Return ``a`` without the first place of its last axis."""
    return a * (torch.arange(a.shape[-1]) > 0).to(a)


def _edge_lost(function, a, given):
    return _conv(function, _inside(a), given) if _most(given["padding"]) else None


def _same_shifted(function, a, given):
    return _conv(function, a.roll(1, -1), given) if given["padding"] == "same" and a.shape[-1] > 1 else None


def _kernel_turned(function, a, given):
    return _conv(function, a, given, weight=given["weight"].flip(-1)) if given["weight"].shape[-1] > 1 else None


def _large_kernel_cut(function, a, given):
    weight = given["weight"]
    keep = (torch.arange(weight.shape[-1]) < 3).to(weight)
    return _conv(function, a, given, weight=weight * keep) if weight.shape[-1] > 3 else None


def _bars_transposed(function, a, given):
    weight = given["weight"]
    return _transposed(function, a, given, weight=weight.flip(-1)) if weight.shape[-1] > 1 else None


def _output_padding_lost(function, a, given):
    if not _most(given["output_padding"]):
        return None
    last = torch.arange(given["right"].shape[-1]) < given["right"].shape[-1] - 1
    return given["right"] * last.to(a)


def _transposed_stride(function, a, given):
    if _most(given["stride"]) < 2:
        return None
    return _crop(_transposed(function, a, given, stride=1, padding=0, output_padding=0), given["right"])


def _transposed_dilation(function, a, given):
    if _most(given["dilation"]) < 2 or given["weight"].shape[-1] < 2:
        return None
    return _crop(_transposed(function, a, given, dilation=1, padding=0), given["right"])


def _transposed_groups(function, a, given):
    return _transposed(function, a.flip(1), given) if given["groups"] > 1 else None


def _transposed_edge(function, a, given):
    return _transposed(function, _inside(a), given) if _most(given["padding"]) else None


def _mode_lost(mode):
    def wrong(function, a, given):
        return functional.pad(a, given["pad"]) if given["mode"] == mode else None

    return wrong


def _shared_at_max(function, a, given):
    return given["right"] / 2


def _last_window_lost(function, a, given):
    kept = torch.arange(given["right"].shape[-1]) < given["right"].shape[-1] - 1
    return given["right"] * kept.to(a) if given["ceil_mode"] else None


def _first_window_lost(function, a, given):
    return _inside(given["right"]) if _most(given["padding"]) else None


def _overlap_lost(function, a, given):
    stride = given["stride"] or given["kernel_size"]
    return _inside(given["right"]) if _most(stride) < _most(given["kernel_size"]) else None


def _divisor_lost(function, a, given):
    return 2 * given["right"]


def _padding_counts(function, a, given):
    if given["count_include_pad"] or not _most(given["padding"]):
        return None
    return function(a, given["kernel_size"], given["stride"], given["padding"], given["ceil_mode"], True)


def _windows_shifted(function, a, given):
    size = given["output_size"]
    sizes = size if isinstance(size, (tuple, list)) else (size,) * (a.dim() - 2)
    uneven = any(n % m for n, m in zip(a.shape[2:], sizes, strict=True))
    return function(a.flip(-1), size).flip(-1) * 0.5 if uneven else None


def _one_place(function, a, given):
    return 2 * given["right"]


def _weight_lost(function, a, given):
    weight = given["weight"]
    return None if weight is None else given["right"] / 2


def _eps_squared(function, a, given):
    return given["right"] / 2 if given["eps"] == 1e-5 else None


def _without_weight(function, a, given):
    return given["right"] / 2 if given["weight"] is None else None


def _order_lost(function, parts, given):
    return torch.cat(parts[::-1], 1)


BATCH_NORM = (functional.batch_norm,)
DEFECTS = {
    "dilation ignored": Defect(CONVS, _dilation_ignored, "conv", "dilated"),
    "stride ignored": Defect(CONVS, _stride_ignored(2), "conv", "strided"),
    "stride 3 ignored": Defect(CONVS, _stride_ignored(3), "conv", "stride 3"),
    "groups mixed up": Defect(CONVS, _groups_mixed(depthwise=False), "conv", "grouped"),
    "channels of a depthwise one mixed up": Defect(CONVS, _groups_mixed(depthwise=True), "conv", "depthwise"),
    "the edge at a padding": Defect(CONVS, _edge_lost, "conv", "padded"),
    "same padding shifted": Defect(CONVS, _same_shifted, "conv", "same padding"),
    "the kernel turned": Defect(CONVS, _kernel_turned, "conv"),
    "a large kernel cut": Defect(CONVS, _large_kernel_cut, "conv", "kernel of 4 or 5"),
    "reflection lost": Defect((functional.pad,), _mode_lost("reflect"), "conv", "reflect padding"),
    "replication lost": Defect((functional.pad,), _mode_lost("replicate"), "conv", "replicate padding"),
    "wrapping lost": Defect((functional.pad,), _mode_lost("circular"), "conv", "circular padding"),
    "the transposed kernel turned": Defect(TRANSPOSED, _bars_transposed, "convtranspose"),
    "output padding lost": Defect(TRANSPOSED, _output_padding_lost, "convtranspose", "output padding"),
    "transposed stride ignored": Defect(TRANSPOSED, _transposed_stride, "convtranspose", "strided"),
    "transposed dilation ignored": Defect(TRANSPOSED, _transposed_dilation, "convtranspose", "dilated"),
    "transposed groups mixed up": Defect(TRANSPOSED, _transposed_groups, "convtranspose", "depthwise"),
    "the edge at a transposed padding": Defect(TRANSPOSED, _transposed_edge, "convtranspose", "padded"),
    "half for the winner": Defect(MAX_POOLS, _shared_at_max, "maxpool", only_by_autograd=True),
    "the last maximum of ceil mode": Defect(
        MAX_POOLS, _last_window_lost, "maxpool", "ceil mode", only_by_autograd=True
    ),
    "the first maximum of a padding": Defect(MAX_POOLS, _first_window_lost, "maxpool", "padded", only_by_autograd=True),
    "overlapping maxima": Defect(MAX_POOLS, _overlap_lost, "maxpool", "overlapping", only_by_autograd=True),
    "the divisor of a pool": Defect(AVERAGES, _divisor_lost, "avgpool"),
    "the last average of ceil mode": Defect(AVERAGES, _last_window_lost, "avgpool", "ceil mode"),
    "the first average of a padding": Defect(AVERAGES, _first_window_lost, "avgpool", "padded"),
    "overlapping averages": Defect(AVERAGES, _overlap_lost, "avgpool", "overlapping"),
    "padding that does not count": Defect(AVERAGES, _padding_counts, "avgpool", "padding not counted"),
    "uneven adaptive windows": Defect(ADAPTIVE, _windows_shifted, "adaptiveavgpool"),
    "the divisor of an adaptive pool": Defect(ADAPTIVE, _one_place, "adaptiveavgpool"),
    "the weight of a norm": Defect(BATCH_NORM, _weight_lost, "batchnorm", only_by_autograd=True),
    "a norm with PyTorch's eps": Defect(BATCH_NORM, _eps_squared, "batchnorm", "eps 1e-5", only_by_autograd=True),
    "a norm without weights": Defect(BATCH_NORM, _without_weight, "batchnorm", "not affine", only_by_autograd=True),
    "the order of a concatenation": Defect((torch.cat,), _order_lost, "concat"),
}
"""What is drawn was tuned on this list: that these are caught says that kinds and options are reached, and not that
defects that nobody thought of are caught as often."""
