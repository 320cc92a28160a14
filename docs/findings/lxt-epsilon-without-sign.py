import torch
from lxt.explicit.functional import linear_epsilon

weight = torch.tensor([[1.0]], dtype=torch.float64)
for x in (1e-6, -1e-6, -(2.0**-20)):
    inputs = torch.tensor([[x]], dtype=torch.float64, requires_grad=True)
    output = linear_epsilon(inputs, weight)
    (relevance,) = torch.autograd.grad(output, inputs, output)
    print(f"f({x:.4g}) = {output.item():.4g}, relevance: {relevance.item():.4g}")
