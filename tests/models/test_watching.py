"""Watching what torch computes must not bring in its compiler: an import of it that breaks off cannot be mended."""

import subprocess
import sys

SCRIPT = """
import sys
import torch
from axiomcheck.models.casts import casts
from axiomcheck.models.pieces import Bends

model, points = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU()).double(), torch.zeros(1, 2).double()
assert casts(model, points) == []
seen = []
with Bends(1, lambda number, pieces: seen.append(number)):
    model(points)
assert seen == [0]
print("torch._dynamo" in sys.modules)
"""


def test_a_compiler_is_not_imported():
    """A model is watched in a new process, and torch has imported no compiler there."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.returncode) == ("False", 0), ran.stderr
