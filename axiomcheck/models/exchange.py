"""Exchanges by name: a module put in the place of another that computes the same, and why it does."""

from dataclasses import dataclass

from ..networks import UnknownName

PROOFS = {
    "style-relu-functional": "nn.ReLU calls F.relu.",
    "style-relu-clamp": "clamp with the lower bound 0 is max(z, 0).",
    "double-relu": "relu(z) is at least 0, and relu leaves that as it is.",
    "guard": "relu(z) = relu(relu(z + q) - q) for q ≥ 0: where z + q > 0 it is the same, elsewhere both are 0.",
    "style-linear-functional": "nn.Linear calls F.linear.",
    "linear-as-conv": "A kernel of size 1 on a signal of length 1 is the matrix.",
    "identity": "z = relu(z) - relu(-z): one of the two is 0, the other is |z|.",
    "cancelling-pair": "v relu(u x) - v relu(u x) = 0, and relu(z) - relu(-z) = z carries the layer past the ReLU.",
    "factorise": "W = (1/c) (c W), and powers of two are exact.",
    "twice-and-mean": "z = ½ z + ½ z.",
    "fold-batch-norm": "s (W x + b) + t = (s W) x + (s b + t).",
    "batch-norm-as-conv": "In evaluation mode a batch norm multiplies each channel by a number and adds another.",
    "style-pool-functional": "nn.MaxPool2d calls F.max_pool2d.",
    "rescale": "relu(c z) = c relu(z) for c > 0, and powers of two are exact.",
    "relu-as-maximum": "It is the definition: max(z, 0).",
    "relu-as-step": "z · 1 where z > 0, and z · 0 = 0 elsewhere.",
    "conv-in-halves": "A sum over channels is the sum of the sums over two parts of them.",
    "permute-channels": "A sum over channels does not depend on their order.",
    "split-channel": "s·v + (1 - s)·v = v.",
    "dead-channel": "What is at most 0 is 0 behind a ReLU, and no weight makes more of it.",
    "cancelling-channels": "Two equal channels, of which one is read with the weight v, the other with -v.",
}
"""Why each kind of exchange keeps the function, by its name."""
OF_CHANNELS = tuple(name for name in PROOFS if "channel" in name)
"""The kinds that change the hidden channels of several layers, which a graph of the model must tell."""


@dataclass(frozen=True)
class Exchange:
    """An exchange by the ``name`` of its kind, at the module of the path ``place``; ``amount`` chooses its numbers.

    Where it is about two modules that follow each other, the place is ``first>second``; where it is about channels, the
    modules that compute and scale them, and those that read them: ``conv1,norm1>conv2``.
    """

    name: str
    place: str
    amount: int = 0

    @property
    def proof(self) -> str:
        """Why it keeps the function."""
        return PROOFS[self.name]

    def __str__(self) -> str:
        """Return the kind and the place."""
        return f"{self.name} at {self.place}"


def require_exchange(name: str) -> None:
    """Raise ``UnknownName`` for an exchange that there is not."""
    if name not in PROOFS:
        raise UnknownName("exchange", name, PROOFS)
