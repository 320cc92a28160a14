import torch
from captum.attr import DeepLift
from torch import nn

model = nn.Sequential(nn.MaxPool1d(2, stride=1), nn.Flatten())  # max(x1, x2) and max(x2, x3)
x = torch.tensor([[[0.0, 1.0, 0.0]]])
start = torch.zeros_like(x)
scores = DeepLift(model).attribute(x, baselines=start, target=0)
print("f(x) - f(baseline) =", (model(x) - model(start))[0, 0].item())
print("sum of the scores =", scores.sum().item())
