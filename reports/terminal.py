"""The terminal form: a matrix that reads at a glance, then each counterexample in words."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..results.certificate import Cell, Certificate, VerdictName
from ..results.claim import ClaimVerdict
from ..results.counterexample import Counterexample
from .basis import basis, details
from .drawing import sketch
from .family_words import place
from .further import further_of
from .matrix import MARKS, legend_of, matrices
from .unjudged import unjudged
from .volume import Volume

CLAIMED: dict[ClaimVerdict, str] = {"upheld": "green", "refuted": "bold red", "open": "yellow"}

LONGEST = 200_000
"""Letters of a script that is printed."""


def print_certificate(certificate: Certificate, console: Console, volume: Volume = "normal") -> None:
    """Print the matrices, the scopes, the counterexamples, what the verdicts rest on, and the limits.

    Quiet, it prints the matrices; verbose, the slowest cells, the libraries and what was drawn too.
    """
    for heading, table in matrices(certificate, console.width):
        console.print(Text(heading, style="dim"), table, Text(), sep="\n")
    console.print(_legend(certificate))
    if certificate.parts:
        console.print(Text(f"\n{_in_parts(certificate)}", style="yellow"))
    if certificate.missing:
        console.print(Text(f"\n{_missing(certificate)}", style="yellow"))
    if volume == "quiet":
        return
    for renderable in (*_claims(certificate), *_scopes(certificate), *_failures(certificate)):
        console.print()
        console.print(renderable)
    print_details(certificate, console, volume)
    console.print()
    console.print(Text(certificate.limits, style="dim"))


def print_details(certificate: Certificate, console: Console, volume: Volume = "verbose") -> None:
    """Print what the verdicts rest on; verbose, the slowest cells, the libraries and what was drawn too."""
    for line in (basis(certificate), *(details(certificate) if volume == "verbose" else ())):
        console.print()
        console.print(Text(line, style="dim"))


def _legend(certificate: Certificate) -> Text:
    marks = "  ".join(legend_of(certificate))
    if not certificate.families:
        return Text(marks, style="dim")
    return Text(f"{marks}\nin each column, the families {' · '.join(certificate.families)}", style="dim")


def _in_parts(certificate: Certificate) -> str:
    """Return in a sentence of how many cells a share was screened."""
    count = len({part.key for part in certificate.parts})
    return f"of {count} cell{'s' if count > 1 else ''} a part was screened: axiomcheck merge makes them whole"


def _missing(certificate: Certificate) -> str:
    """Return which cells were asked for and have not been judged."""
    count, names = len(certificate.missing), sorted({explainer for explainer, _, _ in certificate.missing})
    return f"{count} cell{'s are' if count > 1 else ' is'} missing, of {', '.join(names)}: certify --resume judges them"


def _scopes(certificate: Certificate) -> Iterator[RenderableType]:
    """Yield one block of all scopes, if any was searched."""
    scopes = certificate.scopes
    if not scopes:
        return
    lines: list[RenderableType] = [Text("scope", style="bold")]
    for explainer in certificate.explainers:
        grid = Table.grid(padding=(0, 2))
        for axiom in certificate.axioms:
            if (explainer, axiom) in scopes:
                grid.add_row(Text(axiom.replace("_", " "), style="dim"), Text(scopes[explainer, axiom].sentence))
        if not grid.row_count:
            continue
        lines += [Padding(Text(explainer, style="bold"), (0, 0, 0, 2)), Padding(grid, (0, 0, 0, 4))]
    yield Group(*lines)


def _claims(certificate: Certificate) -> Iterator[RenderableType]:
    """Yield one block of what came of all claims, if any was made."""
    grid = Table.grid(padding=(0, 2))
    for (explainer, axiom), claim in certificate.claims.items():
        verdict = Text.assemble((claim.verdict, CLAIMED[claim.verdict]), f" {place(claim.family)}")
        grid.add_row(Text(explainer, style="bold"), Text(axiom.replace("_", " "), style="dim"), verdict)
    if grid.row_count:
        yield Group(Text("claims", style="bold"), Padding(grid, (0, 0, 0, 2)))


def _failures(certificate: Certificate) -> Iterator[RenderableType]:
    """Yield the counterexamples, one that several families share told once; then what else went wrong."""
    absent = unjudged(certificate)
    yield from (_unjudged(names, reason) for reason, names in absent.items())
    groups: dict[tuple[object, ...], list[Cell]] = {}
    order = certificate.families
    for cell in sorted(certificate.cells, key=lambda cell: (cell.explainer, cell.axiom, order.index(cell.family))):
        counterexample = cell.counterexample
        shared = (counterexample.case, counterexample.reason) if counterexample else (cell.verdict, cell.reason)
        if cell.verdict != "holds" and cell.explainer not in absent.get(cell.reason, ()):
            groups.setdefault((cell.explainer, cell.axiom, cell.verdict, cell.expected, *shared), []).append(cell)
    for cells in groups.values():
        families = ", ".join(cell.family for cell in cells)
        first = cells[0]
        heading = Text.assemble(
            (first.explainer, "bold"),
            _verb(first.verdict),
            (first.axiom.replace("_", " "), "bold"),
            f"  in {families}",
            (f"  expected: {first.expected}" if first.expected is not None else "", "dim"),
        )
        body = described(first.counterexample) if first.counterexample else Text(first.reason)
        severities = [Text(f"{cell.family}: {cell.severity.sentence}", style="dim") for cell in cells if cell.severity]
        others = [Text(f"also {line}") for line in dict.fromkeys(line for cell in cells for line in further_of(cell))]
        body = Group(body, *others, *severities) if others or severities else body
        yield Group(heading, Padding(body, (0, 0, 0, 4)))


def _unjudged(names: Sequence[str], reason: str) -> RenderableType:
    verb = " was not judged" if len(names) == 1 else " were not judged"
    return Group(Text.assemble((", ".join(names), "bold"), (verb, "dim")), Padding(Text(reason), (0, 0, 0, 4)))


def _verb(verdict: VerdictName) -> tuple[str, str]:
    verbs = {
        "violated": " violates ",
        "error": " fails on ",
        "inconclusive": " is inconclusive on ",
        "unsupported": " is unsupported on ",
        "holds": " satisfies ",
    }
    return verbs[verdict], MARKS[verdict][1]


def described(counterexample: Counterexample) -> RenderableType:
    """Return a counterexample in words: the formulas, the input or the path, what was expected and seen."""
    lines = [*counterexample.formula.splitlines(), *counterexample.circumstances, counterexample.reason]
    return Group(*(Text(line) for line in lines))


def print_finding(
    reason: str, counterexample: Counterexample | None, console: Console, volume: Volume = "normal"
) -> None:
    """Print what a hunt found: in words, and unless it is to be quiet as bars and as code."""
    if counterexample is None:
        console.print(Text(reason))
        return
    heading = (
        f"{counterexample.explainer} {'fails on' if counterexample.is_error else 'violates'} {counterexample.axiom}"
    )
    console.print(Text(f"{heading} in {counterexample.family}", style="bold"), soft_wrap=True)
    if counterexample.cause is not None:
        console.print(Text(counterexample.cause.sentence))
    console.print()
    console.print(Padding(described(counterexample), (0, 0, 0, 2), expand=False))
    if volume == "quiet":
        return
    if drawing := sketch(counterexample):
        console.print(Text(f"\n{indent(drawing, '  ')}"), soft_wrap=True)
    gap = "" if counterexample.is_error else f"gap {counterexample.gap:.6g}, allowed {counterexample.tolerance:.6g}. "
    code = counterexample.code()
    if len(code) > LONGEST:
        told = f"Its script has {len(code):,} letters: keep the counterexample in a file, and replay that."
        console.print(Text(f"\n{gap}{told}", style="dim"))
        return
    console.print(Text(f"\n{gap}Reproduce with:\n", style="dim"))
    console.out(code, highlight=False)


def print_further(counterexample: Counterexample, console: Console) -> None:
    """Print a counterexample of another cause than the first: in words alone."""
    if counterexample.cause is not None:
        console.print(Text(counterexample.cause.sentence))
    console.print(Padding(described(counterexample), (0, 0, 0, 2), expand=False))


def as_text(counterexample: Counterexample) -> str:
    """Return a counterexample in words, and the code that shows it, as plain text."""
    console = Console(width=120, no_color=True, highlight=False)
    with console.capture() as capture:
        print_finding(counterexample.reason, counterexample, console)
    return capture.get()
