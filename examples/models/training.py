"""What the three scripts share: a seeded training on two cores, and the files that come of it."""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn


def fit(model, inputs, labels, epochs, rate=3e-3, size=64):
    """Train a classifier with Adam, always in the same order."""
    torch.manual_seed(0)
    optimiser = torch.optim.Adam(model.parameters(), rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs)).split(size):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(inputs[batch]), labels[batch]).backward()
            optimiser.step()
        schedule.step()
    return model.eval()


def accuracy(model, inputs, labels):
    """Return the share of inputs whose largest output is right."""
    with torch.no_grad():
        return float((model(inputs).argmax(1) == labels).float().mean())


def split(inputs, labels):
    """Return training inputs and labels, then those of the test: every fourth is held out."""
    inputs, labels = torch.tensor(inputs, dtype=torch.float32), torch.tensor(labels)
    test = torch.arange(len(inputs)) % 4 == 3
    return inputs[~test], labels[~test], inputs[test], labels[test]


def write(name, model, data, epochs):
    """Train, and write the weights and the test inputs to the folder that the command line names."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/models")
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    inputs, labels, test, right = split(*data)
    fit(model, inputs, labels, epochs)
    save_file(model.state_dict(), folder / f"{name}.safetensors")
    np.save(folder / f"{name}.npy", test.numpy())
    print(f"{name}: {accuracy(model, test, right):.1%} of {len(test)} test inputs right; wrote {folder}/{name}.*")
