"""What Captum says of models that it does not explain, told in one sentence. All else is an error of its own."""

import re

REFUSALS = {
    "has no rule defined": "has no rule for {layer}",
    "more than once in the network": "refuses a module that is used more than once",
    "has changed the size of value": "has a rule for layers that keep their size, and another layer",
}
"""By words of the message; ``layer`` is the type that it names."""


def refusal(error: Exception) -> str:
    """Return what is refused, or nothing for an error that is no refusal."""
    if isinstance(error, ModuleNotFoundError):
        missing = "scikit-learn" if (error.name or "").startswith("sklearn") else error.name
        return f"needs {missing}: install {missing}"
    layer = re.search(r"<class '(?:\w+\.)*(\w+)'>", str(error))
    named = layer[1] if layer else "a layer of the model"
    return next((sentence.format(layer=named) for said, sentence in REFUSALS.items() if said in str(error)), "")
