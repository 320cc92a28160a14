"""Permutation values of whatever SHAP comes first on the path, one input at a time from its own baseline.

    PYTHONPATH=old axiomcheck hunt examples/old_releases/shap_permutation.py:permutation symmetry --like shapley
"""

import numpy as np
import torch

OF_ITS_DAYS = {"bool8": np.bool_, "bool": bool, "int": int, "float": float, "object": object}
OF_ITS_DAYS["obj2sctype"] = lambda kind: kind if isinstance(kind, type) else np.dtype(kind).type
for name, meant in OF_ITS_DAYS.items():  # what SHAP 0.39 asks of NumPy, and NumPy 2 has no longer
    if name not in vars(np):
        setattr(np, name, meant)

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
