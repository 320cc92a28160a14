"""DeepLIFT of whatever Captum comes first on the path.

    pip install --no-deps --target old captum==0.6.0
    PYTHONPATH=old axiomcheck hunt examples/old_releases/captum_deep_lift.py:deep_lift batch_consistency
"""

import warnings

from captum.attr import DeepLift

from axiomcheck import explainer


@explainer(conserves="change")
def deep_lift(model, inputs, target, *, baseline):
    """DeepLIFT, rescale rule."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return DeepLift(model).attribute(inputs, baseline, target=target).detach()
