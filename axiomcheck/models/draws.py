"""What is drawn for a model from its data: inputs, baselines, targets, paths and exchanges, by named draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil, log2
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter

from ..networks import Array, AxiomcheckError, Path, Vector
from ..networks.layers import frozen
from ..strategies.distribution import percent
from ..strategies.draws import Layout
from .case import ModelCase
from .exchange import OF_CHANNELS, Exchange
from .name import ModelName
from .twins import Twins
from .wirings.extra import widened

MAX_INPUTS, INPUT_BYTES = 4, 10
SIZE = 16 + MAX_INPUTS * INPUT_BYTES + 12
MODEL = Layout("a case of a model", SIZE)
COUNT = MODEL.among("inputs", 0, {1: 96, 2: 96, 3: 32, 4: 32})
TARGET_IS = MODEL.among("target", 1, {"the largest output": 160, "any output": 96})
TARGET = MODEL.index("which output", 2)
BASELINE = MODEL.among("baseline", 3, {"zero": 96, "mean": 80, "blurred": 80})
WIDTH = MODEL.among("share of the way", 4, {0.0: 160, 1 / 64: 64, 1 / 8: 32})
MIDDLE = MODEL.index("where on the way", 5)
COURSE = MODEL.among("course", 6, {"between two inputs": 176, "from the baseline": 80})
EXCHANGED = MODEL.among("exchanges", 7, {1: 192, 2: 64})
EXCHANGE_BYTES = MODEL.span("which are exchanged, and where", 8, 8)
KIND = tuple(
    MODEL.among(
        f"input {i + 1}",
        16 + i * INPUT_BYTES,
        {"a data point": 64, "between two": 112, "moved by a pixel": 32, "towards the baseline": 48},
    )
    for i in range(MAX_INPUTS)
)
NOISE = tuple(
    MODEL.among(f"noise on input {i + 1}", 17 + i * INPUT_BYTES, {"none": 32, "small": 224}) for i in range(MAX_INPUTS)
)
POINT_BYTES = tuple(MODEL.span(f"points of input {i + 1}", 18 + i * INPUT_BYTES, 8) for i in range(MAX_INPUTS))
SHARE = 1 / 16
"""The noise, as a share of the standard deviation of the data."""
GRID = 2**10
"""Steps of drawn coordinates in a power of two about that deviation."""
SHORTEST = 2.0**-7
"""The length of a path, as a share of how far from the origin it is: floats must tell its steps apart."""


@dataclass
class Data:
    """Inputs (N, d) of a shape, and what follows from all of them."""

    inputs: Array
    shape: tuple[int, ...]
    of_images: bool = True
    _wide: dict[int, "Data"] = field(default_factory=dict)

    def widened(self, extra: int) -> "Data":
        """Return the data with ``extra`` more variables, or channels, which are as in other inputs."""
        if extra not in self._wide:
            shape = (self.shape[0] + extra, *self.shape[1:])
            self._wide[extra] = Data(widened(self.inputs, self.shape, extra), shape, self.of_images)
        return self._wide[extra]

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of all coordinates, 1 where there is none."""
        return float(self.inputs.std()) or 1.0

    @cached_property
    def grid(self) -> float:
        """The step of drawn coordinates: a power of two."""
        return 2.0 ** ceil(log2(self.deviation)) / GRID

    @cached_property
    def mean(self) -> Array:
        """The mean (d,), on the grid."""
        return self.rounded(self.inputs.mean(0))

    def rounded(self, x: Array) -> Array:
        """Return points on the grid."""
        found: Array = np.round(x / self.grid) * self.grid + 0.0
        return found

    @property
    def is_image(self) -> bool:
        """Whether inputs are signals or images, so that neighbours are alike."""
        return self.of_images and len(self.shape) > 1

    def blurred(self, x: Array) -> Array:
        """Return an image (d,) that is blurred within its channels; of what is no image the median of the data."""
        if not self.is_image:
            return self.rounded(np.median(self.inputs, 0))
        sigma = (0, *(max(1.0, size / 4) for size in self.shape[1:]))
        return self.rounded(gaussian_filter(x.reshape(self.shape), sigma, mode="nearest").reshape(-1))

    def moved(self, x: Array, byte: int) -> Array:
        """Return an image moved by one pixel in one of its directions; what is no image as it is."""
        if not self.is_image:
            return x
        axis = 1 + byte % (len(self.shape) - 1)
        return np.roll(x.reshape(self.shape), 1 if byte & 64 else -1, axis).reshape(-1)


