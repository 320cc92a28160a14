"""Self-attention as Python: written out, by torch's fused function, or as ``nn.MultiheadAttention``."""

from dataclasses import dataclass

MIXED = {
    "plain": """scores = query @ key.transpose(-2, -1) * self.scale
{mask}mixed = torch.softmax(scores, -1) @ value""",
    "fused": "mixed = F.scaled_dot_product_attention(query, key, value{causal})",
}
MASK = """scores = scores.masked_fill(torch.ones_like(scores, dtype=torch.bool).triu(1), -torch.inf)
"""
SPLIT = """query, key, value = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in (query, key, value))
"""
OF_TORCH = """class {name}(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = nn.MultiheadAttention(size, heads, bias={bias}, batch_first=True)

    def forward(self, x):
{body}

"""
WRITTEN = """class {name}(nn.Module):
    def __init__(self, inputs, keys, values, outputs{heads}):
        super().__init__()
        self.query = nn.Linear(inputs, keys, bias=False)
        self.key = nn.Linear(inputs, keys, bias={bias})
        self.value = nn.Linear(inputs, values, bias=False)
        self.out = nn.Linear(values, outputs, bias=False)
{own}
    def forward(self, x):
{body}

"""


@dataclass(frozen=True)
class Form:
    """How attention is ``written``, whether in many heads, behind a causal mask, with a bias on its keys."""

    written: str
    has_heads: bool
    is_causal: bool
    has_bias: bool

    @property
    def name(self) -> str:
        """The name of its class."""
        parts = ("Causal" * self.is_causal, "Multihead" * self.has_heads, "KeyBias" * self.has_bias)
        return f"{''.join(parts)}{ {'plain': '', 'fused': 'Fused', 'module': 'Torch'}[self.written] }Attention"

    @property
    def definition(self) -> str:
        """Its class."""
        if self.written == "module":
            return OF_TORCH.format(name=self.name, bias=self.has_bias, body=_indented(self._calling))
        own = ["self.heads = heads"] if self.has_heads else []
        own += [f"self.scale = {'(keys // heads)' if self.has_heads else 'keys'}**-0.5"] * (self.written == "plain")
        return WRITTEN.format(
            name=self.name,
            heads=", heads" * self.has_heads,
            bias=self.has_bias,
            own=_indented("\n".join(own)) + "\n" * bool(own),
            body=_indented(self._attending),
        )

    @property
    def _calling(self) -> str:
        if not self.is_causal:
            return "return self.heads(x, x, x, need_weights=False)[0]"
        mask = "mask = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)"
        return f"{mask}\nreturn self.heads(x, x, x, need_weights=False, attn_mask=mask)[0]"

    @property
    def _attending(self) -> str:
        mixed = MIXED[self.written].format(mask=MASK * self.is_causal, causal=", is_causal=True" * self.is_causal)
        joined = "mixed.transpose(1, 2).flatten(2)" if self.has_heads else "mixed"
        read = "query, key, value = self.query(x), self.key(x), self.value(x)\n"
        return f"{read}{SPLIT * self.has_heads}{mixed}\nreturn self.out({joined})"


def _indented(body: str) -> str:
    return "\n".join(f"        {line}" for line in body.splitlines())
