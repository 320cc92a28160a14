"""Hypothesis without constants."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import HypothesisProvider

from axiomcheck.strategies.codec import SIZE
from axiomcheck.strategies.provider import without_constants


def test_hypothesis_is_put_back():
    """After the block, and after an exception in it, Hypothesis draws as before."""
    before = HypothesisProvider._maybe_draw_constant
    try:
        with without_constants():
            assert HypothesisProvider._maybe_draw_constant is not before
            raise RuntimeError
    except RuntimeError:
        pass
    assert HypothesisProvider._maybe_draw_constant is before


def test_blocks_are_uniform():
    """Bytes of all values come about equally often: none is missing from 60 blocks, none is frequent."""
    drawn = []

    @settings(max_examples=60, phases=[Phase.generate])
    @given(st.binary(min_size=SIZE, max_size=SIZE))
    def draw(block):
        drawn.append(block)

    with without_constants():
        draw()
    counts = [sum(block.count(byte) for block in drawn[1:]) for byte in range(256)]
    expected = sum(counts) / 256
    assert min(counts) > 0
    assert max(counts) < 2.5 * expected