@dataclass(frozen=True)
class ModelDraws:
    """Draws cases of one model from blocks of bytes; twins by the ``only`` kind of exchange, if there is one."""

    name: ModelName
    twins: Twins
    data: Data
    only: str = ""

    def inputs_case(self, block: bytes) -> ModelCase:
        """Return a case of one to four inputs."""
        inputs = tuple(frozen(self._input(block, number)) for number in range(COUNT(block)))
        return self._case(block, inputs[0], inputs=inputs)

    def _case(self, block: bytes, explained: Vector, **points: Any) -> ModelCase:
        """Return a case with the baseline of a block, and a target at the input that is explained."""
        return ModelCase(
            self.name, self._baseline(block), target=self._target(block, explained), twins=self.twins, **points
        )

    def path_case(self, block: bytes) -> ModelCase:
        """Return a case of a path: a part of the way between two inputs, or from the baseline."""
        start, end = (self._input(block, number) for number in (0, 1))
        if COURSE(block) == "from the baseline":
            start = np.array(self._baseline(block))
        if (start == end).all():
            end = start + self.data.deviation
        path = self._part(start, end, MIDDLE(block, 256) / 256, WIDTH(block))
        return self._case(block, path.vertices[1], path=path)

    def twin_case(self, block: bytes) -> ModelCase:
        """Return a case of inputs and of one or two exchanges, none where no module can be exchanged."""
        case = self.inputs_case(block)
        numbers = EXCHANGE_BYTES(block)
        found = [self.exchange(numbers[4 * place : 4 * place + 4]) for place in range(EXCHANGED(block))]
        exchanges = tuple(dict.fromkeys(exchange for exchange in found if exchange))
        if len(exchanges) == 2 and not self._go_together(exchanges):
            exchanges = exchanges[:1]
        return replace(case, exchanges=exchanges)

    def single_case(self, block: bytes) -> ModelCase:
        """Return a case whose inputs are the baseline, or 0, with one variable as in an input."""
        case = self.inputs_case(block)
        x, number = np.array(case.inputs[0]), int.from_bytes(POINT_BYTES[1](block)[:4], "big")
        inputs = []
        for reference in (np.array(case.baseline), np.zeros(len(x))):
            differing = np.flatnonzero(x != reference)
            if len(differing):
                alone = reference.copy()
                variable = differing[number % len(differing)]
                alone[variable] = x[variable]
                inputs.append(frozen(alone))
        return case.at(tuple(dict.fromkeys(inputs)) or case.inputs)

    def _input(self, block: bytes, number: int) -> Array:
        draw = POINT_BYTES[number](block)
        one, other = (self._point(draw[start : start + 2]) for start in (0, 2))
        kind = KIND[number](block)
        if kind == "between two":
            one = one + (draw[4] / 256) * (other - one)
        if kind == "towards the baseline":
            one = one + (draw[4] / 256) * (np.array(self._baseline(block)) - one)
        if kind == "moved by a pixel":
            one = self.data.moved(one, draw[4])
        if NOISE[number](block) == "none":
            return one if kind in ("a data point", "moved by a pixel") else self.data.rounded(one)
        noise = np.random.default_rng(int.from_bytes(draw[5:8], "big")).uniform(-1, 1, len(one))
        return self.data.rounded(one + SHARE * self.data.deviation * noise)

    def _point(self, draw: bytes) -> Array:
        count = len(self.data.inputs)
        found: Array = self.data.inputs[int.from_bytes(draw, "big") * count // 2**16]
        return found

    def _baseline(self, block: bytes) -> Vector:
        kind = BASELINE(block)
        if kind == "zero":
            return (0.0,) * len(self.data.mean)
        point = self._point(POINT_BYTES[0](block)[:2])
        baseline: Vector = frozen(self.data.mean if kind == "mean" else self.data.blurred(point))
        return baseline

    def _target(self, block: bytes, x: Vector) -> int:
        outputs = self.twins.model.outputs(np.array([x[: self.twins.model.in_features]]))[0]
        return int(outputs.argmax()) if TARGET_IS(block) == "the largest output" else TARGET(block, len(outputs))

    def _part(self, start: Array, end: Array, middle: float, share: float) -> Path:
        """Return a part of the way around its point ``middle``, at least as long as floats can resolve."""
        length = float(np.linalg.norm(end - start))
        far = max(float(np.linalg.norm(start)), float(np.linalg.norm(end)))
        half = max(share, SHORTEST * far / length) / 2
        grid = self.data.grid / 2**10
        points = (np.round((start + t * (end - start)) / grid) * grid + 0.0 for t in (middle - half, middle + half))
        return Path(tuple(map(frozen, points)))

    def exchange(self, draw: bytes) -> Exchange | None:
        """Return the exchange that is drawn, or the next that applies."""
        kinds = self.twins.drawn(self.only)
        first = int.from_bytes(draw[:2], "big") * len(kinds) // 2**16
        for name in (*kinds[first:], *kinds[:first]):
            places = self.twins.places[name]
            start = draw[2] * len(places) // 256
            for place in (*places[start:], *places[:start]):
                exchange = Exchange(name, place, draw[3])
                if self.twins.applies(exchange):
                    return exchange
        return None

    def _go_together(self, exchanges: Sequence[Exchange]) -> bool:
        try:
            self.twins.of(exchanges)
        except AxiomcheckError:
            return False
        return True


def distribution(draws: ModelDraws, remarks: Sequence[str]) -> str:
    """Return in words what random blocks amount to, and what the model is."""
    kinds = ", ".join(f"{percent(KIND[0].share(value))} {value}" for value in dict.fromkeys(KIND[0].table))
    baselines = ", ".join(f"{percent(BASELINE.share(value))} {value}" for value in dict.fromkeys(BASELINE.table))
    noise, deviation = percent(NOISE[0].share("small")), f"the data's standard deviation of {draws.data.deviation:.3g}"
    names = ", ".join(draws.twins.drawn(draws.only)) or "none"
    parts = [
        f"independent draws for the model {draws.name}; sha256 of its parameters and buffers {draws.name.sha256}",
        f"inputs from {len(draws.data.inputs)} data points: {kinds}",
        f"{noise} of them with noise of up to {SHARE:g} of {deviation} on every variable",
        f"the target is the largest output in {percent(TARGET_IS.share('the largest output'))}, else any",
        f"baselines: {baselines} (of vectors the median)",
        f"paths: {percent(COURSE.share('from the baseline'))} on the way from the baseline, else between two inputs",
        f"twins by one exchange in {percent(EXCHANGED.share(1))}, else by two: {names}",
    ]
    if reason := draws.twins.channels.reason:
        parts.append(f"no twins by {', '.join(OF_CHANNELS)}: {reason}")
    return "; ".join([*parts, *remarks])
