"""What a user asks about: a model, its inputs and its weights, by name or as they are; loaded, it draws cases."""

from dataclasses import dataclass
from typing import Any

from ..networks import AxiomcheckError
from .data import load_inputs
from .draws import Data, ModelDraws
from .loading import digest, fill, load_model
from .name import ModelName
from .preparation import prepare
from .twins import Twins


@dataclass(frozen=True, eq=False)
class ModelSource:
    """A model and its inputs, and a file of weights if there is one; names are text, all else is the thing itself."""

    model: Any
    inputs: Any
    weights: str = ""

    @property
    def is_named(self) -> bool:
        """Whether another process finds both."""
        return isinstance(self.model, str) and isinstance(self.inputs, str)

    def load(self) -> "Loaded":
        """Return the model on its inputs; ``AxiomcheckError`` with one sentence where it cannot be judged."""
        if self.inputs is None or self.model is None:
            raise AxiomcheckError("Expected a model and its inputs: a model is judged on the data that it is for")
        module = self._module()
        inputs = load_inputs(self.inputs)
        prepared = prepare(module, inputs)
        model = prepared.model
        name = ModelName(
            self.model if isinstance(self.model, str) else type(module).__qualname__,
            self.weights,
            self.inputs if isinstance(self.inputs, str) else f"{len(inputs)} inputs",
            digest(module),
            model.shape,
            model.out_features,
        )
        flat = inputs.reshape(len(inputs), -1)
        twins = Twins(model, flat[:8])
        return Loaded(ModelDraws(name, twins, Data(flat, model.shape)), prepared.remarks)

    def _module(self) -> Any:
        if isinstance(self.model, str):
            return load_model(self.model, self.weights)
        if self.weights:
            fill(self.model, self.weights)
        return self.model


@dataclass(frozen=True)
class Loaded:
    """A model that draws cases, and what was done to it, in words."""

    draws: ModelDraws
    remarks: tuple[str, ...]
