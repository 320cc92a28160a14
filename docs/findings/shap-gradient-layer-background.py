import shap
import torch
from torch import nn

model = nn.Sequential(nn.Linear(1, 1, bias=False))
model[0].weight.data = torch.ones(1, 1)
x = background = torch.ones(1, 1)
print("f(x) - f(background):", (model(x) - model(background)).item())
for name, what in {"of the input": model, "of the input of layer 0": (model, model[0])}.items():
    scores = shap.GradientExplainer(what, background).shap_values(x, rseed=0)
    print(f"scores {name}: {scores.sum():.4f}")
