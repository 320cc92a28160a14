import torch
from captum.attr import LRP
from torch import nn

model = nn.Sequential(nn.Linear(1, 1))
before = set(vars(model[0]))
LRP(model).attribute(torch.ones(1, 1))
print("left on the layer:", sorted(set(vars(model[0])) - before))
