"""What a test warns of."""


class AxiomcheckWarning(UserWarning):
    """A known violation that was not found, or a stored counterexample that says nothing any more."""
