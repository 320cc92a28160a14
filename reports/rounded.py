"""Measured numbers as pages and reports write them: three digits."""

from .drawing.svg import number


def rounded(value: float) -> str:
    """Return a number to three digits, with a power of ten where it is very large or very small.

    >>> rounded(1307.2), rounded(0.25), rounded(6.57e6), rounded(1e-6), rounded(9.09e-13), rounded(0.0)
    ('1310', '0.25', '6.57e6', '1e-6', '9.09e-13', '0')
    """
    return number(float(f"{value:.3g}"))


def percent(share: float) -> str:
    """Return a share in percent.

    >>> percent(0.04867), percent(1.0), percent(0.00597)
    ('4.87 %', '100 %', '0.597 %')
    """
    return f"{rounded(100 * share)} %"
