"""Cases are drawn once for all explainers: the same ones for each, in the same order."""

from axiomcheck.engine.bank import Bank
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network, one_path
from axiomcheck.strategies.codec import block_size

FAMILY = PRESETS["biased"]
BLOCKS = [bytes([value]) * block_size(FAMILY) for value in range(5)]


def test_a_case_is_drawn_once():
    """It is the same object, with all that was worked out about it; another drawer makes another."""
    bank = Bank()
    case = bank.draw(one_network, FAMILY, BLOCKS[1])
    assert bank.draw(one_network, FAMILY, BLOCKS[1]) is case
    assert bank.draw(one_path, FAMILY, BLOCKS[1]) != case
    assert bank.draw(one_network, PRESETS["bias-free"], BLOCKS[1]) is not case


def test_the_oldest_goes_first():
    """The bank never holds more than its size; what was asked for again counts as new."""
    bank = Bank(size=2)
    first, second = (bank.draw(one_network, FAMILY, block) for block in BLOCKS[:2])
    assert bank.draw(one_network, FAMILY, BLOCKS[0]) is first
    bank.draw(one_network, FAMILY, BLOCKS[2])
    assert len(bank.cases) == 2
    assert bank.draw(one_network, FAMILY, BLOCKS[0]) is first
    assert bank.draw(one_network, FAMILY, BLOCKS[1]) is not second


def test_the_sample_follows_from_seed_drawer_family_and_purpose():
    """Not from the explainer, nor from which of the axioms that draw alike it is."""

    def stream(explainer="gradient", axiom="conservation", family="biased", seed=0, purpose="screen"):
        return question(explainer, axiom, family, Budget(seed=seed)).random(purpose).random()

    assert stream() == stream("lrp-0") == stream(axiom="purity")
    others = {
        stream(axiom="continuity"),
        stream(family="bias-free"),
        stream(seed=1),
        stream(purpose="search"),
        stream(),
    }
    assert len(others) == 5
