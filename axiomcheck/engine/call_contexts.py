"""Call contexts: ways to make one and the same call, none of which may change the scores."""

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Thread
from typing import Any

import torch
from torch import Tensor, nn

BATCH, SMALL = 64, 8
"""Items of a large batch, and of one of inputs that are large themselves."""
LARGE = 2**14
"""From how many variables on an input is large."""

Arguments = dict[str, Any]
Prepare = Callable[[nn.Module, Arguments], Arguments]
Call = Callable[[nn.Module, Arguments], object]


@dataclass(frozen=True)
class Context:
    """A way to call: ``how`` in words; what it does to the model and the arguments, and under what it calls.

    ``applies`` says whether it can differ from the plain call; with ``may_raise`` an explainer may say that it cannot.
    """

    how: str
    prepare: Prepare = lambda _, arguments: arguments
    under: Callable[[], AbstractContextManager[Any]] = nullcontext
    applies: Callable[[nn.Module, Tensor], bool] = lambda *_: True
    may_raise: bool = False
    threaded: bool = False


def _with_inputs(change: Callable[[Tensor], Tensor]) -> Prepare:
    return lambda _, arguments: arguments | {"inputs": change(arguments["inputs"])}


def _strided(inputs: Tensor) -> Tensor:
    wide = torch.cat([inputs, inputs], -1)
    return torch.stack([wide, wide], -1)[..., : inputs.shape[-1], 0]


LAST = {4: torch.channels_last, 5: torch.channels_last_3d}
"""The memory formats with channels last, by the dimensions of a batch of images or volumes."""


def _channels_last(inputs: Tensor) -> Tensor:
    return inputs.contiguous(memory_format=LAST[inputs.dim()])


def _rows(count: int, *, expanded: bool) -> Prepare:
    """Repeat the items up to ``count``, or the first of them without memory of its own for each."""

    def repeat(_: nn.Module, arguments: Arguments) -> Arguments:
        places = torch.arange(count) % len(arguments["inputs"])
        tensors = {name: value for name, value in arguments.items() if isinstance(value, Tensor)}
        if expanded:
            return arguments | {name: value[:1].expand(count, *value.shape[1:]) for name, value in tensors.items()}
        return arguments | {name: value[places] for name, value in tensors.items()}

    return repeat


def _is_large(inputs: Tensor) -> bool:
    return inputs[0].numel() >= LARGE


def _frozen(model: nn.Module, arguments: Arguments) -> Arguments:
    model.requires_grad_(False)
    return arguments


def _in_training(model: nn.Module, arguments: Arguments) -> Arguments:
    model.train()
    return arguments


def _has_no_training(model: nn.Module, inputs: Tensor) -> bool:
    """Return whether a model in training mode is the same function: it has neither dropout nor batch statistics.

    Dropout may be a function too, so that a copy is asked twice, and looked at.
    """
    other = (nn.modules.dropout._DropoutNd, nn.modules.batchnorm._NormBase)  # noqa: SLF001
    if any(isinstance(module, other) for module in model.modules()):
        return False
    trained = copy.deepcopy(model).train()
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        outputs = [one(inputs.clone()) for one in (model, trained, trained)]
    same = all(torch.equal(outputs[0], each) for each in outputs)
    return same and all(map(torch.equal, model.buffers(), trained.buffers()))


CONTEXTS = (
    Context("on inputs that are not contiguous", _with_inputs(_strided)),
    Context(
        "on inputs with channels last", _with_inputs(_channels_last), applies=lambda _, inputs: inputs.dim() in LAST
    ),
    Context("in a batch that is expanded from one item", _rows(2, expanded=True)),
    Context(f"in a batch of {BATCH}", _rows(BATCH, expanded=False), applies=lambda _, inputs: not _is_large(inputs)),
    Context(f"in a batch of {SMALL}", _rows(SMALL, expanded=False), applies=lambda _, inputs: _is_large(inputs)),
    Context("on inputs that require a gradient", _with_inputs(Tensor.requires_grad_)),
    Context("with frozen parameters", _frozen),
    Context("under no_grad", under=torch.no_grad, may_raise=True),
    Context("under inference_mode", under=torch.inference_mode, may_raise=True),
    Context("on the model in training mode", _in_training, applies=_has_no_training),
    Context("in another thread", threaded=True),
)
"""Each stands beside a plain call. What is declared to run with gradients may raise without them, but not differ."""


def in_thread(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns in another thread; what it raises is raised here."""
    results: list[object] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def calls(
    call: Call, make: Callable[[], nn.Module], arguments: Callable[[], Arguments]
) -> Iterator[tuple[Context, Any]]:
    """Yield each context that applies, and what calls in it on a new model, and returns the result and the inputs."""
    for context in CONTEXTS:
        model, own = make(), arguments()
        if context.applies(model, own["inputs"]):
            yield context, _bound(context, call, model, context.prepare(model, own))


def _bound(context: Context, call: Call, model: nn.Module, arguments: Arguments) -> Callable[[], Any]:
    def work() -> tuple[object, Tensor]:
        with context.under():
            return call(model, arguments), arguments["inputs"]

    return (lambda: in_thread(work)) if context.threaded else work


class OtherWeights:
    """A model whose weights are halved, until they are put back: the same object, another function."""

    def __init__(self, model: nn.Module) -> None:
        self.model, self._weights = model, [parameter.detach().clone() for parameter in model.parameters()]
        self._fill([weight / 2 for weight in self._weights])

    def put_back(self) -> None:
        """Give it its own weights."""
        self._fill(self._weights)

    def _fill(self, weights: list[Tensor]) -> None:
        with torch.no_grad():
            for parameter, weight in zip(self.model.parameters(), weights, strict=True):
                parameter.copy_(weight)
