"""A method of Captum, with its options, as an explainer."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from ....networks import AxiomcheckError, UnknownName
from ...loading.seeded import seeded
from ...protocol import Unsupported
from ...validation import validated_library
from ..promises import promised_by
from .construction import attributor
from .methods import CONSERVES, FROM_DISTRIBUTION, OWN, SAMPLING, method, options_of, setup_options, takes_baselines
from .quiet import quiet
from .refusals import refusal
from .rules import with_rule

INTEGRALS = ("IntegratedGradients",)
"""Methods that sum over points of an integral, as many as ``n_steps`` says."""
DEFAULT_STEPS = 50
MOST = 8
"""Variables up to which all their orders are asked: 40,320 of them."""


@dataclass(frozen=True)
class CaptumMethod:
    """A method of ``captum.attr``, with options for its constructor or ``attribute``.

    It takes ``baseline`` if Captum's takes baselines, and ``seed`` if that samples.
    """

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @validated_library
    def __call__(
        self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor | None = None, seed: int = 0
    ) -> Tensor:
        """Return the attribution; shapes as in ``Explainer``."""
        if not self.samples:
            return _attribute(self, model, inputs, target, baseline)
        with seeded(seed):
            return _attribute(self, model, inputs, target, baseline)

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        return {"conserves": CONSERVES.get(self.name), "claims": promised_by("captum", self.name, dict(self.options))}

    @property
    def __signature__(self) -> inspect.Signature:
        """What this method takes, by which a caller sees whether it has a baseline and whether it samples."""
        named = {"baseline": self.has_baseline, "seed": self.samples}
        taken = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name, takes in named.items() if takes]
        hashable = [
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in ("model", "inputs", "target")
        ]
        return inspect.Signature([*hashable, *taken])

    @property
    def steps(self) -> str:
        """The name of the option for the points of an integral; nothing if there is none."""
        return "n_steps" if self.name in INTEGRALS else ""

    @property
    def points(self) -> int:
        """How many points an integral has."""
        return int(dict(self.options).get("n_steps", DEFAULT_STEPS))

    def refined(self, factor: int) -> "CaptumMethod":
        """Return the method with so many times the points, at midpoints: those of Gauss and Legendre take long."""
        options = dict(self.options)
        options |= {"n_steps": factor * self.points, "method": "riemann_middle"}
        return replace(self, options=tuple(sorted(options.items())))

    @property
    def under_noise(self) -> str:
        """The method under a NoiseTunnel's noise."""
        return str(dict(self.options).get("method", "Saliency"))

    @property
    def base(self) -> str:
        """The method that attributes in the end."""
        return self.under_noise if self.name == "NoiseTunnel" else self.name

    @property
    def has_baseline(self) -> bool:
        """Whether it measures from a baseline."""
        return takes_baselines(self.base)

    @property
    def samples(self) -> bool:
        """Whether it draws from global generators."""
        return self.name in SAMPLING or self.base in SAMPLING


def captum_method(name: str, options: Mapping[str, object] | None = None) -> CaptumMethod:
    """Return Captum's method ``name`` as an explainer; its options are those of Captum itself.

    LRP takes a ``rule`` for all layers that have weights, by the name of its class, with that rule's options;
    NoiseTunnel the ``method`` under the noise, with its options; GuidedGradCam a ``layer`` by name, or it is the last
    convolution.

    >>> captum_method("InputXGradient")
    CaptumMethod(name='InputXGradient', options=())
    """
    method(name)
    hashable = {key: tuple(value) if isinstance(value, list) else value for key, value in (options or {}).items()}
    captum = CaptumMethod(name, tuple(sorted(hashable.items())))
    known = options_of(name) | (options_of(captum.under_noise) if name == "NoiseTunnel" else frozenset())
    for option in hashable:
        if option not in known:
            raise UnknownName(f"option of captum:{name}", option, sorted(known))
    return captum


def _attribute(of: CaptumMethod, model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor | None) -> Tensor:
    """Return what Captum does; where baselines are a sample, one input at a time with its own.

    That stands there twice, for those that ask for more than one; a NoiseTunnel repeats it by itself.
    """
    if of.base == "ShapleyValues" and inputs[0].numel() > MOST:
        raise Unsupported(f"captum:ShapleyValues asks all orders of the variables, and {MOST} variables are the most")
    with quiet():
        try:
            if of.base not in FROM_DISTRIBUTION:
                return _call(of, model, inputs, target, baseline)
            assert baseline is not None
            rows = (slice(row, row + 1) for row in range(len(inputs)))
            times = 1 if of.name == "NoiseTunnel" else 2
            pairs = [(row, baseline[row].expand(times, *baseline.shape[1:])) for row in rows]
            return torch.cat([_call(of, model, inputs[row], target[row], start) for row, start in pairs])
        except (AxiomcheckError, KeyboardInterrupt):
            raise
        except Exception as error:
            if sentence := refusal(error):
                raise Unsupported(f"captum:{of.name} {sentence}") from error
            raise


def _call(of: CaptumMethod, model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor | None) -> Tensor:
    options = dict(of.options)
    own = {key: options.pop(key) for key in OWN.get(of.name, frozenset()) & options.keys()}
    setup = {key: options.pop(key) for key in setup_options(of.name) & options.keys()}
    if of.base == "Occlusion":
        options.setdefault("sliding_window_shapes", (1,) * (inputs.dim() - 1))
    if baseline is not None:
        options["baselines"] = baseline
    with with_rule(of.name, model, own):
        result: Tensor = attributor(of, model, setup).attribute(inputs, target=target, **options)
    return result
