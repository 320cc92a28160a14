"""Same function: the model gives an explainer the outputs that it gives everybody."""

from collections.abc import Iterator

import numpy as np

from ..explainers import Unsupported
from ..networks import Case
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom

LARGEST = 1e300
"""What stands for a number that is none."""


@axiom(
    cites="Adebayo et al. 2018 (what an explanation is of: the model as it was trained)",
    draws=one_network,
    says="while it is explained the model's outputs at x = {x} are {outputs}, where they are {own}",
    code="""
own, run, gaps = model(x.clone()).detach(), model.forward, [0.0]


def forward(points, *args, **kwargs):
    asked = points.detach().clone()
    outputs = run(points, *args, **kwargs)
    if asked.shape[1:] == x.shape[1:]:
        alike = (asked[:, None] == x).flatten(2).all(2).nonzero().tolist()
        gaps.extend((outputs[row] - own[number]).abs().max().item() for row, number in alike)
    return outputs


model.forward = forward
scores(model, x.clone())
print("gap:", max(gaps))
""",
    verb="explains the model as it is",
    group="contract",
)
def same_function(explain: Explain, case: Case) -> Iterator[Gap]:
    """Wherever an explainer asks the model about the inputs, it gets the model's own outputs."""
    inputs = np.array(case.inputs)
    outputs = explain.observe(case.network, inputs, watch=True).outputs
    if not any(map(len, outputs)):
        raise Unsupported("it never calls the model on the inputs themselves")
    for x, own, seen in zip(case.inputs, case.network.outputs(inputs), outputs, strict=True):
        if not len(seen):
            continue
        found = np.nan_to_num(seen, nan=LARGEST, posinf=LARGEST, neginf=-LARGEST)
        differences = np.abs(found - own).max(1)
        worst = int(differences.argmax())
        yield Gap(
            size=float(differences[worst]),
            scale=float(max(np.abs(found[worst]).max(), np.abs(own).max())),
            rounding=case.magnitude(x),
            vacuous=not own.any(),
            observed={
                "x": list(x),
                "outputs": found[worst].tolist(),
                "own": own.tolist(),
                "batch": [list(point) for point in case.inputs],
            },
        )
