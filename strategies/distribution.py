"""The distribution of drawn cases in words, each share taken from the draw that it is about."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from . import cases, convolutions, large, layout, makers, wide
from .boundary_points import FACTORS
from .draws import Draw
from .retry_until import ATTEMPTS
from .slot_reader import MAX_UNITS, MAX_VOLUME_UNITS
from .tables import (
    BIAS_VALUES,
    COORDINATES,
    RECTIFIED_WEIGHT_VALUES,
    TAIL_WEIGHT_VALUES,
    WEIGHT_VALUES,
    WIDE_COORDINATES,
    WIDE_WEIGHT_VALUES,
    share,
)

COURSES = {"_from_baseline": "from the baseline", "_through_kink": "through a kink", "_moving": "of a moving pattern"}


def distribution() -> str:
    """Return what random blocks amount to, for certificates."""
    return "; ".join([*_perceptrons(), *_points(), *_wide(), *_layers()])


def _perceptrons() -> Iterator[str]:
    width, depth = layout.MAX_WIDTH, layout.MAX_AFFINE
    yield f"independent draws of up to {width} variables ({_shares(layout.VARIABLES)})"
    yield f"up to {depth} affine layers ({_shares(layout.DEPTH)}) of up to {width} units"
    yield f"up to {layout.MAX_OUTPUTS} outputs"
    yield f"a ReLU at the end of {percent(layout.FINAL_RELU.share(True))} where the family leaves it open"
    usual, rectified = (percent(_positive(table)) for table in (WEIGHT_VALUES, RECTIFIED_WEIGHT_VALUES))
    yield f"weights in ±{{{_values(WEIGHT_VALUES)}}}"
    yield f"{usual} of those other than 0 positive, {rectified} where every layer has a ReLU"
    yield f"{percent(share(BIAS_VALUES, _is_zero))} of biases 0"
    yield "the sign of a final ReLU's weights such that it is alive where it can be"


def _points() -> Iterator[str]:
    sixteenths, most = share(COORDINATES, _is_odd_sixteenth), max(map(abs, COORDINATES))
    yield f"one to {layout.MAX_POINTS} inputs"
    yield f"{percent(1 - sixteenths)} of coordinates simple numbers, the others odd sixteenths to ±{most:g}"
    yield f"the baseline 0 in {percent(layout.MOVED_BASELINE.share(False))}"
    yield f"in {percent(layout.LIKE_INPUT.share(True))} with some variables as in the first input"
    factors = _join([f"{float(factor):g}" for factor in sorted(FACTORS)])
    denominators = f"inputs where a unit would be 0 if its positive weights counted {factors} times"
    yield f"of single networks, {percent(cases.SPECIAL.share('zero denominators'))} have {denominators}"
    alike = percent(cases.SPECIAL.share("pre-activations of the baseline"))
    yield f"{alike} inputs where a unit is as at the baseline"
    yield f"{percent(cases.SPECIAL.share('ties'))} inputs of equal variables"
    zeros = percent(1 - cases.ZEROS.share("none"))
    yield f"of twins that begin with a linear layer, {zeros} have an input at a zero pre-activation"
    paths = [f"{percent(_course_share(name))} {text}" for name, text in COURSES.items()]
    yield f"of paths, {_join(paths, 'and')}"
    yield f"cases of the further axioms are drawn up to {ATTEMPTS} times, until something is at stake"


def _wide() -> Iterator[str]:
    perceptrons, tents, tail = (percent(wide.FORM.share(form)) for form in ("perceptron", "tent map", "large"))
    yield f"in families with more than perceptrons, {perceptrons} are those"
    yield f"{tents} are tent maps where biases are free and the output is linear"
    sizes = (
        f"{large.DEEPEST} affine layers, {large.WIDEST} units in the first of three, or {large.MOST_OUTPUTS} outputs"
    )
    yield f"{tail} are large perceptrons: up to {sizes}, with weights in ±{{{_values(TAIL_WEIGHT_VALUES)}}}"
    yield f"the others have {wide.SLOTS} slots for layers or blocks under a head of one or two linear layers"
    sizes = f"up to {wide.MAX_VARIABLES} variables and {MAX_UNITS} units, {MAX_VOLUME_UNITS} of volumes"
    yield f"on vectors, or where a layer is for them on signals, images or volumes ({_shares(wide.INPUT)}), of {sizes}"
    yield f"{percent(wide.BARE.share(True))} of them without a head where they are small"
    yield f"{percent(wide.SOFTMAX.share(True))} of heads of several outputs with a softmax"
    yield f"{percent(wide.STYLED.share(True))} in a style of their own"
    yield f"{percent(wide.SHARED.share(True))} with equal layers shared"


def _layers() -> Iterator[str]:
    """Yield the options of layers and how far they go."""
    first = sorted({maker.item for maker in makers.MAKERS if maker.shares[0] > maker.shares[1]})
    yield f"the first slot is the stratum, {_join(first, 'and')} more often than in the others"
    yield f"weights of layers in slots in ±{{{_values(WIDE_WEIGHT_VALUES)}}}"
    small, large = min(filter(None, map(abs, WIDE_COORDINATES))), max(map(abs, WIDE_COORDINATES))
    yield f"of more than {layout.MAX_WIDTH} variables from {small:g} to {large:g} in size"
    yield f"convolutions with up to {convolutions.CHANNELS.table[-1]} channels ({_shares(convolutions.CHANNELS)})"
    yield f"kernels of up to {max(convolutions.KERNEL.table)} ({_shares(convolutions.KERNEL)}), as far as they fit"
    yield f"strides ({_shares(convolutions.STRIDE)}), dilations ({_shares(convolutions.DILATION)})"
    yield f"paddings ({_shares(convolutions.PADDING)}; {_shares(convolutions.MODE)})"
    yield f"{percent(convolutions.SAME_PADDING.share(True))} of those of stride 1 keep the places by their padding"
    yield f"groups ({_shares(convolutions.GROUPS)})"
    yield f"transposed convolutions with strides ({_shares(convolutions.TRANSPOSED_STRIDE)})"
    yield f"{percent(convolutions.OUTPUT_PADDING.share(True))} of those above 1 with an output padding"
    yield f"dilations ({_shares(convolutions.TRANSPOSED_DILATION)})"
    yield f"{percent(convolutions.TRANSPOSED_GROUPS.share(True))} in groups"
    yield f"pools of {_shares(makers.POOL_KERNEL)} places a side, {_shares(makers.POOL_STRIDE)}"
    yield f"{percent(makers.POOL_PADDED.share(True))} padded, {percent(makers.CEIL_MODE.share(True))} in ceil mode"
    yield f"in {percent(makers.COUNT_INCLUDE_PAD.share(False))} of average pools padding does not count"
    yield f"adaptive pools to at most {_shares(makers.PLACES)} places a side"
    eps = {f"{value:g}": makers.EPSILON.share(value) for value in sorted(set(makers.EPSILON.table))}
    norms = ", ".join(f"{value}: {percent(part)}" for value, part in eps.items())
    yield f"batch normalisations with eps {norms}, {percent(makers.NOT_AFFINE.share(True))} without weights"


def percent(part: Fraction) -> str:
    """Return a share as people read it.

    >>> percent(Fraction(7, 16)), percent(Fraction(1, 4))
    ('43.8 %', '25 %')
    """
    return f"{float(100 * part):.1f}".removesuffix(".0") + " %"


def _shares(draw: Draw[Any]) -> str:
    values = list(dict.fromkeys(draw.table))
    return ", ".join(f"{value}: {percent(Fraction(draw.table.count(value), len(draw.table)))}" for value in values)


def _course_share(name: str) -> Fraction:
    return cases.COURSE.share(*(course for course in cases.COURSE.table if course.__name__ == name))


def _values(table: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in sorted({abs(value) for value in table}))


def _positive(table: tuple[float, ...]) -> Fraction:
    return share(table, lambda value: value > 0) / (1 - share(table, _is_zero))


def _is_zero(value: float) -> bool:
    return value == 0


def _is_odd_sixteenth(value: float) -> bool:
    return value * 16 % 2 == 1


def _join(words: list[str], last: str = "or") -> str:
    return ", ".join(words[:-1]) + f" {last} {words[-1]}"


DISTRIBUTION = distribution()
"""What random blocks amount to, in words."""
