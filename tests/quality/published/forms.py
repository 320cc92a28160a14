"""What explainers hand back that is no tensor of scores, and what they ask for that nobody gives them (six reports)."""

from axiomcheck.explainers import explainer

from .calls import gradient_of


@explainer(conserves=None)
def of_length_one(model, inputs, target):
    """Divide by the norm, which may be 0 (captum, issue 859; transformers-interpret, issue 55)."""
    gradient = gradient_of(model, inputs, target)
    return gradient / gradient.flatten(1).norm(dim=1).reshape(-1, *[1] * (gradient.dim() - 1))


def a_tuple(model, inputs, target):
    """Return a tuple of one tensor (captum, issues 1312 and 722)."""
    return (gradient_of(model, inputs, target),)


@explainer(conserves=None)
def always_double(model, inputs, target):
    """Return float64 whatever comes in (captum, issue 1240)."""
    return gradient_of(model, inputs, target).double()


def of_tokens(model, input_ids, attention_mask, target):
    """Ask for what there is not."""
    return gradient_of(model, input_ids * attention_mask, target)


def without_target(model, inputs):
    """Choose the output itself."""
    return gradient_of(model, inputs, model(inputs).argmax(1))
