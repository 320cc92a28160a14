"""Context: how far the scores are from those of calls that are made in other ways."""

import random
from collections.abc import Callable

import numpy as np
import torch


def gap(
    explain: Callable[..., torch.Tensor],
    model: torch.nn.Module,
    x: torch.Tensor,
    target: int,
    baseline: torch.Tensor | None,
) -> float:
    """Return the largest difference to the plain call, of calls in nine ways; not in another thread."""

    def relevance(inputs: torch.Tensor) -> torch.Tensor:
        torch.manual_seed(0), np.random.seed(0), random.seed(0)
        keywords = {} if baseline is None else {"baseline": baseline.expand_as(inputs).clone()}
        return explain(model, inputs, torch.full((len(inputs),), target), **keywords).detach().clone()

    def quietly(mode: type) -> torch.Tensor:
        try:
            with mode():
                return relevance(x.clone())
        except RuntimeError:
            return plain

    plain = relevance(x.clone())
    many = [place % len(x) for place in range(64)]
    wide = torch.cat([x, x], -1)
    pairs = [(relevance(torch.stack([wide, wide], -1)[..., : x.shape[-1], 0]), plain)]
    pairs += [(relevance(x[:1].expand(2, *x.shape[1:])), plain[[0, 0]]), (relevance(x[many]), plain[many])]
    pairs += [(relevance(x.clone().requires_grad_()), plain)]
    pairs += [(quietly(mode), plain) for mode in (torch.no_grad, torch.inference_mode)]
    if x.dim() == 4:
        pairs += [(relevance(x.contiguous(memory_format=torch.channels_last)), plain)]
    weights = [parameter.detach().clone() for parameter in model.parameters()]
    for factor in (0.5, 1.0):
        for parameter, weight in zip(model.parameters(), weights, strict=True):
            parameter.data.copy_(factor * weight)
        again = relevance(x.clone())
    pairs += [(again, plain), (relevance(x.clone()), plain)]
    model.requires_grad_(False)
    pairs += [(relevance(x.clone()), plain)]
    if not any(isinstance(module, torch.nn.modules.batchnorm._NormBase) for module in model.modules()):
        model.train()
        pairs += [(relevance(x.clone()), plain)]
    return max(float((one - other).abs().max()) for one, other in pairs)
