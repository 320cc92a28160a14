"""Options that several commands have, and what their values may be."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models.source import ModelSource

EXPLAINER = (
    "a name (axiomcheck list explainers), captum:NAME, path/to/file.py:name or package.module:name, "
    "with options as in lrp-gamma:gamma=0.5"
)
FAMILY = "a preset (axiomcheck list families) or items as in bias=none,inputs=nonnegative"


def add_budget(command: ArgumentParser) -> None:
    """Add how much is drawn, from which seed, in which arithmetic."""
    command.add_argument(
        "--examples", type=positive, default=500, metavar="N", help="cases to draw (default: %(default)s)"
    )
    command.add_argument(
        "--seed", type=int, default=0, metavar="S", help="where the draws begin (default: %(default)s)"
    )
    command.add_argument(
        "--tolerance",
        type=tolerance,
        default=0.0,
        metavar="T",
        help="ask whether it holds within this share of the scale, 1%% or 0.01",
    )
    command.add_argument("--device", default="cpu", metavar="D", help="where models and explainers run: cpu, cuda")
    command.add_argument(
        "--dtype", choices=("float64", "float32"), default="float64", help="arithmetic (default: %(default)s)"
    )


def add_volume(command: ArgumentParser, quiet: str, verbose: str) -> None:
    """Add how much is printed: what is left when it is ``quiet``, what comes on top when it is ``verbose``."""
    volume = command.add_mutually_exclusive_group()
    for name, what in (("quiet", quiet), ("verbose", verbose)):
        volume.add_argument(f"-{name[0]}", f"--{name}", dest="volume", action="store_const", const=name, help=what)


def add_model(command: ArgumentParser) -> None:
    """Add a model of one's own, in place of random networks."""
    own = command.add_argument_group("a model of your own, in place of random networks")
    own.add_argument("--model", metavar="M", help="package.module:load or file.py:load, which returns an nn.Module")
    own.add_argument("--inputs", metavar="X", help="its data: .npy, .npz, .safetensors, .csv or package.module:name")
    own.add_argument("--weights", metavar="W", default="", help="a file of weights for it: .safetensors, or .pt")
    own.add_argument("--explains", metavar="A", default="", help="of several inputs the one that is explained")
    own.add_argument("--embedding", metavar="E", default="", help="explain the vectors of this module: model.embed")


def model_of(arguments: Namespace) -> "ModelSource | None":
    """Return the model that is asked about, None if none is."""
    from ..networks import AxiomcheckError

    named = ("inputs", "weights", "explains", "embedding")
    if arguments.model is None and not any(getattr(arguments, name) for name in named):
        return None
    if arguments.model is None or not arguments.inputs:
        missing = "--inputs" if arguments.model is not None else "--model"
        raise AxiomcheckError(f"Expected a model and its inputs, but {missing} is missing")
    from ..models.source import ModelSource

    return ModelSource(arguments.model, arguments.inputs, arguments.weights, arguments.explains, arguments.embedding)


def device_of(arguments: Namespace) -> str:
    """Return the device that is asked for; ``AxiomcheckError`` if there is none of that name here."""
    from ..networks import AxiomcheckError

    name = str(arguments.device)
    if name == "cpu":
        return name
    import torch

    if name.partition(":")[0] != "cuda":
        raise AxiomcheckError(f"Expected a device cpu or cuda but got {name!r}")
    if not torch.cuda.is_available():
        raise AxiomcheckError(f"there is no device {name!r} on this machine")
    return name


def positive(text: str) -> int:
    """Read a whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"expected a whole number of at least 1 but got {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """Read a number of seconds above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ArgumentTypeError(f"expected a number of seconds above 0 but got {text!r}")
    return number


def tolerance(text: str) -> float:
    """Read a share, in percent or not.

    >>> tolerance("1%"), tolerance("0.01")
    (0.01, 0.01)
    """
    number, unit = (text[:-1], 100) if text.endswith("%") else (text, 1)
    try:
        share = float(number) / unit
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        raise ArgumentTypeError(f"expected a share such as 1% or 0.01 but got {text!r}")
    return share


def shard(text: str) -> tuple[int, int]:
    """Read I/N, the part I of N, counted from 1.

    >>> shard("2/3")
    (2, 3)
    """
    index, _, count = text.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise ArgumentTypeError(f"expected I/N with I from 1 to N, as in 2/3, but got {text!r}")
    return int(index), int(count)
