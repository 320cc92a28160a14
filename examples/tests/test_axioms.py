"""The axioms that the explainer is to satisfy, what is known of it, and a test of one's own on random networks."""

import torch
from hypothesis import given, settings
from shared_bias import shared_bias

import axiomcheck as ac
from axiomcheck.strategies import relu_networks


@ac.parametrize_with_axioms(
    [shared_bias],
    axioms=["conservation", "continuity"],
    families=["biased", "ordinary"],
    known_violations="known.toml",
)
def test_axioms(check):
    check()


@settings(deadline=None)
@given(relu_networks(family="bias-free"))
def test_where_there_is_nothing_to_share_out(network):
    zero = torch.zeros(1, network.in_features, dtype=torch.float64)
    assert not shared_bias(network.module(), zero, torch.tensor([0])).any()
