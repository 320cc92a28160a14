"""What a user can get wrong."""

from axiomcheck.networks import AxiomcheckError, DoesNotApply, UnknownName


def test_a_close_name_is_suggested():
    """A slip of the keyboard gets the name that was meant."""
    assert str(UnknownName("family", "bias-fre", ["bias-free", "biased"])) == (
        "unknown family 'bias-fre'; did you mean 'bias-free'?"
    )


def test_far_names_are_listed():
    """Where no name is close, all of them are told."""
    assert str(UnknownName("axiom", "xyz", iter(["a", "b"]))) == "unknown axiom 'xyz'; known are a, b"


def test_all_are_mistakes_of_the_user():
    """One ``except`` catches all."""
    assert issubclass(UnknownName, AxiomcheckError)
    assert issubclass(DoesNotApply, AxiomcheckError)
