import torch
from torch import nn
from zennit.attribution import Gradient
from zennit.canonizers import SequentialMergeBatchNorm
from zennit.composites import EpsilonPlus

model = nn.Sequential(nn.Linear(1, 1), nn.BatchNorm1d(1, affine=False)).eval()
try:
    with Gradient(model, EpsilonPlus(canonizers=[SequentialMergeBatchNorm()])) as attributor:
        attributor(torch.ones(1, 1), torch.ones(1, 1))
except AttributeError as error:
    print("raised AttributeError:", error)
