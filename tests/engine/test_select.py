"""``axiomcheck select``: sweeps, what theory says of γ, and mistakes."""

import json

import pytest

from axiomcheck.cli import main
from axiomcheck.engine.sweep import USUAL, Sweep
from axiomcheck.networks import AxiomcheckError


def test_each_value_is_an_explainer():
    """The option goes where options go; those that are there stay, and one of the same name gives way."""
    assert Sweep.of("lrp-gamma", "gamma=0,0.25").explainers == ("lrp-gamma:gamma=0", "lrp-gamma:gamma=0.25")
    kept = Sweep.of("lrp-gamma:bias='dropped',gamma=3", "gamma=0,1").explainers
    assert kept == ("lrp-gamma:bias='dropped',gamma=0", "lrp-gamma:bias='dropped',gamma=1")
    home = Sweep.of("captum:IntegratedGradients", "n_steps=10,20").explainers
    assert home == ("captum:IntegratedGradients:n_steps=10", "captum:IntegratedGradients:n_steps=20")


def test_values_may_be_words():
    """Whatever stands for an option on the command line can be swept."""
    assert Sweep.of("deep-taylor", "root='nearest','rescaled-excitations'").values == (
        "'nearest'",
        "'rescaled-excitations'",
    )


@pytest.mark.parametrize("name", USUAL)
def test_usual_sweeps_can_be_had(name):
    """They need no --sweep."""
    assert len(Sweep.of(name, None).values) > 2


@pytest.mark.parametrize(
    ("explainer", "asked", "told"),
    [
        ("lrp-gamma", "gamma=1", "two values or more"),
        ("lrp-gamma", "0,1", "as in gamma=0,0.25,1"),
        ("lrp-gamma", "gamma=0,0.0,1", "gamma = 0.0 is twice in the sweep"),
        ("lrp-gamma", "gamma=a,b", "Expected a finite number of at least 0 for gamma of LRPGamma but got 'a'"),
        ("uniform", None, "--sweep option=value"),
        ("lrp-gamma", "gama=0,1", "gamma"),
        ("lrp-gama", "gamma=0,1", "lrp-gamma"),
    ],
)
def test_mistakes_are_told_in_a_sentence(explainer, asked, told):
    """Before anything runs."""
    with pytest.raises(AxiomcheckError, match=told):
        Sweep.of(explainer, asked)


def test_gamma_trades_invariance_for_continuity(tmp_path, capsys):
    """In deep-taylor LRP-0 is G×I, which is invariant and jumps; with γ > 0 it is continuous and not invariant."""
    asked = ["--axiom", "continuity", "--axiom", "implementation_invariance", "--examples", "60"]
    status = main(
        ["select", "lrp-gamma", "--sweep", "gamma=0,0.1,1", "--family", "deep-taylor", *asked, "--out", str(tmp_path)]
    )
    assert status == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "gamma = 0 keeps implementation invariance and loses continuity" in told
    assert "gamma = 0.1, 1 keeps continuity and loses implementation invariance" in told
    assert "No other value beats gamma = 0, 0.1" in told
    page = (tmp_path / "selection.html").read_text(encoding="utf-8")
    assert "loses continuity" in page
    assert page.count("<svg") >= 2
    cells = json.loads((tmp_path / "certificate.json").read_text(encoding="utf-8"))["cells"]
    assert {cell["explainer"] for cell in cells} == {f"lrp-gamma:gamma={value}" for value in ("0", "0.1", "1")}
