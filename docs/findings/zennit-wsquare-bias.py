import torch
from torch import nn
from zennit.attribution import Gradient
from zennit.composites import LayerMapComposite
from zennit.rules import WSquare

model = nn.Sequential(nn.Linear(1, 1))
model[0].weight.data, model[0].bias.data = torch.ones(1, 1), torch.ones(1)
for rule in WSquare(), WSquare(zero_params="bias"):
    with Gradient(model, LayerMapComposite([(nn.Linear, rule)])) as attributor:
        relevance = attributor(torch.zeros(1, 1), torch.ones(1, 1))[1]
    print(f"of a relevance of 1 at the output, x1 gets {relevance.item():.4f}")
