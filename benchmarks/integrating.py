"""Integrated gradients: exact, against Captum with as many steps as an error that one can live with needs.

The midpoint rule is the cheaper of Captum's for many steps: its default spends most of its time on the nodes.
"""

from functools import partial

import torch
from captum.attr import IntegratedGradients as Captum
from torch import Tensor, nn

from axiomcheck.explainers.methods.input_gradient import target_output
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients

from .timing import Row, side_by_side

INPUTS, VARIABLES, UNITS, ROUNDS = 16, 8, 16, 5
MOST_STEPS = 2**12
GOAL = 1e-3
"""Relative error at which the two count as equal; quadrature across kinks does not come near the exact one's."""


def rows() -> list[Row]:
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(VARIABLES, UNITS), nn.ReLU(), nn.Linear(UNITS, UNITS), nn.ReLU(), nn.Linear(UNITS, 1)
    ).double()
    inputs = torch.randn(INPUTS, VARIABLES, dtype=torch.float64)
    baseline = torch.randn(INPUTS, VARIABLES, dtype=torch.float64)
    target = torch.zeros(INPUTS, dtype=torch.int64)
    exact = partial(IntegratedGradients(), model, inputs, target, baseline=baseline)
    reference = exact()
    steps = 2
    while _error(_captum(model, inputs, baseline, steps), reference) > GOAL and steps < MOST_STEPS:
        steps *= 2
    captum = partial(_captum, model, inputs, baseline, steps)
    change = target_output(model, inputs, target) - target_output(model, baseline, target)
    lost, other = _error(exact().sum(1), change), _error(captum().sum(1), change)
    remark = (
        f"incomplete by {lost:.0e} / {other:.0e} with {steps} midpoints; apart by {_error(captum(), reference):.0e}"
    )
    times = side_by_side(exact, captum, rounds=ROUNDS, items=1)
    return [Row(f"integrated gradients of {INPUTS} inputs: exact / Captum", *times, remark)]


def _captum(model: nn.Module, inputs: Tensor, baseline: Tensor, steps: int) -> Tensor:
    scores: Tensor = Captum(model).attribute(inputs, baseline, target=0, n_steps=steps, method="riemann_middle")
    return scores


def _error(found: Tensor, wanted: Tensor) -> float:
    return float(((found - wanted).abs().max() / wanted.abs().max()).detach())
