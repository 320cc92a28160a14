import shap
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        if (x > 1).any():
            raise ValueError("no inputs above 1")
        return self.linear(x)


model = Model()
explainer = shap.DeepExplainer(model, torch.zeros(1, 1))
try:
    explainer.shap_values(torch.full((1, 1), 2.0))
except ValueError as error:
    print("raised", error)
print("forward hooks left:", len(model.linear._forward_hooks))
print("backward hooks left:", len(model.linear._backward_hooks))
