"""``axiomcheck merge``: make one certificate of the shards of a campaign."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .certify import IN_FULL, MATRIX_ALONE, write_and_print
from .options import add_volume
from .status import EXPECTED, FOUND

HELP = "make one certificate of the shards of a campaign"


def add_arguments(command: ArgumentParser) -> None:
    """Name the options."""
    command.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="what certify --shard wrote with --out")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the certificate is written")
    command.add_argument("--no-fail", action="store_true", help="exit with 0 once the certificate is written")
    add_volume(command, MATRIX_ALONE, IN_FULL)


def run(arguments: Namespace) -> int:
    """Read, merge, write and print; 1 if a cell fails unexpectedly, or is missing."""
    from ..engine.merge import merge
    from ..reports.write import ready
    from ..results.certificate_reader import read_certificate

    shards = [(str(folder), read_certificate(folder / "certificate.json")) for folder in arguments.folders]
    certificate = merge(shards)
    write_and_print(certificate, ready(arguments.out), volume=arguments.volume)
    return EXPECTED if arguments.no_fail or not (certificate.unexpected or certificate.missing) else FOUND
