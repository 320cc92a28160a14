"""Building the module of a network: without drawing weights first, against nn.Linear and a copy."""

from random import Random

import torch
from torch import nn

from axiomcheck.networks import Family, Linear, Network
from axiomcheck.strategies.codec import SIZE, draw_network

from .timing import Row, side_by_side

NETWORKS, ROUNDS = 300, 9


def plain_module(network: Network) -> nn.Sequential:
    layers: list[nn.Module] = []
    for layer in network.layers:
        if not isinstance(layer, Linear):
            layers.append(nn.ReLU())
            continue
        built = nn.Linear(layer.in_features, layer.out_features, bias=layer.has_bias, dtype=torch.float64)
        with torch.no_grad():
            built.weight.copy_(torch.tensor(layer.weight, dtype=torch.float64))
            if layer.has_bias:
                built.bias.copy_(torch.tensor(layer.bias, dtype=torch.float64))
        layers.append(built)
    return nn.Sequential(*layers).eval()


def rows() -> list[Row]:
    random = Random(0)
    networks = [draw_network(random.randbytes(SIZE), Family()) for _ in range(NETWORKS)]
    for network in networks:
        mine, plain = network.module().parameters(), plain_module(network).parameters()
        assert all(torch.equal(one, other) for one, other in zip(mine, plain, strict=True))
    times = side_by_side(
        lambda: [network.module() for network in networks],
        lambda: [plain_module(network) for network in networks],
        rounds=ROUNDS,
        items=NETWORKS,
    )
    return [Row("build its module / nn.Linear, then copy", *times, "equal parameters")]
