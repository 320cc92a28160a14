"""Permutation values of whatever SHAP comes first on the path, one input at a time from its own baseline.

    PYTHONPATH=old axiomcheck hunt examples/old_releases/shap_permutation.py:permutation symmetry --like shapley
"""

import numpy as np
import torch

for old, new in {"bool8": np.bool_, "bool": bool, "int": int, "float": float, "object": object}.items():
    if old not in vars(np):  # what SHAP 0.39 asks of a NumPy of its days
        setattr(np, old, new)

from shap.explainers import Permutation
from shap.maskers import Independent

from axiomcheck import explainer


@explainer(conserves="change")
def permutation(model, inputs, target, *, baseline, seed: int = 0):
    """Shapley values by one order of the variables, forward and backward."""
    rows = []
    for x, start, wanted in zip(inputs, baseline, target.tolist(), strict=True):

        def ask(points, wanted=wanted, shape=x.shape):
            with torch.no_grad():
                return model(torch.as_tensor(points, dtype=inputs.dtype).reshape(-1, *shape))[:, wanted].numpy()

        np.random.seed(seed)
        flat = x.reshape(1, -1).numpy()
        explain = Permutation(ask, Independent(start.reshape(1, -1).numpy(), max_samples=1))
        values = explain(flat, max_evals=2 * flat.shape[1] + 1, silent=True).values
        rows.append(torch.as_tensor(values).reshape(x.shape))
    return torch.stack(rows).to(inputs)
