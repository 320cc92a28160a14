import quantus
import torch
from torch import nn

model = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))
model.train()
print("training before:", model.training)
quantus.explain(model, torch.ones(1, 2).numpy(), torch.tensor([0]).numpy(), method="Saliency")
print("training afterwards:", model.training)
