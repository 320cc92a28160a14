"""A residual network for scikit-learn's digits, written as people write them: modules, functions, a clamp, in-place code.

    python examples/models/residual.py build/models
    axiomcheck certify captum:DeepLift --model examples/models/residual.py:load \\
        --weights build/models/residual.safetensors --inputs build/models/residual.npy
"""

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """Two convolutions with batch norms beside the input, which they are added to."""

    def __init__(self, channels):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)
        self.conv2, self.norm2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)
        self.relu = nn.ReLU()

    def forward(self, x):
        """Return the sum, rectified."""
        inner = self.relu(self.norm1(self.conv1(x)))
        return functional.relu(self.norm2(self.conv2(inner)) + x, inplace=True)


class Residual(nn.Module):
    """A stem, two blocks, a pool, and a head."""

    def __init__(self, channels=12):
        super().__init__()
        self.stem, self.norm = nn.Conv2d(1, channels, 3, padding=1), nn.BatchNorm2d(channels)
        self.block1, self.block2 = Block(channels), Block(channels)
        self.pool = nn.MaxPool2d(2)
        self.fc1, self.act, self.fc2 = nn.Linear(channels * 16, 32), nn.ReLU(inplace=True), nn.Linear(32, 10)

    def forward(self, x):
        """Return ten outputs."""
        x = self.norm(self.stem(x)).clamp(min=0)
        x = self.pool(self.block2(self.block1(x)))
        return self.fc2(self.act(self.fc1(x.flatten(1))))


def load():
    """Return the network with the weights that it is born with, always the same."""
    torch.manual_seed(1)
    return Residual()


if __name__ == "__main__":
    from digits import data
    from training import write

    write("residual", load(), data(), epochs=8)
