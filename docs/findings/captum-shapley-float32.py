import torch
from captum.attr import FeatureAblation, ShapleyValues, ShapleyValueSampling

model = torch.nn.Linear(1, 1, bias=False, dtype=torch.float64)
model.weight.data = torch.tensor([[1 / 3]], dtype=torch.float64)
x = torch.ones(1, 1, dtype=torch.float64)
print("f(x):", model(x).item())
for method in FeatureAblation, ShapleyValues, ShapleyValueSampling:
    scores = method(model).attribute(x)
    print(f"{method.__name__}: {scores.dtype}, wrong by {abs(scores.item() - 1 / 3):.0e}")
