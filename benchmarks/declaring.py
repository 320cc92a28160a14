"""Captum's integrated gradients, by somebody who says how far off the sum over the path may be."""

from torch import Tensor, nn

from axiomcheck.explainers import explainer


@explainer(tolerance=0.05)
def integrated_gradients(
    model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor, n_steps: int = 200
) -> Tensor:
    """Return Captum's integrated gradients, a quadrature of ``n_steps`` points; they sum to the change within 5 %."""
    from captum.attr import IntegratedGradients

    attribute = IntegratedGradients(model).attribute
    scores: Tensor = attribute(inputs, baselines=baseline.expand_as(inputs), target=target, n_steps=n_steps)
    return scores
