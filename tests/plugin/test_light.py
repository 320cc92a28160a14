"""In a project that does not use it the plugin is there and loads nothing."""

import pytest

from axiomcheck.plugin.sources import source_of
from axiomcheck.plugin.warning import AxiomcheckWarning

SEEN = """
import sys

def pytest_unconfigure(config):
    heavy = ("torch", "hypothesis", "numpy", "scipy", "jsonschema", "rich")
    print("loaded:", [name for name in heavy if name in sys.modules], config.pluginmanager.has_plugin("axiomcheck"))
"""


def test_nothing_heavy_is_loaded_because_of_it(pytester):
    """Neither torch nor Hypothesis nor NumPy, whose own plugin is left out here."""
    pytester.makeconftest(SEEN)
    pytester.makepyfile(test_plain="class TestPlain:\n    def test_plain(self): pass\n")
    for options in (("--collect-only",), ()):
        result = pytester.runpytest_subprocess("-p", "no:hypothesispytest", *options)
        assert result.ret == 0
        result.stdout.fnmatch_lines(["loaded: ?? True"])


def test_the_warning_is_light():
    """It is looked up by filters before a test runs."""
    assert issubclass(AxiomcheckWarning, UserWarning)


@pytest.mark.parametrize(
    ("explainer", "file"),
    [
        ("sample.py:explain", "sample.py"),
        ("sample:explain:gamma=0.5", "sample.py"),
        ("inside.deep:explain", "inside/deep.py"),
        ("inside.missing:explain", None),
        ("nowhere:explain", None),
        ("uniform", None),
        ("captum:LRP", None),
        ("sample:explain:=", None),
    ],
)
def test_the_file_of_an_explainer_is_found_without_running_it(tmp_path, explainer, file):
    """Neither its module nor the packages above."""
    for name in ("sample.py", "inside/__init__.py", "inside/deep.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("raise RuntimeError")
    assert source_of(explainer, tmp_path) == (tmp_path / file if file else None)
