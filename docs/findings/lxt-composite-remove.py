import torch
from lxt.explicit.core import Composite
from lxt.explicit.modules import LinearEpsilon
from torch import nn

model = nn.Sequential(nn.Linear(1, 1, bias=False, dtype=torch.float64))
model[0].weight.data.fill_(2.0)
print("before:", model[0])
composite = Composite({nn.Linear: LinearEpsilon})
composite.register(model)
composite.remove()
print("after:", model[0])
x = torch.tensor([[1.0]], dtype=torch.float64, requires_grad=True)
model(x).sum().backward()
print("gradient:", x.grad.item(), "weight:", model[0].weight.item())
