"""What a release is made of says the same everywhere, and the workflow publishes nothing that was not tested."""

import re
from pathlib import Path

import yaml

import axiomcheck

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+")


def _workflow():
    return yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))


def test_the_version_stands_where_people_look_for_it():
    """In the package, on top of the changelog below what is not released, and in the citation, with one date."""
    heading = re.compile(r"^## (\S+) \(([\d-]+)\)$", re.MULTILINE)
    version, date = heading.search((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")).groups()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert version == axiomcheck.__version__ == citation["version"]
    assert date == str(citation["date-released"])


def test_the_changelog_is_ordered():
    """Each release that has a date says what is added, changed and fixed, in this order."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for release in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if re.match(r"\S+ \([\d-]+\)\n", release):
            assert re.findall(r"^### (.*)$", release, flags=re.MULTILINE) == ["Added", "Changed", "Fixed"]


def test_actions_are_pinned_to_a_version():
    """To a whole one: what runs with the right to publish does not change by itself."""
    actions = [step["uses"] for job in _workflow()["jobs"].values() for step in job["steps"] if "uses" in step]
    assert len(actions) >= 6
    assert all(PINNED.fullmatch(action) for action in actions), actions


def test_nothing_is_published_that_was_not_built_and_tested():
    """The job that publishes waits for the others, takes what they tested, and alone has the right."""
    jobs = _workflow()["jobs"]
    publish = jobs["publish"]
    assert set(publish["needs"]) == {"build", "test"}
    assert jobs["test"]["needs"] == "build"
    assert [name for name, job in jobs.items() if "id-token" in job["permissions"]] == ["publish"]
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_what_the_workflow_runs_is_there():
    """Scripts of the repository can be run."""
    runs = [step["run"] for job in _workflow()["jobs"].values() for step in job["steps"] if "run" in step]
    scripts = [ROOT / word for run in runs for word in run.split() if word.startswith(".ci/")]
    assert scripts
    assert all(script.stat().st_mode & 0o111 for script in scripts)


def test_the_tag_is_compared_with_the_version():
    """By the same expression that the workflow has."""
    (line,) = [
        step["run"] for step in _workflow()["jobs"]["build"]["steps"] if "GITHUB_REF_NAME" in step.get("run", "")
    ]
    pattern = re.search(r"s/(.*?)/", line).group(1).replace(r"\(", "(").replace(r"\)", ")")
    text = (ROOT / "axiomcheck" / "version.py").read_text(encoding="utf-8")
    assert re.search(pattern, text, re.MULTILINE).group(1) == axiomcheck.__version__
