"""The models on which explainers are timed, and their inputs."""

import torch
from torch import Tensor, nn

BATCHES = {1: 20, 64: 5, 1024: 1}
"""How many inputs are explained at once, and how many times in a row: one short call measures the caches it finds."""


class Convolutional(nn.Module):
    """Two convolutions, a max pool between them, and a dense layer on inputs (B, 1, 8, 8), flattened in its forward."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.pool, self.second = nn.Conv2d(1, 4, 3), nn.MaxPool2d(2), nn.Conv2d(4, 8, 2)
        self.relu1, self.relu2, self.dense = nn.ReLU(), nn.ReLU(), nn.Linear(32, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.pool(self.relu1(self.first(x)))
        return self.dense(torch.flatten(self.relu2(self.second(x)), 1))


def perceptron() -> nn.Module:
    """Return the perceptron 3-6-6-1."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 1)).eval()


def convolutional() -> nn.Module:
    """Return the convolutional network as a chain of modules."""
    torch.manual_seed(0)
    net = Convolutional()
    return nn.Sequential(
        net.first, net.relu1, net.pool, net.second, net.relu2, nn.Flatten(), net.dense
    ).eval()  # fmt: skip


def written() -> nn.Module:
    """Return the convolutional network with a forward of its own: Captum's LRP knows no Flatten."""
    torch.manual_seed(0)
    return Convolutional().eval()


MODELS = {"3-6-6-1": (perceptron, (3,)), "conv": (convolutional, (1, 8, 8))}


def batch(count: int, shape: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """Return inputs, targets and a baseline."""
    torch.manual_seed(1)
    return torch.randn(count, *shape), torch.zeros(count, dtype=torch.int64), torch.zeros(count, *shape)
