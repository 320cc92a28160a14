"""Output form: what comes back is a score for every input variable."""

from collections.abc import Iterator

import numpy as np

from ..networks import Case
from ..strategies.cases import one_network
from .axiom import Explain, Gap, axiom


@axiom(
    cites="Kokhlikyan et al. 2020 (Captum: attributions have the shape and the type of the inputs)",
    draws=one_network,
    says="{form}",
    code="""
given = {"baseline": baseline.expand_as(x)} if "baseline" in globals() else {}
result = explain(model, x.clone(), torch.full((len(x),), target), **given)
form = [(r.shape, r.dtype, r.device, r.layout) if isinstance(r, torch.Tensor) else None for r in (result, x)]
print("gap:", float(form[0] != form[1] or not result.isfinite().all()))
""",
    verb="returns scores in the form of the inputs",
    group="contract",
)
def output_form(explain: Explain, case: Case) -> Iterator[Gap]:
    """Scores come back as a Tensor of the inputs' shape, dtype and device, and all of them are finite."""
    form = explain.observe(case.network, np.array(case.inputs)).form
    yield Gap(
        size=float(bool(form)),
        scale=0.0,
        observed={"form": form, "batch": [list(x) for x in case.inputs]},
    )
