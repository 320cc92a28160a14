"""Simpler neighbours of a case: the moves that shrinking tries, the boldest first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from .case import Case
from .dyadics import simpler
from .errors import AxiomcheckError
from .layers import Layer, Linear, ReLU, Vector
from .network import Network
from .path import Path
from .rewrites.rewrite import columns, with_linears
from .simpler_rewrites import plain_rewrites, simpler_rewrites

T = TypeVar("T")


def simpler_cases(case: Case) -> Iterator[Case]:
    """Yield neighbours of ``case`` that are simpler by ``Case.simplicity``; all are well-formed."""
    for candidate in _candidates(case):
        try:
            if candidate.simplicity < case.simplicity:
                yield candidate
        except AxiomcheckError:
            continue


def _candidates(case: Case) -> Iterator[Case]:
    yield from _fewer_rewrites(case)
    yield from _fewer_points(case)
    yield from _one_output(case)
    yield from _fewer_layers(case)
    yield from _fewer_units(case)
    yield from _fewer_variables(case)
    yield from _other_rewrites(case)
    yield from _reordered(case)
    yield from _simpler_rewrites(case)
    yield from _simpler_numbers(case)
    yield from _simpler_pairs(case)


def _fewer_rewrites(case: Case) -> Iterator[Case]:
    for kept in combinations(case.rewrites, len(case.rewrites) - 1) if case.rewrites else ():
        yield replace(case, rewrites=kept)
    if len(case.rewrites) > 1:
        yield replace(case, network=case.rewrites[0].apply(case.network), rewrites=case.rewrites[1:])
        yield from (replace(case, rewrites=(plain,)) for plain in plain_rewrites(case.network))


def _fewer_points(case: Case) -> Iterator[Case]:
    if case.path is None:
        for point in case.inputs if len(case.inputs) > 1 else ():
            yield replace(case, inputs=(point,))
    elif case.path.segments > 1:
        vertices = case.path.vertices
        yield from (replace(case, path=Path(vertices[i : i + 2])) for i in range(len(vertices) - 1))
        yield from (replace(case, path=Path(pair)) for pair in combinations(vertices, 2))


def _one_output(case: Case) -> Iterator[Case]:
    if case.network.out_features > 1:
        last = case.network.linears[-1]
        row = Linear((last.weight[case.target],), (last.bias[case.target],))
        number = len(case.network.linears) - 1
        rewrites = case.rewrites
        for output in reversed(range(case.network.out_features)):
            if output != case.target:
                rewrites = tuple(rewrite.without_unit(number, output) for rewrite in rewrites)
        yield replace(case, network=with_linears(case.network, {number: row}), target=0, rewrites=rewrites)


def _fewer_layers(case: Case) -> Iterator[Case]:
    layers = case.network.layers
    for position, layer in enumerate(layers[:-1]):
        if isinstance(layer, Linear):
            ends = position + 2 if isinstance(layers[position + 1], ReLU) else position + 1
            for target in range(layer.out_features) if ends < len(layers) else ():
                yield replace(case, network=Network(layers[:ends]), target=target)
    for position, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            yield replace(case, network=Network(_merged([*layers[:position], *layers[position + 1 :]])))
    if case.irrelevant:
        return
    for position in range(1, len(layers)):
        if isinstance(layers[position], Linear):
            below = Network(layers[:position])
            yield _with_points(
                replace(case, network=Network(layers[position:])),
                lambda x, below=below: tuple(map(float, below.exact(x))),  # type: ignore[misc]
            )


def _merged(layers: list[Layer]) -> tuple[Layer, ...]:
    """Join affine layers that follow one another into their product."""
    merged: list[Layer] = []
    for layer in layers:
        below = merged[-1] if merged else None
        if isinstance(layer, Linear) and isinstance(below, Linear):
            merged[-1] = _product(below, layer)
        else:
            merged.append(layer)
    return tuple(merged)


def _product(below: Linear, above: Linear) -> Linear:
    weight = tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns(below.weight))
        for row in above.weight
    )
    bias = tuple(
        b + sum(a * c for a, c in zip(row, below.bias, strict=True))
        for row, b in zip(above.weight, above.bias, strict=True)
    )
    return Linear(weight, bias)


def _fewer_units(case: Case) -> Iterator[Case]:
    for number, layer in enumerate(case.network.linears[:-1]):
        for unit in reversed(range(layer.out_features if layer.out_features > 1 else 0)):
            above = case.network.linears[number + 1]
            network = with_linears(
                case.network,
                {
                    number: Linear(_without(layer.weight, unit), _without(layer.bias, unit)),
                    number + 1: Linear(tuple(_without(row, unit) for row in above.weight), above.bias),
                },
            )
            rewrites = tuple(rewrite.without_unit(number, unit) for rewrite in case.rewrites)
            yield replace(case, network=network, rewrites=rewrites)


def _fewer_variables(case: Case) -> Iterator[Case]:
    first = case.network.linears[0]
    for variable in reversed(range(first.in_features if first.in_features > 1 else 0)):
        narrower = Linear(tuple(_without(row, variable) for row in first.weight), first.bias)
        dropped = replace(
            case,
            network=with_linears(case.network, {0: narrower}),
            rewrites=tuple(rewrite.without_unit(-1, variable) for rewrite in case.rewrites),
            irrelevant=tuple(i - (i > variable) for i in case.irrelevant if i != variable),
        )
        yield _with_points(dropped, lambda x, variable=variable: _without(x, variable))  # type: ignore[misc]


def _reordered(case: Case) -> Iterator[Case]:
    """Exchange neighbouring variables, units and points, so that equal cases end in one order."""
    first = case.network.linears[0]
    for i in range(first.in_features - 1):
        weight = tuple(_exchanged(row, i) for row in first.weight)
        swap = {i: i + 1, i + 1: i}
        changed = replace(
            case,
            network=with_linears(case.network, {0: Linear(weight, first.bias)}),
            irrelevant=tuple(sorted(swap.get(j, j) for j in case.irrelevant)),
        )
        yield _with_points(changed, lambda x, i=i: _exchanged(x, i))  # type: ignore[misc]
    for number, layer in enumerate(case.network.linears[:-1]):
        for unit in range(layer.out_features - 1):
            above = case.network.linears[number + 1]
            below = Linear(_exchanged(layer.weight, unit), _exchanged(layer.bias, unit))
            upper = Linear(tuple(_exchanged(row, unit) for row in above.weight), above.bias)
            yield replace(case, network=with_linears(case.network, {number: below, number + 1: upper}))
    if case.path is not None:
        yield replace(case, path=Path(case.path.vertices[::-1]))


def _other_rewrites(case: Case) -> Iterator[Case]:
    """Exchange one rewrite for a plain one of another kind, which may show the same on a smaller network."""
    if case.irrelevant:
        return
    for index in range(len(case.rewrites)):
        for other in plain_rewrites(case.network):
            yield replace(case, rewrites=(*case.rewrites[:index], other, *case.rewrites[index + 1 :]))


def _simpler_rewrites(case: Case) -> Iterator[Case]:
    for index, rewrite in enumerate(case.rewrites):
        for other in simpler_rewrites(rewrite):
            yield replace(case, rewrites=(*case.rewrites[:index], other, *case.rewrites[index + 1 :]))


def _simpler_numbers(case: Case) -> Iterator[Case]:
    """Exchange one number; all numbers of the baseline at once, first."""
    if any(case.baseline):
        yield replace(case, baseline=(0.0,) * len(case.baseline))
    for index, number in enumerate(_numbers(case)):
        yield from (_with_numbers(case, {index: value}) for value in simpler(number))


def _simpler_pairs(case: Case) -> Iterator[Case]:
    """Exchange two numbers at once: a weight and the point that it sends to a kink must move together."""
    numbers = _numbers(case)
    choices = [simpler(number)[:5] for number in numbers]
    for i, j in combinations(range(len(numbers)), 2):
        others = (*choices[j], numbers[j] + 1, numbers[j] - 1, -numbers[j])
        yield from (_with_numbers(case, {i: a, j: b}) for a in choices[i] for b in others)


def _numbers(case: Case) -> list[float]:
    points = [number for point in (*case.points, case.baseline) for number in point]
    return [*case.network.numbers, *points]


def _with_numbers(case: Case, changed: dict[int, float]) -> Case:
    stream = iter([changed.get(i, number) for i, number in enumerate(_numbers(case))])
    linears = {
        number: Linear(
            tuple(tuple(next(stream) for _ in row) for row in layer.weight), tuple(next(stream) for _ in layer.bias)
        )
        for number, layer in enumerate(case.network.linears)
    }
    network = with_linears(case.network, linears)
    return _with_points(replace(case, network=network), lambda x: tuple(next(stream) for _ in x))


def _with_points(case: Case, change: Callable[[Vector], Vector]) -> Case:
    if case.path is None:
        case = replace(case, inputs=tuple(change(x) for x in case.inputs))
    else:
        case = replace(case, path=Path(tuple(change(x) for x in case.path.vertices)))
    return replace(case, baseline=change(case.baseline))


def _without(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*items[:index], *items[index + 1 :])


def _exchanged(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*items[:index], items[index + 1], items[index], *items[index + 2 :])
