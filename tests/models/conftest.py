"""Models as people write them, with the weights that they are born with, and inputs for them."""

from pathlib import Path

import numpy as np
import pytest

from axiomcheck.models.loading import load_model
from axiomcheck.models.source import ModelSource

EXAMPLES = Path(__file__).parents[2] / "examples" / "models"
SHAPES = {"digits": (1, 8, 8), "residual": (1, 8, 8), "tabular": (30,)}


@pytest.fixture(autouse=True)
def _one_thread():
    """Compute small models in one thread, as the engine does: several would wait for each other."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def example():
    """Return a function for a model of the examples, whose batch norms have seen something, and its inputs."""

    def load(name):
        import torch

        model = load_model(f"{EXAMPLES / name}.py:load")
        inputs = np.random.default_rng(0).uniform(-1, 1, (24, *SHAPES[name]))
        with torch.no_grad():
            for _ in range(20):
                model(torch.tensor(inputs, dtype=torch.float32))
        return model.eval(), inputs

    return load


@pytest.fixture(scope="session")
def loaded(example):
    """Return a function for a model of the examples that is ready to draw cases."""
    return lambda name: ModelSource(*example(name)).load().draws
