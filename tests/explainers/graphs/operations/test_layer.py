"""The way back through layers."""

import pytest
import torch
from torch import nn

from axiomcheck.explainers.graphs.graph import graph
from axiomcheck.explainers.graphs.operations import Layer
from axiomcheck.explainers.graphs.vjp import vjp

LAYERS = {
    "linear": (nn.Linear(3, 5), (2, 3)),
    "linear behind more axes": (nn.Linear(3, 5), (2, 4, 3)),
    "convolution": (nn.Conv2d(2, 4, 3, padding=1), (2, 2, 6, 5)),
    "strides that leave a rest": (nn.Conv2d(2, 4, (3, 2), stride=(2, 3)), (2, 2, 8, 7)),
    "spread in groups": (nn.Conv2d(4, 2, 2, dilation=2, groups=2, bias=False), (2, 4, 6, 5)),
    "padding by name": (nn.Conv2d(2, 2, 3, padding="same"), (2, 2, 4, 4)),
    "no padding by name": (nn.Conv1d(2, 2, 2, padding="valid"), (2, 2, 4)),
    "convolution of one axis": (nn.Conv1d(2, 3, 3, stride=2, padding=1), (2, 2, 8)),
    "transposed convolution": (nn.ConvTranspose2d(2, 3, 3, stride=2, output_padding=1), (2, 2, 3, 4)),
    "batch norm": (nn.BatchNorm1d(3).eval(), (2, 3, 4)),
    "average": (nn.AvgPool2d(2, padding=1), (2, 3, 4, 4)),
}


@pytest.mark.parametrize("name", LAYERS)
def test_way_back(name):
    """It is that of autograd, for weights of another layer too."""
    module, shape = LAYERS[name]
    ((layer, _),) = graph(module.double())
    assert isinstance(layer, Layer)
    generator = torch.Generator().manual_seed(3)
    a = torch.randn(shape, generator=generator, dtype=torch.float64)
    weight = torch.randn(layer.parameters.weight.shape, generator=generator, dtype=torch.float64)
    message = torch.randn(layer(a).shape, generator=generator, dtype=torch.float64)
    (wanted,) = vjp(lambda entering: layer.function(entering, weight, None), [a], message)
    found = layer.transpose(a, weight, message)
    assert found.shape == a.shape
    assert torch.allclose(found, wanted, rtol=0, atol=1e-12)
