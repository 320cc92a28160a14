"""From what a user writes to an explainer."""

import sys
from functools import partial

import pytest
import torch

from axiomcheck.explainers import CATALOGUE, declaration, locate
from axiomcheck.explainers.libraries.captum import CaptumMethod, code_of, methods
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.networks import AxiomcheckError, UnknownName

SOURCE = """
from dataclasses import dataclass

from axiomcheck.explainers import explainer


def explain(model, inputs, target):
    return 2 * inputs


def scaled(model, inputs, target, *, factor=1.0, shape=(), mode="plain"):
    return factor * inputs


@explainer(conserves="unit", tolerance=0.03)
def declared(model, inputs, target, *, factor=1.0):
    return factor * inputs


@dataclass
class Scaled:
    factor: float = 3.0

    def __call__(self, model, inputs, target, *, baseline):
        return self.factor * (inputs - baseline)


class Needs:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, model, inputs, target):
        return self.factor * inputs


number = 7
"""
ONES = torch.ones(1, 2)
TARGET = torch.tensor([0])


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a folder with the user's file mine.py, and go there."""
    (tmp_path / "mine.py").write_text(SOURCE)
    (tmp_path / "broken.py").write_text("raise RuntimeError('no luck\\ntoday')\n")
    (tmp_path / "typo.py").write_text("def explain(:\n")
    (tmp_path / "leaves.py").write_text("raise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for name in ("mine", "broken", "typo", "leaves"):
        sys.modules.pop(name, None)
        sys.modules.pop(f"axiomcheck_user_{name}", None)


def _by_code(located):
    """Return what the code of ``located`` binds to ``explain``."""
    namespace = {}
    exec(located.code, namespace)
    return namespace["explain"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_registered_names(name):
    """Every name of the catalogue leads to its explainer, and its code to an equal one."""
    located = locate(name)
    assert located.name == name
    assert not located.reason
    entry = CATALOGUE[name].load()
    assert located.explain == (entry() if isinstance(entry, type) else entry)
    assert _by_code(located) == located.explain


@pytest.mark.parametrize(
    ("asked", "explain"),
    [
        ("lrp-gamma:gamma=0.5", LRPGamma(gamma=0.5)),
        ("lrp-gamma:gamma=1e-3", LRPGamma(gamma=1e-3)),
        ("lrp-epsilon: epsilon = 0.25", LRPEpsilon(epsilon=0.25)),
        ("integrated-gradients:steps=50", IntegratedGradients(steps=50)),
    ],
)
def test_registered_with_options(asked, explain):
    """Options are read as Python values and reach the explainer, in its code too."""
    assert locate(asked).explain == explain
    assert _by_code(locate(asked)) == explain


@pytest.mark.parametrize(
    ("asked", "explain"),
    [
        ("captum:LRP", CaptumMethod("LRP")),
        ("captum:Saliency:abs=False", CaptumMethod("Saliency", (("abs", False),))),
        (
            "captum:IntegratedGradients:n_steps=20,method=riemann_left",
            CaptumMethod("IntegratedGradients", (("method", "riemann_left"), ("n_steps", 20))),
        ),
        (
            "captum:Occlusion:sliding_window_shapes=(1,),strides=None",
            CaptumMethod("Occlusion", (("sliding_window_shapes", (1,)), ("strides", None))),
        ),
    ],
)
def test_captum(asked, explain):
    """Captum's methods with their own options; a word is text, and commas inside brackets belong to the value."""
    assert locate(asked).explain == explain
    assert locate(asked).code == code_of(explain)


def test_captum_that_is_missing(monkeypatch):
    """Without Captum there is no explainer, but a reason."""
    monkeypatch.setitem(sys.modules, "captum", None)
    methods.input_methods.cache_clear()
    located = locate("captum:LRP")
    assert located.explain is None
    assert located.reason == "captum is missing: install axiomcheck[captum]"


@pytest.mark.parametrize("place", ["mine.py", "./mine.py", "mine"])
def test_functions_of_files_and_modules(home, place):
    """A file by its path, or a module of the working directory by its name; the path of imports stays as it was."""
    before = list(sys.path)
    located = locate(f"{place}:explain")
    assert located.explain(None, ONES, TARGET).tolist() == [[2.0, 2.0]]
    assert sys.path == before


def test_code_of_a_file_runs_it(home):
    """The code for a file needs nothing but the file."""
    assert _by_code(locate("mine.py:explain"))(None, ONES, TARGET).tolist() == [[2.0, 2.0]]
    assert _by_code(locate("mine.py:scaled:factor=4"))(None, ONES, TARGET).tolist() == [[4.0, 4.0]]
    scaled = _by_code(locate("mine.py:Scaled:factor=5"))
    assert scaled(None, ONES, TARGET, baseline=ONES / 2).tolist() == [[2.5, 2.5]]


def test_options_of_functions(home):
    """A function gets its options as keywords: numbers, tuples and words."""
    located = locate("mine.py:scaled:factor=2.5,shape=(1, 2),mode=other")
    assert located.explain.keywords == {"factor": 2.5, "shape": (1, 2), "mode": "other"}
    assert located.explain(None, ONES, TARGET).tolist() == [[2.5, 2.5]]


def test_classes_are_made_instances(home):
    """A class is called with its options, or with none."""
    plain, other = locate("mine.py:Scaled").explain, locate("mine.py:Scaled:factor=5").explain
    assert (plain.factor, other.factor) == (3.0, 5)
    assert declaration(plain).has_baseline


def test_options_leave_the_declaration(home):
    """What a function says of itself holds with options, too."""
    assert declaration(locate("mine.py:declared").explain).conserves == "unit"
    assert declaration(locate("mine.py:declared:factor=2").explain).conserves == "unit"


def test_modules_inside_packages():
    """A dotted name is imported."""
    assert locate("axiomcheck.explainers.methods.grad_x_input:grad_x_input").explain is grad_x_input
    assert locate("axiomcheck.explainers.methods.lrp_gamma:LRPGamma:gamma=2.0").explain == LRPGamma(2.0)


def test_callables_are_taken_as_they_are():
    """A function is named by where it stands, an instance by the expression that rebuilds it."""
    located = locate(grad_x_input)
    assert located.explain is grad_x_input
    assert located.name == "axiomcheck.explainers.methods.grad_x_input:grad_x_input"
    assert _by_code(located) is grad_x_input
    made = locate(LRPGamma(0.5))
    assert made.name == "LRPGamma(gamma=0.5)"
    assert _by_code(made) == LRPGamma(0.5)


def test_partial_functions_have_the_name_they_are_asked_for_by():
    """Options by name are those of the command line; other partial functions are called by what they are of."""
    made = locate(partial(_scaled, factor=2.0))
    assert made.name == f"{__name__}:_scaled:factor=2.0"
    assert locate(made.name).code == made.code
    assert made.explain(None, torch.ones(1), None) == _by_code(made)(None, torch.ones(1), None) == 2
    assert locate(partial(grad_x_input)).explain is grad_x_input
    assert locate(partial(lambda k, *given: k, 3)).name == f"partial({__name__}:{_lambda()}, 3)"
    with pytest.raises(UnknownName, match="factor"):
        locate(partial(_scaled, facto=2.0))


def _scaled(model, inputs, target, *, factor=1.0):
    return factor * inputs


def _lambda():
    return "test_partial_functions_have_the_name_they_are_asked_for_by.<locals>.<lambda>"


class _Silent:
    """It says nothing of itself."""

    def __call__(self, model, inputs, target):
        return inputs

    def method(self, model, inputs, target):
        return inputs


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (_Silent, "_Silent"),
        (lambda: _Silent().method, "_Silent.method"),
        (lambda: partial(_Silent(), 1), None),
        (lambda: partial(_scaled, factor=_Silent()), None),
    ],
)
def test_no_name_has_an_address(made, name):
    """It would be another in every process: in the tests of two workers, in a stored counterexample."""
    located = locate(made())
    assert " at 0x" not in located.name + located.code
    assert name is None or located.name == f"{__name__}:{name}"
    compile(located.code, "code", "exec")


