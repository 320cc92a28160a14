"""How Captum's classes are made for a model."""

from collections.abc import Mapping
from typing import Any, Protocol

from torch import nn

from ....networks import UnknownName
from ...protocol import Unsupported
from .methods import method

CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)


class Named(Protocol):
    """A method of Captum by its name, and by that of the method under its noise."""

    @property
    def name(self) -> str:
        """The name of its class."""

    @property
    def under_noise(self) -> str:
        """The method under a NoiseTunnel's noise."""


def attributor(of: Named, model: nn.Module, setup: Mapping[str, Any]) -> Any:
    """Return the object that attributes: a method, a method under noise, or one with a layer of the model."""
    kind = method(of.name)
    if of.name == "NoiseTunnel":
        return kind(method(of.under_noise)(model), **setup)
    if of.name == "GuidedGradCam":
        return kind(model, **{**setup, "layer": _layer(model, setup.get("layer"))})
    return kind(model, **setup)


def _layer(model: nn.Module, name: object) -> nn.Module:
    """Return the layer of that name, or the last convolution."""
    layers: dict[str, nn.Module] = dict(model.named_modules())
    if name is not None:
        if name not in layers:
            raise UnknownName("layer of the model", str(name), [each for each in layers if each])
        return layers[str(name)]
    found: list[nn.Module] = [layer for layer in layers.values() if isinstance(layer, CONVOLUTIONS)]
    if not found:
        raise Unsupported("captum:GuidedGradCam asks for a convolution, and the model has none")
    return found[-1]
