"""A convolutional network with batch norms for scikit-learn's digits, trained in half a minute.

    python examples/models/digits.py build/models
    axiomcheck certify captum:IntegratedGradients --model examples/models/digits.py:load \\
        --weights build/models/digits.safetensors --inputs build/models/digits.npy
"""

import torch
from sklearn.datasets import load_digits
from torch import nn


def load():
    """Return the network with the weights that it is born with, always the same."""
    torch.manual_seed(1)
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.Conv2d(8, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 16, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(64, 32),
        nn.ReLU(),
        nn.Linear(32, 10),
    )


def data():
    """Return the images (1797, 1, 8, 8), from 0 to 1, and their digits."""
    digits = load_digits()
    return digits.images[:, None] / 16, digits.target


if __name__ == "__main__":
    from training import write

    write("digits", load(), data(), epochs=12)
