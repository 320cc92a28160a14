"""What the explainers promise, as families."""

import importlib

import pytest

from axiomcheck.explainers import CATALOGUE, claims, declaration, locate
from axiomcheck.explainers.libraries import promises
from axiomcheck.networks import Family
from axiomcheck.networks.family import CURVED, ITEMS, PRESETS

UNPROVED = {"positional"}
"""What no promise speaks of: rules for the first layer would have to look behind a positional encoding."""
TODAY = {
    "EVERYWHERE": Family(items=frozenset(ITEMS) - UNPROVED),
    "LOGITS": Family(items=frozenset(ITEMS) - CURVED - UNPROVED),
    "ORDINARY": PRESETS["ordinary"],
    "FUNCTIONS": Family(items=PRESETS["ordinary"].items | CURVED),
}


@pytest.mark.parametrize("name", TODAY)
def test_names_are_what_they_say(name):
    """Today's items make the families up: everything, everything but what is curved, and what users write."""
    assert Family.parse(getattr(claims, name)) == TODAY[name]


@pytest.fixture
def new_item(monkeypatch):
    """Put an item beside those that there are, in the presets too that hold all of some."""
    item = "fancy"
    monkeypatch.setitem(ITEMS, item, "layers that nothing was proved of")
    for name, preset in PRESETS.items():
        if preset.items != {"mlp"}:
            widened = Family(preset.bias, preset.output, preset.inputs, preset.outputs, preset.items | {item})
            monkeypatch.setitem(PRESETS, name, widened)
    _reload()
    yield item
    monkeypatch.undo()
    _reload()


def _reload():
    for module in (claims, promises):
        importlib.reload(module)


def test_a_new_item_widens_no_promise(new_item):
    """No family that anything is claimed in admits it, of the table or of options that are not in it."""
    others = [*CATALOGUE, "lrp-alpha-beta:alpha=2.0,beta=0.0"]
    tables = [*claims.CLAIMS.values(), *(declaration(locate(name).explain).claims for name in others)]
    tables += [promise.claims for promise in promises.PROMISES]
    families = {family for table in tables for family in table.values()} | {claims.LOGITS, claims.EVERYWHERE}
    assert len(families) > 8
    for family in families:
        assert new_item not in Family.parse(family).items


def test_a_preset_in_a_claim_would(new_item):
    """The check sees what it is about: the preset of what users write admits the item."""
    assert new_item in Family.parse("ordinary").items
