"""A network as an ``nn.Sequential``; its blocks are modules of the model's own that hold one for each branch."""

from collections.abc import Iterator

from ..layers import Block, Branch, Layer, Shape, as_block
from ..tree import every_layer
from .leaf import ADD, State, Writer, definitions
from .model import Model


class Sequential:
    """Classes of blocks, layers that are used again, and the state so far."""

    def __init__(self, network: Model) -> None:
        self.state: State = {}
        self._writer = Writer(network)
        self._classes: dict[tuple[str, tuple[bool, ...]], str] = {}
        self._shared: dict[str, str] = {}
        self._blocks: dict[str, int] = {}
        self._network = network

    def structure(self) -> str:
        """Return the code that binds ``model``."""
        lines = [
            f'model.add_module("{name}", {expression})'
            for name, expression in self._expressions(self._network.layers, self._network.shape, "")
        ]
        shared = [f"{name} = {constructor}" for name, constructor in self._shared.items()]
        add = [ADD] if self._writer.adds_by_module(tuple(every_layer(self._network.layers))) else []
        own = definitions(self._network.leaves)
        return "\n".join([*own, *add, *self._classes.values(), *shared, "model = nn.Sequential()", *lines])

    def _expressions(self, layers: Branch, shape: Shape, path: str) -> Iterator[tuple[str, str]]:
        """Yield a name and an expression for each layer."""
        below: Layer | None = None
        for position, layer in enumerate(layers):
            if (block := as_block(layer)) is not None:
                self._blocks[layer.kind] = number = self._blocks.get(layer.kind, 0) + 1
                name = f"{path}{position}" if path else f"{layer.kind}{number}"
                yield name, self._block(block, shape, f"{name}.")
            else:
                yield self._leaf(layer, shape, below, f"{path}{position}" if path else "")
            shape, below = layer.shape_after(shape), layer

    def _leaf(self, layer: Layer, shape: Shape, below: Layer | None, path: str) -> tuple[str, str]:
        leaf = self._writer.leaf(layer, shape, below)
        name = path or leaf.name
        (constructor,) = leaf.setup.values()
        self.state.update({f"{name}.{part}": value for part, value in layer.state.items()})
        if not self._writer.is_shared(layer):
            return name, constructor
        self._shared[leaf.attribute] = constructor
        return name, leaf.attribute

    def _block(self, block: Block, shape: Shape, path: str) -> str:
        key = (block.kind, tuple(not branch for branch in block.branches))
        name = f"{block.kind.title()}{[*self._classes, key].index(key) or ''}"
        self._classes.setdefault(key, self._class(block, name))
        inner = []
        for index, branch in enumerate(block.branches):
            texts = [text for _, text in self._expressions(branch, shape, f"{path}branch{index + 1}.")]
            inner += [f"nn.Sequential({', '.join(texts)})"] if branch else []
        return f"{name}({', '.join(inner)})"

    def _class(self, block: Block, name: str) -> str:
        """Return a module that joins its branches; one that is empty is the input itself."""
        held = [f"branch{index + 1}" for index, branch in enumerate(block.branches) if branch]
        values = [f"self.branch{index + 1}(x)" if branch else "x" for index, branch in enumerate(block.branches)]
        add = ["self.add = Add()"] if self._writer.adds_by_module((block,)) else []
        return "\n".join(
            [
                f"class {name}(nn.Module):",
                f"    def __init__(self, {', '.join(held)}):",
                "        super().__init__()",
                *(f"        {line}" for line in [*(f"self.{branch} = {branch}" for branch in held), *add]),
                "",
                "    def forward(self, x):",
                f"        return {block.expression(values, self._network.style)}",
                "\n",
            ]
        )
