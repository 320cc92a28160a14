"""What an exchange is: a module put in the place of another, or two, that computes the same."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import torch
from torch import nn

from ...networks import AxiomcheckError, DoesNotApply
from ..channel_set import ChannelSet


class Kind(ABC):
    """A kind of exchange; why it keeps the function stands in ``PROOFS``. One that is not drawn is made on request."""

    name: ClassVar[str]
    is_drawn: ClassVar[bool] = True

    @abstractmethod
    def places(self, model: nn.Module, sets: Sequence[ChannelSet]) -> list[str]:
        """Return the paths of modules at which it may apply; ``sets`` are the hidden channels that are known."""

    @abstractmethod
    def apply(self, model: nn.Module, place: str, amount: int) -> None:
        """Change a copy of a model; ``DoesNotApply`` where a side condition fails."""

    def may_move(self, model: nn.Module, place: str) -> bool:  # noqa: ARG002
        """Return whether its side condition is seen by running it alone, so that a moved output is no bug of ours."""
        return False


class ModuleKind(Kind):
    """A kind that puts one module in the place of one other."""

    @abstractmethod
    def fits(self, module: nn.Module) -> bool:
        """Return whether there is a module for this one."""

    @abstractmethod
    def replacement(self, module: nn.Module, amount: int) -> nn.Module:
        """Return the module that computes the same."""

    def places(self, model: nn.Module, sets: Sequence[ChannelSet]) -> list[str]:  # noqa: ARG002
        """Return the paths of the modules that it fits."""
        return [path for path, module in model.named_modules() if path and self.fits(module)]

    def apply(self, model: nn.Module, place: str, amount: int) -> None:
        """Put the module into its place."""
        module = module_at(model, place)
        if not self.fits(module):
            raise DoesNotApply(f"{self.name} does not apply to {type(module).__name__} at {place}")
        with torch.no_grad():
            put(model, place, self.replacement(module, amount).to(torch.float64).eval().requires_grad_(False))

    def may_move(self, model: nn.Module, place: str) -> bool:
        """Return whether the module works in place: something may read what it has overwritten."""
        return bool(getattr(module_at(model, place), "inplace", False))


def module_at(model: nn.Module, place: str) -> nn.Module:
    """Return the module of a path; ``AxiomcheckError`` if there is none."""
    try:
        return model.get_submodule(place)
    except AttributeError as error:
        raise AxiomcheckError(f"the model has no module {place!r}") from error


def put(model: nn.Module, place: str, module: nn.Module) -> None:
    """Put a module into a place of a model."""
    parent, _, name = place.rpartition(".")
    model.get_submodule(parent)._modules[name] = module  # noqa: SLF001 - Sequential and lists know no other way


def unhooked(module: nn.Module) -> nn.Module:
    """Return a copy of a module with nothing hooked to it, in evaluation mode."""
    return copy.deepcopy(module).eval()


def is_plain(module: nn.Module, kind: type[nn.Module]) -> bool:
    """Return whether a module is of torch's own class, with nothing hooked to it or changed in it."""
    return (
        type(module) is kind
        and "forward" not in vars(module)
        and not module._forward_hooks  # noqa: SLF001
        and not module._forward_pre_hooks  # noqa: SLF001
        and not hasattr(module, "parametrizations")
    )
