"""Cases of functions that do not depend on some variables."""

from collections.abc import Sequence
from dataclasses import replace

from ..networks import AxiomcheckError, Case, Family, Network, Twin
from ..networks.facts import Irrelevant
from ..networks.parallel import in_parallel
from ..networks.rewrites import LayerRewrite, Rewrite
from .cases import IGNORED, NULL, irrelevant_variables, without_influence
from .codec import draw_baseline, draw_network, draw_points, draw_target
from .layout import CASE, DEPTH, INPUTS, VARIABLES, case_layout
from .live_outputs import enliven
from .retry_until import is_non_vacuous, retry_until
from .rewrites import draw_twin

OF_A_GUARD = ("guarded-bias",)
CANCELLED = case_layout("a function that is added and subtracted", NULL)
GUARDED = CANCELLED.chance("a guard that depends on the input", CASE + 14, 128)
CANCELS = CANCELLED.chance("another function added and subtracted", CASE + 15, 80, shares=True)
OF_A_LAYER = ("cancelling-pair", "factorise", "rescale", "move-bias", "guard", "split")


def _draw(block: bytes, family: Family) -> Case:
    return (_cancelling(block, family) if CANCELS(block) else None) or irrelevant_variables(block, family)


null_players = retry_until(_draw, is_non_vacuous)
"""A case of a function that does not depend on some of its variables, alive at some input.

Their weights are zero, or a pair of units reads one of them and cancels, or another function is added, and subtracted
as it is rewritten.
"""


def _cancelling(block: bytes, family: Family) -> Case | None:
    """Return a case of f + t - t, perceptrons of two layers or more, t rewritten in one place; None if it cannot be."""
    guarded = GUARDED(block)
    deep = VARIABLES.at_least(DEPTH.at_least(block, 3 if guarded else 2), 2)
    plain = replace(family, items=frozenset({"mlp"}))
    drawn = draw_network(deep, plain)
    kept, irrelevant = without_influence(drawn, IGNORED(block, 256), masks_images=False)
    added = draw_twin(deep, drawn, plain, OF_A_GUARD if guarded else OF_A_LAYER, count=1)
    network = enliven(deep, plain, in_parallel((kept, added.network, added.network), (1.0, 1.0, -1.0)))
    size = network.in_features
    case = Case(
        network,
        draw_baseline(deep, family, size),
        draw_points(deep, family, size, INPUTS(block)),
        target=draw_target(deep, network),
        rewrites=_behind(kept, added),
        facts=(Irrelevant(irrelevant),),
    )
    return case if case.rewrites and _belongs(case, family) else None


def _behind(network: Network, added: Twin) -> tuple[Rewrite, ...]:
    """Return the rewrites of a perceptron for where its units stand behind those of ``network``."""
    widths = [layer.out_features for layer in network.linears[:-1]]
    return tuple(_move(rewrite, widths) for rewrite in added.rewrites if isinstance(rewrite, LayerRewrite))


def _move(rewrite: LayerRewrite, widths: Sequence[int]) -> Rewrite:
    layers = {field: rewrite.layer + offset for field, offset in rewrite.sites.items()}
    hidden = {field: layer for field, layer in layers.items() if 0 <= layer < len(widths)}
    return replace(rewrite, **{field: getattr(rewrite, field) + widths[layer] for field, layer in hidden.items()})


def _belongs(case: Case, family: Family) -> bool:
    try:
        return case.belongs_to(family) and len(set(case.networks)) > 1
    except AxiomcheckError:
        return False