WRONG = {
    "lrp-gama": "unknown explainer 'lrp-gama'; did you mean 'lrp-gamma'?",
    "gradients": "did you mean 'gradient'?",
    "": "unknown explainer ''",
    "lrp-gamma:gama=1": "did you mean 'gamma'?",
    "lrp-gamma:model=1": "unknown option",
    "uniform:x=1": "unknown option of uniform 'x'",
    "lrp-gamma:gamma=1,": "expected options as name=value",
    "lrp-gamma:gamma=1,=2": "expected options as name=value",
    "lrp-gamma:gamma=1,two words=2": "expected options as name=value",
    "captum:InputXGradien": "did you mean 'InputXGradient'?",
    "captum:": "unknown method of captum ''",
    "captum:IntegratedGradients:n_step=3": "did you mean 'n_steps'?",
    "mine.py:explian": "did you mean 'explain'?",
    "mine:explian": "did you mean 'explain'?",
    "mine.py:number": "no callable but int",
    "mine.py:scaled:facto=2": "did you mean 'factor'?",
    "mine.py:scaled:inputs=2": "unknown option",
    "mine.py:Scaled:facto=2": "did you mean 'factor'?",
    "mine.py:Needs": "factor",
    "no.py:explain": "there is no file 'no.py'",
    "broken.py:explain": "RuntimeError: no luck",
    "typo.py:explain": "SyntaxError",
    "leaves.py:explain": "SystemExit: 3",
    "broken:explain": "RuntimeError: no luck",
    "no_such_module:explain": "No module named 'no_such_module'",
    ":explain": "cannot load explainer ':explain'",
}


@pytest.mark.parametrize("asked", WRONG)
def test_wrong_input_gets_one_sentence(home, asked):
    """Whatever is wrong, an AxiomcheckError says it in one line, with a suggestion where a name is close."""
    with pytest.raises(AxiomcheckError) as told:
        locate(asked)
    assert WRONG[asked] in str(told.value)
    assert "\n" not in str(told.value)


def test_what_is_no_callable_is_refused():
    """A number is neither a name nor a callable."""
    with pytest.raises(AxiomcheckError, match="but got 3"):
        locate(3)


def test_interrupting_is_not_a_wrong_input(tmp_path):
    """Who presses Ctrl-C while a file is loaded is obeyed."""
    (tmp_path / "slow.py").write_text("raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        locate(f"{tmp_path / 'slow.py'}:explain")


def test_unknown_names_are_of_their_own_kind():
    """A name that nothing answers to raises UnknownName."""
    with pytest.raises(UnknownName):
        locate("lrp-gama")
