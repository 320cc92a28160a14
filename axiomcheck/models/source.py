"""What a user asks about: a model, its inputs and its weights, by name or as they are; loaded, it draws cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..axioms.batches import fitting
from ..networks import Array, AxiomcheckError
from .data import load_arrays, load_inputs
from .draws import Data, ModelDraws
from .entrance import Entered, enter, entered_again
from .loading import digest, fill, load_model
from .name import ModelName
from .preparation import RUNS, Measured, copied, plain, prepare
from .twins import Twins

TRIED = 8
"""How many inputs a twin is tried on, fewer of large ones."""


@dataclass(frozen=True, eq=False)
class ModelSource:
    """A model and its inputs, and a file of weights if there is one; names are text, all else is the thing itself.

    Of several inputs one ``explains`` the output and the others are held; of tokens the vectors of the module
    ``embedding`` do.
    """

    model: Any
    inputs: Any
    weights: str = ""
    explains: str = ""
    embedding: str = ""

    @property
    def is_named(self) -> bool:
        """Whether another process finds both."""
        return isinstance(self.model, str) and isinstance(self.inputs, str)

    def load(self, measured: Measured | None = None) -> "Loaded":
        """Return the model on its inputs; ``AxiomcheckError`` with one sentence where it cannot be judged.

        What was ``measured`` of a model of the same weights is not measured again.
        """
        if self.inputs is None or self.model is None:
            raise AxiomcheckError("Expected a model and its inputs: a model is judged on the data that it is for")
        module = self._module()
        if not (self.explains or self.embedding or isinstance(self.inputs, Mapping)):
            return self._loaded(module, module, load_inputs(self.inputs), (), measured)
        module, remarks = plain(module)
        entry = enter(copied(module), load_arrays(self.inputs), self.explains, self.embedding)
        return self._loaded(module, entry.module, entry.inputs, (entry.remark, *remarks))

    def again(self, name: ModelName, points: Array) -> "Loaded":
        """Return the model at ``points`` (N, *shape), entered as it was when it was called ``name``."""
        module = self._module()
        entered = module
        if name.explains or name.embedding or name.output:
            entered = entered_again(copied(plain(module)[0]), name)
        return self._loaded(module, entered, points, ())

    def _loaded(
        self, module: Any, entered: Any, inputs: Array, remarks: tuple[str, ...], measured: Measured | None = None
    ) -> "Loaded":
        sha256 = digest(module) if measured is not None else ""
        prepared = prepare(entered, inputs, measured if measured is not None and measured.sha256 == sha256 else None)
        model = prepared.model
        reference = model.reference
        entrance = {}
        if isinstance(reference, Entered):
            entrance = {key: getattr(reference, key) for key in ("explains", "embedding", "held", "output")}
        name = ModelName(
            self.model if isinstance(self.model, str) else type(module).__qualname__,
            self.weights,
            self.inputs if isinstance(self.inputs, str) else f"{len(inputs)} inputs",
            sha256 or digest(module),
            model.shape,
            model.out_features,
            **entrance,
        )
        flat = inputs.reshape(len(inputs), -1)
        twins = Twins(model, flat[: fitting(TRIED, RUNS * flat.shape[1], least=2)])
        data = Data(flat, model.shape, of_images=not name.embedding)
        return Loaded(ModelDraws(name, twins, data), (*remarks, *prepared.remarks))

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

    @property
    def measured(self) -> Measured | None:
        """What another process need not measure; None where something is made of the model's inputs or outputs."""
        name, model = self.draws.name, self.draws.twins.model
        if isinstance(model.reference, Entered):
            return None
        return Measured(name.sha256, name.out_features, model.lost, self.remarks)
