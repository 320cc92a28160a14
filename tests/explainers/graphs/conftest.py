"""Small architectures of every layer, and the same as plans: plain lists of neurons, on which oracles run in loops.

A step of a plan is a kind, its data, and the numbers of the values that enter it; value 0 is the input, flattened.
"""

from itertools import product
from math import ceil, floor, sqrt

import pytest
import torch
from torch import nn
from torch.nn import functional


class _Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.norm = nn.Conv2d(1, 2, 3, stride=2, padding=2), nn.BatchNorm2d(2)
        self.b, self.c = nn.Conv2d(2, 2, 3, padding=2, dilation=2, groups=2), nn.Linear(2, 2)

    def forward(self, x):
        h = torch.relu(self.norm(self.a(x)))
        h = functional.leaky_relu(self.b(h) + h, 0.1)
        return self.c(functional.avg_pool2d(h, 2).flatten(1))

    def plan(self):
        pool = [[(c * 9 + r * 3 + s, 0.25) for r in (0, 1) for s in (0, 1)] for c in (0, 1)]
        return [
            ("affine", _convolution(self.a, (4, 4)), (0,)),
            ("affine", _norm(self.norm, 9), (1,)),
            ("relu", 0.0, (2,)),
            ("affine", _convolution(self.b, (3, 3)), (3,)),
            ("sum", None, (4, 3)),
            ("relu", 0.1, (5,)),
            ("affine", _rows(pool, 18), (6,)),
            ("affine", _linear(self.c), (7,)),
        ]


