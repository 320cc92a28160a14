import torch
from captum.attr import LRP
from captum.attr._utils.lrp_rules import GammaRule
from torch import nn


def scores(tied):
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.Linear(1, 1, bias=False))
    model[0].weight.data, model[1].weight.data = torch.ones(1, 1), torch.ones(1, 1)
    if tied:
        model[1].weight = model[0].weight
    for layer in model:
        layer.rule = GammaRule()
    return LRP(model).attribute(torch.ones(1, 1)).tolist()


print("f(x1) = x1 at 1, two weights:", scores(tied=False))
print("f(x1) = x1 at 1, one weight: ", scores(tied=True))
