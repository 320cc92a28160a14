import torch
from captum.attr import DeepLift
from torch import nn

model = nn.Sequential(nn.Linear(1, 1))
x = torch.ones(1, 1)
try:
    DeepLift(model).attribute(x, target=5)
except (AssertionError, IndexError) as error:
    print("raised", type(error).__name__)
print("requires_grad of x:", x.requires_grad)
