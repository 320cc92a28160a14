"""Texts in a terminal: what a user wrote does nothing there."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from axiomcheck.cli import main
from axiomcheck.reports.json import as_json
from axiomcheck.reports.plain import printable
from axiomcheck.reports.terminal import print_certificate
from axiomcheck.results.visible import visible

EVIL = "[/foo] [red]x[/red] :smile: \x1b[31m\x1b]0;title\x07 \u202e\ud800"


@pytest.fixture(scope="module")
def evil(certificate):
    """Names and messages that move the cursor, or are markup."""
    cells = [replace(cell, explainer=EVIL, reason=EVIL) for cell in certificate.cells if cell.explainer != "other"]
    return replace(certificate, cells=tuple(cells))


@pytest.mark.parametrize("text", ["plain", "two\nlines\tand a tab", "😀 ✘ ·", ""])
def test_what_can_be_seen_is_as_it_was(text):
    """Letters of any kind, and line ends."""
    assert visible(text) == text


def test_nothing_that_cannot_be_seen_is_left(evil):
    """In no text of the certificate; all else is as it was."""
    shown = printable(evil)
    told = "".join(cell.explainer + cell.reason for cell in shown.cells)
    assert not any(letter in told for letter in "\x1b\x07\u202e\ud800")
    assert [cell.verdict for cell in shown.cells] == [cell.verdict for cell in evil.cells]
    assert printable(shown) is shown


def test_the_terminal_shows_it_as_text(evil):
    """Neither the terminal nor the library that prints takes it for more than letters."""
    text = io.StringIO()
    print_certificate(printable(evil), Console(file=text, width=200, highlight=False, markup=False, emoji=False))
    assert "[/foo] [red]x[/red] :smile: \\x1b[31m\\x1b]0;title\\x07 \\u202e\\ud800" in text.getvalue()


@pytest.mark.parametrize("command", ["report", "diff"])
def test_commands_print_no_escapes(command, evil, certificate, tmp_path, capsys):
    """``report`` and ``diff`` of such a certificate."""
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, one in zip(paths, (certificate, evil), strict=True):
        path.write_text(as_json(one), encoding="utf-8", errors="backslashreplace")
    main([command, *map(str, paths if command == "diff" else paths[1:])])
    out = capsys.readouterr().out
    assert "[/foo]" in out
    assert not any(letter in out for letter in "\x1b\x07\u202e\ud800")
