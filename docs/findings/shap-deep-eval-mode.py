import shap
import torch
from torch import nn

for explainer in shap.DeepExplainer, shap.GradientExplainer:
    model = nn.Sequential(nn.Linear(1, 1), nn.Dropout())
    explainer(model, torch.zeros(1, 1))
    print(f"{explainer.__name__}: training is now {model.training}")
