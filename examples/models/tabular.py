"""A multi-layer perceptron for scikit-learn's table of breast cancer, trained in seconds.

    python examples/models/tabular.py build/models
    axiomcheck certify shap:DeepExplainer --model examples/models/tabular.py:load \\
        --weights build/models/tabular.safetensors --inputs build/models/tabular.npy
"""

import torch
from sklearn.datasets import load_breast_cancer
from torch import nn


def load():
    """Return the network with the weights that it is born with, always the same."""
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(30, 24), nn.ReLU(), nn.Dropout(0.1), nn.Linear(24, 12), nn.ReLU(), nn.Linear(12, 2))


def data():
    """Return the table (569, 30), each column with mean 0 and deviation 1, and what each is."""
    table = load_breast_cancer()
    return (table.data - table.data.mean(0)) / table.data.std(0), table.target


if __name__ == "__main__":
    from training import write

    write("tabular", load(), data(), epochs=20)
