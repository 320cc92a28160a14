"""Blocks: residual sums, concatenations, and Flatten."""

import pytest

from axiomcheck.networks import (
    AvgPool,
    AxiomcheckError,
    Concat,
    Conv,
    Flatten,
    LeakyReLU,
    Linear,
    Network,
    ReLU,
    Residual,
)

DOUBLE = Linear(((2.0, 0.0), (0.0, 2.0)), (0.0, 0.0))
ONE = Linear(((1.0, 1.0),), (0.0,))


def test_flatten_is_its_definition_and_pytorchs(agrees, random):
    """Places come row by row, channel by channel."""
    for shape in ((3,), (2, 3), (2, 2, 3)):
        agrees(Flatten(), shape, random)


@pytest.mark.parametrize(
    ("block", "outputs"),
    [
        (Residual(((DOUBLE,), ())), (9, -15)),
        (Residual(((), (DOUBLE,))), (9, -15)),
        (Residual(((), ())), (6, -10)),
        (Residual(((ReLU(),), (LeakyReLU(0.5),), ())), (9, -7.5)),
        (Residual(((Residual(((ReLU(),), ())), DOUBLE), ())), (15, -15)),
        (Concat(((), (ONE,), (ReLU(),))), (3, -5, -2, 3, 0)),
        (Concat(((ONE, ReLU()), ())), (0, 3, -5)),
        (Concat(((Concat(((), (ONE,))),), ())), (3, -5, -2, 3, -5)),
        (Concat(((), ())), (3, -5, 3, -5)),
    ],
)
def test_blocks_by_hand(block, outputs):
    """At (3, -5) sums and concatenations are what one computes in one's head, nested ones too."""
    assert Network((block,), (2,)).exact((3.0, -5.0)) == outputs


def test_images_are_joined_along_channels():
    """Two channels of one image stand behind one another."""
    double = Conv.of([[[[2.0]]]])
    network = Network((Concat(((double,), ())), Flatten()), (1, 2, 2))
    assert network.exact((1.0, 2.0, 3.0, 4.0)) == (2, 4, 6, 8, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("block", "shape", "message"),
    [
        (Residual(((ONE,), ())), (2,), "a residual sum needs branches of one shape but got [(1,), (2,)]"),
        (
            Residual(((), (Conv.of([[[1.0, 1.0]]]),))),
            (1, 3),
            "a residual sum needs branches of one shape but got [(1, 3), (1, 2)]",
        ),
        (
            Concat(((AvgPool((2,), (1,)),), ())),
            (1, 3),
            "a concatenation needs branches that differ in channels alone but got [(1, 2), (1, 3)]",
        ),
        (
            Concat(((Flatten(),), ())),
            (1, 3),
            "a concatenation needs branches that differ in channels alone but got [(3,), (1, 3)]",
        ),
    ],
)
def test_branches_that_do_not_fit_together(block, shape, message):
    """The sentence tells the shapes that the branches end in."""
    with pytest.raises(AxiomcheckError) as told:
        block.shape_after(shape)
    assert str(told.value) == message


@pytest.mark.parametrize("kind", [Residual, Concat])
@pytest.mark.parametrize("branches", [(), ((ReLU(),),)])
def test_a_block_has_two_branches(kind, branches):
    """None or one are refused."""
    with pytest.raises(AxiomcheckError, match="two branches or more"):
        kind(branches)


def test_layers_in_a_branch_must_fit():
    """A layer inside that does not fit is named, with the shape that reaches it."""
    with pytest.raises(AxiomcheckError, match=r"^nn.Linear\(2, 1, bias=False\) does not fit inputs of shape \(1,\)"):
        Residual(((ONE, ONE), ())).shape_after((2,))
