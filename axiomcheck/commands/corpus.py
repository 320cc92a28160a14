"""``axiomcheck corpus``: minimal counterexamples of known methods, asked of another explainer, or written to files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .options import EXPLAINER
from .status import EXPECTED, FOUND

HELP = "ask an explainer a thousand known counterexamples, without any search"
DIGITS = 4


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("explainer", metavar="EXPLAINER", nargs="?", help=EXPLAINER)
    command.add_argument(
        "--axiom", action="append", metavar="A", help="those of this axiom alone; may be given again (default: all)"
    )
    command.add_argument("--export", type=Path, metavar="DIR", help="write each as a file for replay and show")


def run(arguments: Namespace) -> int:
    """Ask the explainer, write the files, or tell what there is."""
    from ..reports.corpus import contents, verdicts
    from ..results.corpus import load_corpus
    from ..results.visible import visible
    from .names import check_names

    check_names(filter(None, (arguments.explainer,)), arguments.axiom, None)
    numbered = [
        (number, one)
        for number, one in enumerate(load_corpus(), start=1)
        if not arguments.axiom or one.axiom in arguments.axiom
    ]
    if arguments.export is not None:
        from ..reports.write import ready, write_counterexample

        ready(arguments.export)
        for number, one in numbered:
            write_counterexample(one, arguments.export / f"{number:0{DIGITS}}-{one.axiom}.json")
        print(f"wrote {len(numbered)} files to {arguments.export}")
    if arguments.explainer is None:
        if arguments.export is None:
            print("\n".join(contents([one for _, one in numbered])))
        return EXPECTED
    from ..engine.corpus import answers
    from ..engine.resolve import find_explainer
    from ..explainers import Unsupported

    located = find_explainer(arguments.explainer)
    if located.explain is None:
        raise Unsupported(located.reason)
    found = list(answers(located.explain, numbered))
    print(visible("\n".join(verdicts(located.name, found))))
    return FOUND if any(answer.verdict in ("violated", "error") for answer in found) else EXPECTED