class _Concatenation(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.prelu = nn.Conv2d(1, 2, 1), nn.Conv2d(1, 1, 3, padding=1, bias=False), nn.PReLU()
        self.up, self.c = nn.ConvTranspose2d(3, 1, 2, stride=2, padding=1, output_padding=1), nn.Linear(9, 2)

    def forward(self, x):
        h = self.prelu(torch.cat([self.a(x), self.b(x)], 1))
        return self.c(self.up(functional.max_pool2d(h, 3, stride=2, padding=1)).flatten(1))

    def plan(self):
        inside = [[k for k in (2 * o - 1, 2 * o, 2 * o + 1) if 0 <= k < 4] for o in (0, 1)]
        windows = [
            [c * 16 + r * 4 + s for r, s in product(rows, columns)]
            for c, rows, columns in product(range(3), inside, inside)
        ]
        return [
            ("affine", _convolution(self.a, (4, 4)), (0,)),
            ("affine", _convolution(self.b, (4, 4)), (0,)),
            ("cat", None, (1, 2)),
            ("relu", self.prelu.weight.item(), (3,)),
            ("max", windows, (4,)),
            ("affine", _transposed(self.up, (2, 2), (3, 3)), (5,)),
            ("affine", _linear(self.c), (6,)),
        ]


class _Signal(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.norm = nn.Conv1d(2, 4, 3, dilation=2, groups=2), nn.BatchNorm1d(4)
        self.up, self.c = nn.ConvTranspose1d(4, 2, 2), nn.Linear(6, 2)

    def forward(self, x):
        h = functional.max_pool1d(self.norm(self.a(x)).clamp(min=0), 2, stride=1)
        return self.c(self.up(functional.adaptive_avg_pool1d(h, 2)).flatten(1))

    def plan(self):
        ends = [(floor(o * 3 / 2), ceil((o + 1) * 3 / 2)) for o in (0, 1)]
        pool = [[(c * 3 + k, 1 / (b - a)) for k in range(a, b)] for c in range(4) for a, b in ends]
        return [
            ("affine", _convolution(self.a, (1, 8)), (0,)),
            ("affine", _norm(self.norm, 4), (1,)),
            ("relu", 0.0, (2,)),
            ("max", [[c * 4 + k, c * 4 + k + 1] for c in range(4) for k in range(3)], (3,)),
            ("affine", _rows(pool, 12), (4,)),
            ("affine", _transposed(self.up, (1, 2), (1, 3)), (5,)),
            ("affine", _linear(self.c), (6,)),
        ]


class _Skip(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.norm, self.b, self.c = nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Linear(3, 4), nn.Linear(4, 2)

    def forward(self, x):
        return self.c(functional.relu(self.b(self.norm(self.a(x)).relu() + x)))

    def plan(self):
        below = [("affine", _linear(self.a), (0,)), ("affine", _norm(self.norm, 1), (1,)), ("relu", 0.0, (2,))]
        above = [("affine", _linear(self.b), (4,)), ("relu", 0.0, (5,)), ("affine", _linear(self.c), (6,))]
        return [*below, ("sum", None, (3, 0)), *above]


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Compute in one thread: more of them cost more than they bring on small tensors."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def architectures():
    """Return pairs of a model, its plan and a few inputs, in float64."""
    shapes = {_Residual: (1, 4, 4), _Concatenation: (1, 4, 4), _Signal: (2, 8), _Skip: (3,)}
    generator, found = torch.Generator().manual_seed(5), []
    for kind, shape in shapes.items():
        model = kind().double().eval()
        with torch.no_grad():
            for parameter in (*model.parameters(), *(b for b in model.buffers() if b.is_floating_point())):
                parameter.copy_(torch.randn(parameter.shape, dtype=torch.float64, generator=generator))
        for norm in (module for module in model.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)):
            norm.running_var.abs_().add_(0.5)
        inputs = torch.randn(4, *shape, dtype=torch.float64, generator=generator)
        found.append((model, model.plan(), inputs))
    return found


def _rows(taps, size):
    rows = [[0.0] * size for _ in taps]
    for row, found in zip(rows, taps, strict=True):
        for i, weight in found:
            row[i] += weight
    return rows, [0.0] * len(taps)


def _linear(layer):
    return layer.weight.tolist(), layer.bias.tolist()


def _norm(layer, size):
    channels = range(layer.num_features)
    mean, var, weight, bias = (
        part.tolist() for part in (layer.running_mean, layer.running_var, layer.weight, layer.bias)
    )
    scales = [weight[c] / sqrt(var[c] + layer.eps) for c in channels]
    taps = [[(c * size + k, scales[c])] for c in channels for k in range(size)]
    return _rows(taps, len(taps))[0], [bias[c] - mean[c] * scales[c] for c in channels for _ in range(size)]


def _convolution(layer, size):
    """Write every tap of a convolution on planes of this size into a matrix; signals are planes of one row."""
    (stride, padding, dilation, kernel), out = _sizes(layer), layer.out_channels
    high, wide = (
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, s, p, d, k in zip(size, stride, padding, dilation, kernel, strict=True)
    )
    weight, inner = layer.weight.reshape(out, -1, *kernel).tolist(), layer.in_channels // layer.groups
    taps = []
    for o, y, x in product(range(out), range(high), range(wide)):
        taps.append([])
        for i, r, s in product(range(inner), range(kernel[0]), range(kernel[1])):
            row, column = y * stride[0] - padding[0] + r * dilation[0], x * stride[1] - padding[1] + s * dilation[1]
            if 0 <= row < size[0] and 0 <= column < size[1]:
                channel = o // (out // layer.groups) * inner + i
                taps[-1].append(((channel * size[0] + row) * size[1] + column, weight[o][i][r][s]))
    bias = [0.0] * out if layer.bias is None else layer.bias.tolist()
    return _rows(taps, layer.in_channels * size[0] * size[1])[0], [b for b in bias for _ in range(high * wide)]


def _transposed(layer, size, grown):
    """Write a transposed convolution without groups: every input is spread over the outputs."""
    (stride, padding, _, kernel), out = _sizes(layer), layer.out_channels
    weight = layer.weight.reshape(layer.in_channels, out, *kernel).tolist()
    taps = [[] for _ in range(out * grown[0] * grown[1])]
    for i, y, x, o, r, s in product(*map(range, (layer.in_channels, *size, out, *kernel))):
        row, column = y * stride[0] - padding[0] + r, x * stride[1] - padding[1] + s
        if 0 <= row < grown[0] and 0 <= column < grown[1]:
            place = (o * grown[0] + row) * grown[1] + column
            taps[place].append(((i * size[0] + y) * size[1] + x, weight[i][o][r][s]))
    bias = [b for b in layer.bias.tolist() for _ in range(grown[0] * grown[1])]
    return _rows(taps, layer.in_channels * size[0] * size[1])[0], bias


def _sizes(layer):
    sizes = (layer.stride, layer.padding, layer.dilation, layer.kernel_size)
    return [size if len(size) == 2 else (neutral, *size) for size, neutral in zip(sizes, (1, 0, 1, 1), strict=True)]
