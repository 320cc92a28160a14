"""Hypothesis' provider for blocks."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS

from axiomcheck.strategies.codec import SIZE
from axiomcheck.strategies.provider import block_provider


def test_the_provider_is_put_back():
    """After the block, and after an exception in it, Hypothesis draws as before."""
    before = dict(AVAILABLE_PROVIDERS)
    try:
        with block_provider():
            assert before != AVAILABLE_PROVIDERS
            raise RuntimeError
    except RuntimeError:
        pass
    assert before == AVAILABLE_PROVIDERS


def test_blocks_are_uniform():
    """Bytes of all values come about equally often: none is missing from 60 blocks, none is frequent."""
    drawn = []

    @settings(max_examples=60, phases=[Phase.generate])
    @given(st.binary(min_size=SIZE, max_size=SIZE))
    def draw(block):
        drawn.append(block)

    with block_provider():
        draw()
    counts = [sum(block.count(byte) for block in drawn[1:]) for byte in range(256)]
    expected = sum(counts) / 256
    assert min(counts) > 0
    assert max(counts) < 2.5 * expected
