"""Explainers run where they are asked to, and are judged here."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.cli import main
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.models.source import ModelSource

needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")


def test_a_device_that_is_not_there_is_told(capsys):
    """One sentence, and status 2."""
    assert main(["certify", "gradient", "--device", "tpu"]) == 2
    assert "Expected a device cpu or cuda but got 'tpu'" in capsys.readouterr().err


def test_cuda_that_is_not_there_is_told(monkeypatch, capsys):
    """One sentence, and status 2."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert main(["hunt", "gradient", "conservation", "--device", "cuda"]) == 2
    assert "there is no device 'cuda' on this machine" in capsys.readouterr().err


def test_model_inputs_target_and_baseline_are_on_the_device():
    """All that an explainer gets is where it is asked to run: here on a device that holds no numbers."""
    seen = []

    def explain(model, inputs, target, *, baseline):
        seen.extend(str(each.device) for each in (next(model.parameters()), inputs, target, baseline))
        return inputs

    source = ModelSource(nn.Linear(2, 2), np.eye(2))
    run(question(explain, "conservation", None, Budget(60, device="meta"), model=source))
    assert set(seen) == {"meta"}


@needs_cuda
@pytest.mark.parametrize(
    "axiom", ["conservation", "continuity", "implementation_invariance", "same_function", "purity"]
)
def test_explainers_run_on_cuda(axiom, example):
    """The same verdict as on the CPU."""
    source = ModelSource(*example("tabular"))
    cells = [
        run(question("grad-x-input", axiom, None, Budget(60, device=device), model=source))
        for device in ("cpu", "cuda")
    ]
    assert cells[0].verdict == cells[1].verdict
