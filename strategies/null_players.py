"""Cases of functions that do not depend on some variables."""

from collections.abc import Sequence
from dataclasses import replace

from ..networks import AxiomcheckError, Case, Family, Network, Twin
from ..networks.facts import Irrelevant
from ..networks.parallel import beside
from ..networks.rewrites import LayerRewrite, Rewrite
from .cases import enlivened, irrelevant_variables, without_influence
from .codec import REWRITES as START
from .codec import SHAPE, WEIGHTS, draw_baseline, draw_network, draw_points, draw_target
from .retry_until import is_lively, steered
from .rewrites import draw_twin

GUARDED = ("guarded-bias",)
OF_A_LAYER = ("cancelling-pair", "factorise", "rescale", "move-bias", "guard", "split")


def _drawn(block: bytes, family: Family) -> Case:
    return (_cancelled(block, family) if block[START + 15] >= 176 else None) or irrelevant_variables(block, family)


null_players = steered(_drawn, is_lively)
"""A case of a function that does not depend on some of its variables, alive at some input.

Their weights are zero, or a pair of units reads one of them and cancels, or another function is added, and subtracted
as it is rewritten.
"""


def _cancelled(block: bytes, family: Family) -> Case | None:
    """Return a case of f + t - t, perceptrons of two layers or more, t rewritten in one place; None if it cannot be."""
    guarded = block[START + 14] >= 128
    deep = bytes([max(block[SHAPE], 160 if guarded else 56), max(block[SHAPE + 1], 32), *block[SHAPE + 2 :]])
    plain = replace(family, items=frozenset({"mlp"}))
    drawn = draw_network(deep, plain)
    kept, irrelevant = without_influence(drawn, block[WEIGHTS - 1], masks_images=False)
    added = draw_twin(deep, drawn, plain, GUARDED if guarded else OF_A_LAYER, count=1)
    network = enlivened(deep, plain, beside((kept, added.network, added.network), (1.0, 1.0, -1.0)))
    size = network.in_features
    case = Case(
        network,
        draw_baseline(deep, family, size),
        draw_points(deep, family, size, 1 + block[SHAPE + 4] // 64),
        target=draw_target(deep, network),
        rewrites=_behind(kept, added),
        facts=(Irrelevant(irrelevant),),
    )
    return case if case.rewrites and _belongs(case, family) else None


def _behind(network: Network, added: Twin) -> tuple[Rewrite, ...]:
    """Return the rewrites of a perceptron for where its units stand behind those of ``network``."""
    widths = [layer.out_features for layer in network.linears[:-1]]
    return tuple(_moved(rewrite, widths) for rewrite in added.rewrites if isinstance(rewrite, LayerRewrite))


def _moved(rewrite: LayerRewrite, widths: Sequence[int]) -> Rewrite:
    layers = {field: rewrite.layer + offset for field, offset in rewrite.sites.items()}
    hidden = {field: layer for field, layer in layers.items() if 0 <= layer < len(widths)}
    return replace(rewrite, **{field: getattr(rewrite, field) + widths[layer] for field, layer in hidden.items()})


def _belongs(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family) and len(set(case.networks)) > 1
    except AxiomcheckError:
        return False
