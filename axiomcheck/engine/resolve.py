"""From names to questions: every name is looked up here, and a wrong one raises an error in one sentence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..axioms import AXIOMS, Axiom, Explain, Gap, Rejected
from ..axioms.equality import equality
from ..axioms.names import EQUALITY, OFF_ZEROS, require_axiom
from ..axioms.subject import SubjectCase
from ..explainers import CATALOGUE, Located, Unsupported, locate
from ..explainers.libraries.twins import twin_of
from ..explainers.protocol import require_signature
from ..models.exchange import OF_CHANNELS
from ..models.source import ModelSource
from ..networks import REWRITES, AxiomcheckError, Case, Family, UnknownName
from ..strategies.cases import one_twin
from .claims import check_claims
from .judge import Judge
from .model_population import ModelPopulation
from .question import Budget, Question

TWINNED = "implementation_invariance"
"""The axiom whose cases are twins."""
WIDEST = "ordinary"
"""The family of a question that names none."""
AnyExplainer = str | Callable[..., Any]


def find_axiom(name: str) -> Axiom:
    """Return the axiom of the registry; ``UnknownName`` suggests another."""
    if not isinstance(name, str):
        raise AxiomcheckError(f"Expected an axiom's name but got {name!r}")
    if name not in AXIOMS:
        raise UnknownName("axiom", name, AXIOMS)
    return AXIOMS[name]


def find_family(family: str | Family) -> Family:
    """Return the family that is named, or is given."""
    return family if isinstance(family, Family) else Family.parse(family)


def model_population(model: ModelSource, only: str = "") -> ModelPopulation:
    """Return what is drawn for a model, which is loaded: what stands in the way is told before anything runs.

    ``only`` is the one kind of exchange by which its twins are made.
    """
    population = ModelPopulation(model, only)
    twins = population.loaded.draws.twins
    places = twins.places
    if only in OF_CHANNELS and twins.channels.reason:
        raise AxiomcheckError(f"the model has no place for {only}: {twins.channels.reason}")
    if only and only not in places:
        raise UnknownName("exchange that this model has a place for,", only, places)
    return population


def find_explainer(explainer: AnyExplainer, name: str = "") -> Located:
    """Return the explainer, its claims checked; where it cannot be loaded, its ``reason`` says why.

    ``name`` is what a callable is called in place of its own name; ``AxiomcheckError`` if something else has that name.
    """
    located = locate(explainer)
    if name:
        if name in CATALOGUE or ":" in name:
            raise AxiomcheckError(f"Expected a name of its own for {located.name} but got {name!r}")
        located = replace(located, name=name)
    if located.explain is not None:
        require_signature(located.explain, located.name)
    check_claims(located)
    return located


def question(
    explainer: AnyExplainer,
    axiom: str | None,
    family: str | Family | None,
    budget: Budget,
    *,
    equals: AnyExplainer | None = None,
    rewrite: str | None = None,
    model: ModelSource | None = None,
) -> Question:
    """Return the question about an axiom, or about equality with the explainer ``equals``, of twins by one rewrite.

    It is asked in a family, of all layers where none is named, or on a ``model``.
    ``AxiomcheckError`` if a name is unknown, ``Unsupported`` if the explainer cannot be loaded.
    """
    if (axiom is None) == (equals is None):
        raise AxiomcheckError("Expected an axiom, or another explainer to equal, and not both")
    if model is not None and family is not None:
        raise AxiomcheckError("Expected a family of random networks, or a model, and not both")
    if model is None:
        parsed: Family | ModelPopulation = find_family(WIDEST if family is None else family)
    else:
        parsed = model_population(model, rewrite or "")
    named = None if axiom is None else find_axiom(axiom)
    located = find_explainer(explainer)
    if located.explain is None:
        raise Unsupported(located.reason)
    whole = Question(located, named or equality(located, locate(equals or "")), parsed, budget)
    if rewrite and whole.axiom.name != TWINNED:
        raise AxiomcheckError(f"rewrites are drawn for {TWINNED}, not for {whole.axiom.name}")
    return of_rewrite(whole, rewrite) if rewrite and model is None else whole


def reference(whole: Question, like: AnyExplainer) -> Judge:
    """Return the judge of the same axiom for another explainer, or for the ``twin`` that a library's method names.

    ``AxiomcheckError`` if there is no such twin, or nothing of that name.
    """
    name = like
    if like == "twin":
        name = twin_of(whole.located.name)
        if not name:
            raise AxiomcheckError(f"no explainer of our own is known to be the twin of {whole.located.name}; name one")
    located = find_explainer(name)
    if located.explain is None:
        raise Unsupported(located.reason)
    return replace(whole, located=located).judge


def stored_axiom(name: str, explainer: Located) -> Axiom:
    """Return the axiom of a counterexample: one of the registry, or equality with another explainer."""
    if name in AXIOMS:
        return AXIOMS[name]
    require_axiom(name, AXIOMS)
    other = name.removeprefix(EQUALITY)
    return equality(explainer, locate(other.removesuffix(OFF_ZEROS)), off_zeros=other.endswith(OFF_ZEROS))


def off_zeros(whole: Question, case: SubjectCase, equals: AnyExplainer) -> Question | None:
    """Return the question that is left after two explainers were seen to differ where a pre-activation is 0.

    There relevance ends, by convention; None if ``case``, on which they differ, is not of that kind.
    """
    narrower = replace(whole, axiom=equality(whole.located, locate(equals), off_zeros=True))
    return narrower if narrower.judge(case).kind == "rejected" else None


def of_rewrite(whole: Question, name: str) -> Question:
    """Return the question of twins by one rewrite alone; ``AxiomcheckError`` if its axiom knows no twins."""
    if name not in REWRITES:
        raise UnknownName("rewrite", name, REWRITES)

    def draws(block: bytes, family: Family) -> Case:
        return one_twin(block, family, (name,))

    def gaps(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        if any(rewrite.name != name for rewrite in case.rewrites):
            raise Rejected(f"it is not by {name} alone")
        yield from whole.axiom.gaps(explain, case)

    return replace(whole, axiom=replace(whole.axiom, draws=draws, gaps=gaps))
