"""What bytes stand for, by name."""

from fractions import Fraction

import pytest

from axiomcheck.strategies.draws import Draw, Layout, replace_bytes


@pytest.fixture
def layout():
    """Return an empty layout of eight bytes."""
    return Layout("eight bytes", 8)


def _values(draw):
    return [draw(bytes([byte])) for byte in range(256)]


def test_a_chance_is_true_for_the_largest_bytes(layout):
    """So small bytes are simple, and random ones are true in the share declared."""
    chance = layout.chance("rare", 0, 24)
    assert _values(chance) == [byte >= 232 for byte in range(256)]
    assert (chance.share(True), chance.share(False)) == (Fraction(3, 32), Fraction(29, 32))


def test_values_come_in_their_shares_the_first_for_small_bytes(layout):
    """Each for as many of 256 bytes as it is declared with, and all together for all."""
    depth = layout.among("depth", 0, {1: 56, 2: 104, 3: 96})
    assert _values(depth) == [1] * 56 + [2] * 104 + [3] * 96
    assert depth.share(1, 3) == Fraction(152, 256)
    with pytest.raises(ValueError, match="Expected shares of 256 for 'depth' but got 255"):
        layout.among("depth", 0, {1: 255})


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8])
def test_choices_are_as_likely_as_each_other(layout, count):
    """Up to the one byte by which 256 cannot be parted."""
    values = _values(layout.choice("some", 0, range(count)))
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0, count - 1)
    assert max(map(values.count, range(count))) - min(map(values.count, range(count))) <= 1


def test_numbers_below_a_count_that_is_known_later(layout):
    """By remainder or by proportion, each number is met, and is as likely as another."""
    remainder, proportion = layout.index("a", 0), layout.index("b", 1, "proportion")
    block = bytes([200, 200])
    assert (remainder(block, 7), proportion(block, 7)) == (200 % 7, 200 * 7 // 256)
    assert remainder.of(block, "abcdefg") == "abcdefg"[200 % 7]
    for index in (layout.index("a", 0), layout.index("a", 0, "proportion")):
        values = [index(bytes([byte]), 4) for byte in range(256)]
        assert [values.count(value) for value in range(4)] == [64] * 4


def test_spans_are_bytes_of_the_block(layout):
    """As many as declared, from their place on."""
    assert layout.span("weights", 2, 3)(bytes(range(8))) == bytes([2, 3, 4])


def test_a_draw_may_be_raised_to_a_value(layout):
    """The byte becomes the first that stands for the value, if it is not there already; no other changes."""
    width = layout.among("width", 1, {1: 32, 2: 96, 3: 128})
    assert width.at_least(bytes([9, 0, 9]), 2) == bytes([9, 32, 9])
    assert width.at_least(bytes([9, 250, 9]), 2) == bytes([9, 250, 9])
    assert replace_bytes(bytes(3), {1: 7}) == bytes([0, 7, 0])


def test_no_byte_has_two_owners(layout):
    """Unless one of them says that it shares its own; the draws of a base are owners too."""
    layout.chance("one", 0, 128)
    with pytest.raises(ValueError, match="byte 0 of eight bytes is both 'one' and 'two'"):
        layout.chance("two", 0, 128)
    assert isinstance(layout.chance("two", 0, 128, shares=True), Draw)
    above = Layout("above", 8, layout)
    with pytest.raises(ValueError, match="byte 0 of above is both 'one' and 'span'"):
        above.span("span", 0, 2)
    above.span("free", 1, 2)
    layout.span("free in the base", 1, 2)


def test_places_lie_in_the_block(layout):
    """A draw past the end is refused when it is declared."""
    with pytest.raises(ValueError, match="Expected a place in 8 bytes for 'far' but got 7"):
        layout.span("far", 7, 2)
