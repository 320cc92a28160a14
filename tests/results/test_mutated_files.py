"""Files that were damaged, or made to do harm: each is read, or told of in one sentence, and nothing of it is run."""

import json
import subprocess
import sys
import time
import unicodedata
import warnings
from random import Random

import pytest

from axiomcheck.cli import main
from axiomcheck.engine.journal import NAME, Journal
from axiomcheck.engine.known_violations import KnownViolations
from axiomcheck.networks import AxiomcheckError
from axiomcheck.results.certificate import digest
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.results.reader import read_counterexample

from .hostile_files import HEADER, HOSTILE, LARGE, MARKER, counterexample, sound
from .mutations import mutated_bytes, mutated_json

READERS = {
    "counterexample": read_counterexample,
    "model": read_counterexample,
    "certificate": read_certificate,
    "known": KnownViolations.of,
    "journal": lambda path: Journal.resume(path.parent, HEADER),
}
"""What the command line reads files with."""
SECONDS = 2.0
"""Of the processor, for any file."""
LONGEST = 600
"""Letters of a sentence."""
TELLS = """
from pathlib import Path

Path(__file__).with_name("imported").touch()


def run(*_):
    raise SystemExit


load = run
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the module that every file names, and which tells when it is imported."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / f"{MARKER}.py").write_text(TELLS)
    (tmp_path / "found.json").write_text(json.dumps(counterexample()))
    yield tmp_path
    assert not (tmp_path / "imported").exists()
    assert MARKER not in sys.modules


def _file(folder, kind):
    return folder / (NAME if kind == "journal" else f"{kind}.file")


def _read(folder, kind, content):
    """Return the sentence that a file is told of by, "" if it is read."""
    path = _file(folder, kind)
    path.write_bytes(content)
    start, sentence = time.process_time(), ""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            READERS[kind](path)
        except AxiomcheckError as error:
            sentence = str(error)
    assert time.process_time() - start < SECONDS
    assert not warned, "a warning would be one line more"
    assert len(sentence) <= LONGEST
    assert not [c for c in sentence if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    return sentence


def _written(kind, data):
    """Return the content of a file that holds ``data``."""
    if kind == "known":
        return data.encode()
    lines = data if kind == "journal" else [data]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def _mutated(kind, random):
    """Return a sound file with a few things changed; most certificates are sealed again, to get further."""
    data = sound(kind)
    if kind == "known" or random.random() < 0.3:
        return mutated_bytes(_written(kind, data), random)
    times = random.choice((1, 1, 2, 4))
    if kind == "journal":
        number = random.randrange(len(data))
        lines = [mutated_json(line, random, times) if n == number else json.dumps(line) for n, line in enumerate(data)]
        return "".join(f"{line}\n" for line in lines).encode()
    text = mutated_json(data, random, times)
    return (_sealed(text) if kind == "certificate" and random.random() < 0.7 else text).encode()


def _sealed(text):
    try:
        data = json.loads(text)
        return json.dumps(data | {"sha256": digest(data)})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return text


def _mutate(folder, numbers):
    """Read mutated files of every kind; return how many of each kind were told of."""
    told = dict.fromkeys(READERS, 0)
    for number in numbers:
        for kind in READERS:
            try:
                told[kind] += bool(_read(folder, kind, _mutated(kind, Random(f"{kind} {number}"))))
            except Exception as error:
                raise AssertionError(f"{kind} {number}") from error
    return told


@pytest.mark.parametrize("kind", READERS)
def test_what_is_sound_is_read(folder, kind):
    """Else all mutated files would be told of for one and the same reason."""
    assert _read(folder, kind, _written(kind, sound(kind))) == ""


def test_mutated_files(folder):
    """A hundred and fifty: most are told of, some are sound still."""
    told = _mutate(folder, range(30))
    assert all(10 < count <= 30 for count in told.values()), told


@pytest.mark.long
def test_many_mutated_files(folder):
    """Three thousand others."""
    told = _mutate(folder, range(30, 630))
    assert all(300 < count < 600 for count in told.values()), told


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, files in HOSTILE.items() for name in files])
def test_hostile_files(folder, kind, name):
    """One sentence that names the file, whatever it asks for; what is only large is read in no more time."""
    sentence = _read(folder, kind, HOSTILE[kind][name])
    assert (str(_file(folder, kind)) in sentence) == (name not in LARGE)


COMMANDS = {
    "counterexample": (["show"], ["replay"]),
    "certificate": (["report"], ["diff", "--between", "a", "b"]),
    "known": (["certify", "uniform", "--expect"],),
    "journal": (["certify", "uniform", "--resume", "--out"],),
}
SAMPLE = 5
"""How many hostile files of each kind are given to the command line."""


def _sample():
    """Yield the kind, the name and the command of some files."""
    for kind, files in HOSTILE.items():
        names = sorted(files.keys() - LARGE, key=lambda name: Random(name).random())[:SAMPLE]
        for number, name in enumerate(names):
            yield pytest.param(kind, name, COMMANDS[kind][number % len(COMMANDS[kind])], id=f"{kind}-{name}")


def _words(folder, kind, name, command):
    path = _file(folder, kind)
    path.write_bytes(HOSTILE[kind][name])
    return [*command, str(folder if kind == "journal" else path)]


@pytest.mark.parametrize(("kind", "name", "command"), [*_sample()])
def test_commands_end_with_a_sentence(folder, capsys, kind, name, command):
    """Status 2, one line on standard error and nothing else."""
    assert main(_words(folder, kind, name, command)) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n"), told.err[:12]) == ("", 1, "axiomcheck: ")


@pytest.mark.long
@pytest.mark.parametrize(("kind", "name", "command"), [*_sample()])
def test_processes_end_with_a_sentence(folder, kind, name, command):
    """The same of the command itself."""
    words = [sys.executable, "-m", "axiomcheck", *_words(folder, kind, name, command)]
    told = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)
    assert (told.returncode, told.stdout, told.stderr.count("\n"), told.stderr[:12]) == (2, "", 1, "axiomcheck: ")


def test_a_process_ends_with_a_sentence(folder):
    """One of them at once."""
    test_processes_end_with_a_sentence(folder, "counterexample", "2^64 units by rewriting", ["show"])


@pytest.mark.parametrize("command", [["show"], ["replay", "--trust"]])
def test_what_is_sound_prints_no_control_letters(folder, capsys, command):
    """A reason that clears the screen, a name that runs from right to left: they are escaped."""
    data = counterexample() | {"reason": "\x1b[2Jno", "explainer": "gradient:\u202ea=1", "family": "biased\0"}
    path = folder / "found.json"
    path.write_text(json.dumps(data))
    main([*command, str(path)])
    told = capsys.readouterr()
    assert not [c for c in told.out + told.err if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    assert "\\u202e" in told.out + told.err
