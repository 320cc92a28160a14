"""Options of the libraries, which alone know what values they take: they are asked."""

import pytest
import torch

from axiomcheck.explainers import locate
from axiomcheck.networks import AxiomcheckError

REFUSED = {
    "captum:IntegratedGradients:n_steps=abc": "n_steps='abc'",
    "captum:IntegratedGradients:n_steps=-3": "The number of steps must be a positive integer",
    "captum:IntegratedGradients:method=foo": "'gausslegendre'",
    "captum:Occlusion:strides=7": "Stride dimension 7 cannot be larger",
    "shap:KernelExplainer:nsamples=-3": "nsamples=-3",
    "shap:Sampling:nsamples=foo": "nsamples='foo'",
    "shap:PermutationExplainer:npermutations=2": "max_evals=4 is too low",
}
TAKEN = [
    "captum:IntegratedGradients:n_steps=20,method=gausslegendre",
    "captum:Occlusion:sliding_window_shapes=(2,)",  # of vectors alone
    "captum:Occlusion:sliding_window_shapes=(1, 2, 2)",  # of images alone
    "captum:LRP:rule=Alpha1_Beta0_Rule",
    "captum:ShapleyValueSampling:n_samples=1000000000",  # may be right, and is not tried
    "shap:KernelExplainer:nsamples=10",
    "shap:PermutationExplainer:npermutations=3",
]


@pytest.mark.parametrize("asked", REFUSED)
def test_a_value_that_a_library_takes_nowhere_is_told_at_once(asked):
    """With the option and the library's own words, in one line."""
    with pytest.raises(AxiomcheckError, match="wherever it is tried") as told:
        locate(asked)
    assert REFUSED[asked] in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("asked", TAKEN)
def test_a_value_that_it_takes_somewhere_is_taken(asked):
    """What fits vectors or images alone, too."""
    assert locate(asked).explain is not None


def test_trying_draws_nothing_from_the_users_generator():
    """Samplers are tried with a seed of their own."""
    before = torch.get_rng_state()
    locate("shap:Sampling:nsamples=10")
    locate("captum:ShapleyValueSampling:n_samples=3")
    assert torch.equal(torch.get_rng_state(), before)
