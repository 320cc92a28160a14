"""A method of Captum as Python that needs torch and Captum alone."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...loading.script import arguments, function, seeding
from .methods import FROM_DISTRIBUTION, OWN, setup_options

if TYPE_CHECKING:
    from .method import CaptumMethod

RULED = """for layer in model.modules():
    if isinstance(getattr(layer, "weight", None), torch.nn.Parameter):
        layer.rule = {rule}"""
LAST = "[layer for layer in model.modules() if isinstance(layer, _ConvNd)][-1]"


def code_of(method: "CaptumMethod") -> str:
    """Return imports and a function ``explain``, which does what the method does on the models that Captum takes."""
    options = dict(method.options)
    own = {key: options.pop(key) for key in OWN.get(method.name, frozenset()) & options.keys()}
    setup = {key: options.pop(key) for key in setup_options(method.name) & options.keys()}
    names = dict.fromkeys((method.name, method.base))
    imports = [f"from captum.attr import {', '.join(sorted(names))}"]
    body = list(seeding(method.samples))
    if method.name == "LRP" and own:
        rule = str(own.pop("rule", "EpsilonRule"))
        imports.append(f"from captum.attr._utils.lrp_rules import {rule}")
        body.append(RULED.format(rule=f"{rule}({arguments(own)})"))
    if method.name == "GuidedGradCam":
        imports.append("from torch.nn.modules.conv import _ConvNd")
    body += _body(method, setup, options)
    return function(imports, body, baseline=method.has_baseline)


def _body(method: "CaptumMethod", setup: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[str]:
    constructor = f"{method.name}({', '.join(filter(None, (_model(method, setup), arguments(setup, but='layer'))))})"
    keywords = arguments(options)
    if method.base == "Occlusion" and "sliding_window_shapes" not in options:
        keywords = ", ".join(filter(None, ("sliding_window_shapes=(1,) * (inputs.dim() - 1)", keywords)))
    if method.base in FROM_DISTRIBUTION:
        times = 1 if method.name == "NoiseTunnel" else 2
        yield f"attribute, scores = {constructor}.attribute, []"
        yield "for x, at, start in zip(inputs[:, None], target[:, None], baseline[:, None]):"
        yield f"    start = start.expand({times}, *start.shape[1:])"
        yield f"    scores.append(attribute(x, baselines=start, target=at{keywords and ', ' + keywords}))"
        yield "return torch.cat(scores)"
        return
    baselines = "baselines=baseline, " if method.has_baseline else ""
    yield f"return {constructor}.attribute(inputs, {baselines}target=target{keywords and ', ' + keywords})"


def _model(method: "CaptumMethod", setup: Mapping[str, Any]) -> str:
    if method.name == "NoiseTunnel":
        return f"{method.under_noise}(model)"
    if method.name == "GuidedGradCam":
        return "model, " + (f"model.get_submodule({setup['layer']!r})" if "layer" in setup else LAST)
    return "model"
