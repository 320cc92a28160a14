"""A network as a class with a ``forward`` of its own, or as several, each inside the next."""

from collections.abc import Iterator

from ..layers import Block, Branch, Layer, Shape, after, as_block
from .leaf import ADD, State, Writer, definitions
from .model import Model


class Forward:
    """The state so far; and of the class at work its attributes and statements."""

    def __init__(self, network: Model) -> None:
        self.state: State = {}
        self._network = network
        self._writer = Writer(network)
        self._attributes: dict[str, str] = {}
        self._statements: list[str] = []
        self._variables = 0

    def structure(self) -> str:
        """Return the code that binds ``model``."""
        network = self._network
        chunks = [*_chunks(network.layers)] if self._in_blocks else [network.layers]
        shape, texts = network.shape, []
        for number, chunk in enumerate(chunks):
            inner = f"Block{number}" if number else ""
            name = "Net" if number == len(chunks) - 1 else f"Block{number + 1}"
            texts.append(self._class(name, inner, chunk, shape, "inner." * (len(chunks) - 1 - number)))
            shape = after(chunk, shape)
        add = [ADD] if any("self.add(" in text for text in texts) else []
        return "\n".join([*definitions(network.leaves), *add, *texts, "model = Net()"])

    @property
    def _in_blocks(self) -> bool:
        """Whether to cut it into blocks: not where a layer would have to be one object in two of them."""
        apart = not any(map(self._writer.is_shared, self._network.leaves))
        return self._network.style.layout == "blocks" and apart

    def _class(self, name: str, inner: str, layers: Branch, shape: Shape, path: str) -> str:
        self._attributes = {"inner": f"{inner}()"} if inner else {}
        self._statements = ["x = self.inner(x)"] if inner else []
        state, self.state = self.state, {}
        result = self._statement(layers, shape, "x", "x")
        self.state = state | {path + key: value for key, value in self.state.items()}
        return "\n".join(
            [
                f"class {name}(nn.Module):",
                "    def __init__(self):",
                "        super().__init__()",
                *(f"        self.{attribute} = {value}" for attribute, value in self._attributes.items()),
                "",
                "    def forward(self, x):",
                *(f"        {line}" for line in [*self._statements, f"return {result}"]),
                "\n",
            ]
        )

    def _statement(self, layers: Branch, shape: Shape, source: str, target: str) -> str:
        """Write statements that take the value ``source`` through ``layers``; return the name of the result."""
        below: Layer | None = None
        for layer in layers:
            if (block := as_block(layer)) is not None:
                value = self._block(block, shape, source)
            else:
                leaf = self._writer.leaf(layer, shape, below)
                self._attributes.update(leaf.setup)
                self.state.update(leaf.state)
                value = leaf.call.format(source)
            self._statements.append(f"{target} = {value}")
            source, shape, below = target, layer.shape_after(shape), layer
        return source

    def _block(self, block: Block, shape: Shape, source: str) -> str:
        values = []
        for branch in block.branches:
            self._variables += bool(branch)
            values.append(self._statement(branch, shape, source, f"h{self._variables}"))
        if self._writer.adds_by_module((block,)):
            self._attributes["add"] = "Add()"
        return block.expression(values, self._network.style)


def _chunks(layers: Branch) -> Iterator[Branch]:
    """Yield the layers in pieces, each up to a ReLU or a block."""
    start = 0
    for position, layer in enumerate(layers):
        if layer.rectifies or layer.branches:
            yield layers[start : position + 1]
            start = position + 1
    if start < len(layers):
        yield layers[start:]
