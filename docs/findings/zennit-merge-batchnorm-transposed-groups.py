import torch
from torch import nn
from zennit.attribution import Gradient
from zennit.canonizers import SequentialMergeBatchNorm
from zennit.composites import EpsilonPlus

model = nn.Sequential(nn.ConvTranspose1d(2, 2, 1, groups=2), nn.BatchNorm1d(2)).eval()
x = torch.ones(1, 2, 1)
try:
    with Gradient(model, EpsilonPlus(canonizers=[SequentialMergeBatchNorm()])) as attributor:
        attributor(x, torch.ones(1, 2, 1))
except RuntimeError as error:
    print("raised RuntimeError:", error)
print("shape of the weight while merged:", end=" ")
merged = SequentialMergeBatchNorm().apply(model)
print(tuple(model[0].weight.shape))
for canonizer in merged:
    canonizer.remove()
print("and before:", tuple(model[0].weight.shape))
