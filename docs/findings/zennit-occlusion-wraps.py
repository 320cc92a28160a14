import torch
from torch import nn
from zennit.attribution import Occlusion

model = nn.Sequential(nn.Linear(3, 1, bias=False))
model[0].weight.data = torch.tensor([[1.0, 0.0, 0.0]])
x = torch.tensor([[1.0, 0.0, 0.0]])
with Occlusion(model, window=2, stride=2, attr_output=lambda output: output) as attributor:
    print("scores:", attributor(x)[1].tolist())
print("f of x1 and x2 alone, f of x3 alone:", model(torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])).flatten().tolist())
