"""Whoever changes what users may name does so on purpose."""

from difflib import unified_diff

import pytest

import axiomcheck

from .public_surface import STORED, surface

ACCEPT = "python -m tests.public_surface accepts it; say in CHANGELOG.md what users will notice"


def _changes(agreed):
    """Return what came (+) and what went (-) since the surface was agreed."""
    return [line for line in unified_diff(agreed, surface(), n=0, lineterm="") if line[:3] not in {"---", "+++", "@@ "}]


def test_the_public_surface_is_what_was_agreed():
    """No name, parameter, default, type or option comes, goes or changes unnoticed."""
    if changes := _changes(STORED.read_text(encoding="utf-8").splitlines()):
        pytest.fail("\n".join(["the public surface changed:", *changes, ACCEPT]), pytrace=False)


def test_a_changed_signature_is_told(monkeypatch):
    """A parameter that went, and one whose type and default changed: the line before, and the line now."""

    def check(explainer: str, axiom: str = "conservation") -> None:
        """Check less."""

    agreed = surface()
    monkeypatch.setattr(axiomcheck, "check", check)
    before, now = _changes(agreed)
    assert before.startswith("-def axiomcheck.check(explainer: str | Callable[..., Any], axiom: str | None = None, *,")
    assert now == "+def axiomcheck.check(explainer: str, axiom: str = 'conservation')"


def test_a_name_that_went_is_told(monkeypatch):
    """As the line that is missing."""
    agreed = surface()
    monkeypatch.setattr(axiomcheck, "__all__", [name for name in axiomcheck.__all__ if name != "__version__"])
    assert _changes(agreed) == ["-axiomcheck.__version__: str"]
