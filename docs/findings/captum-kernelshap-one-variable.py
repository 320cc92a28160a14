import torch
from captum.attr import KernelShap
from torch import nn

try:
    KernelShap(nn.Sequential(nn.Linear(1, 1))).attribute(torch.ones(1, 1))
except ValueError as error:
    print("raised ValueError:", " ".join(str(error).split()))
