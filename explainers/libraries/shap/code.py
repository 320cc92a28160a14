"""An explainer of SHAP as Python that needs torch, numpy and SHAP alone."""

from ...loading.script import arguments, function
from .names import Named

ROWS = """
def outputs(model, like, at):
    def f(rows):
        points = torch.tensor(rows, dtype=like.dtype).reshape(-1, *like.shape[1:])
        with torch.no_grad():
            return model(points)[:, at].numpy()

    return f
"""
ASKED = {
    "DeepExplainer": "shap.DeepExplainer(model, start{setup}).shap_values(x{call})[..., at]",
    "GradientExplainer": "shap.GradientExplainer(model, start{setup}).shap_values(x, rseed=0{call})[..., at]",
    "PermutationExplainer": "shap.PermutationExplainer(f, start.flatten(1).numpy(), seed=0, silent=True{setup})"
    ".shap_values(x.flatten(1).numpy(){call})",
    "KernelExplainer": "shap.KernelExplainer(f, start.flatten(1).numpy(){setup})"
    ".shap_values(x.flatten(1).numpy(), silent=True{call})",
    "SamplingExplainer": "shap.SamplingExplainer(f, start.flatten(1).numpy(){setup})"
    ".shap_values(x.flatten(1).numpy(), silent=True{call})",
}


def code_of(method: Named) -> str:
    """Return imports and a function ``explain``, which asks SHAP about one input at a time."""
    setup, call = (f", {text}" if (text := arguments(of)) else "" for of in (method.setup, method.call))
    call = ASKED[method.name].format(setup=setup, call=call)
    body = ["scores = []", "for x, at, start in zip(inputs[:, None], target.tolist(), baseline[:, None]):"]
    if "(f, " in call:
        body.append("    f = outputs(model, x, at)")
    body += ["    np.random.seed(0)", f"    values = {call}"]
    body += ["    scores.append(torch.as_tensor(values).reshape(inputs.shape[1:]))", "return torch.stack(scores)"]
    imports = ["import numpy as np", "import shap", *([f"\n{ROWS.strip()}"] if "(f, " in call else [])]
    return function(imports, body, baseline=True)
