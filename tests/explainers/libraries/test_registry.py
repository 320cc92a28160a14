"""Libraries are values, found by name; other packages add theirs."""

import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from axiomcheck.engine.identity import identity
from axiomcheck.engine.runtime.versions import versions
from axiomcheck.explainers import locate
from axiomcheck.explainers.libraries import library as library_module
from axiomcheck.explainers.libraries import registry
from axiomcheck.explainers.libraries.library import Library
from axiomcheck.explainers.libraries.registry import BUILT_IN, find_library, libraries, library_names
from axiomcheck.explainers.protocol import Unsupported
from axiomcheck.networks import AxiomcheckError
from axiomcheck.reports.listing import listing


@pytest.fixture
def added(monkeypatch):
    """Return a function that adds an entry point which leads to a value."""

    def add(value, name="toylib"):
        home = ModuleType("toylib_axiomcheck")
        home.LIBRARY, home.make = value, lambda name, options: lambda model, inputs, target: inputs * 0
        home.definition = lambda name: Library
        monkeypatch.setitem(sys.modules, "toylib_axiomcheck", home)
        entry = EntryPoint(name, "toylib_axiomcheck:LIBRARY", registry.GROUP)
        monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == registry.GROUP else [])
        _forget()

    yield add
    monkeypatch.undo()
    _forget()


def _forget():
    registry._added.cache_clear()
    find_library.cache_clear()


TOY = Library("toylib", "every method of Toylib", "toylib_axiomcheck", ("numpy",))


def test_a_library_of_somebody_else_is_one_like_ours(added):
    """Its methods are located by its name, it is listed, and its versions are told."""
    added(TOY)
    assert library_names() == ("captum", "zennit", "shap", "quantus", "lxt", "toylib")
    located = locate("toylib:Anything")
    assert located.explain is not None
    assert located.code == "from axiomcheck.explainers import locate\n\nexplain = locate('toylib:Anything').explain"
    assert "every method of Toylib" in "\n".join(listing("explainers"))
    assert libraries()[-1] is TOY


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("no library", "Expected a Library at toylib_axiomcheck:LIBRARY but got str"),
        (Library("other", "", "", ()), "to be called 'toylib', not 'other'"),
    ],
)
def test_an_entry_point_that_leads_to_no_library_raises_a_one_line_error(added, value, sentence):
    """What is wrong with it is said, with where it leads."""
    added(value)
    with pytest.raises(AxiomcheckError, match=sentence.split(" at ")[0]) as raised:
        locate("toylib:Anything")
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_entry_point_that_cannot_be_imported_raises_a_one_line_error(monkeypatch):
    """With the reason that Python gives."""
    entry = EntryPoint("broken", "no_such_module:LIBRARY", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    _forget()
    with pytest.raises(AxiomcheckError, match="cannot load library 'broken' from no_such_module:LIBRARY"):
        locate("broken:Anything")
    monkeypatch.undo()
    _forget()


def test_the_version_of_a_library_is_among_those_of_its_explainers():
    """And not among those of others; what is not installed has no version."""
    pytest.importorskip("shap")
    assert "shap" in versions(["shap:Kernel", "uniform"])
    assert "captum" not in versions(["shap:Kernel"])
    assert not {"shap", "captum", "zennit"} & versions(["uniform", "mine.py:explain"]).keys()


def test_the_identity_of_a_method_is_the_version_and_source_of_its_library():
    """That of the class in the library, not of the adapter."""
    captum = pytest.importorskip("captum")
    found = identity(locate("captum:InputXGradient"))
    assert found.version == captum.__version__
    assert found.source is not None


def test_each_library_has_what_the_registry_promises():
    """A name, a line for the list and an adapter that can be imported without the library."""
    for library in BUILT_IN:
        assert library.summary.endswith(f"(axiomcheck[{library.name}])")
        assert callable(library.make)


def test_an_old_release_is_refused(monkeypatch):
    """In a sentence that says which release there is, and which is needed."""
    monkeypatch.setattr(library_module, "version", lambda _: "0.4.7")
    with pytest.raises(Unsupported, match=r"^captum 0\.4\.7 is too old: axiomcheck\[captum\] needs 0\.7 or later$"):
        library_module.imported("captum.attr")


def test_the_oldest_releases_are_those_of_the_extras():
    """What the adapters refuse is what pip would not install."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert {name: extras[name][0].partition(">=")[2] for name in library_module.OLDEST} == library_module.OLDEST
