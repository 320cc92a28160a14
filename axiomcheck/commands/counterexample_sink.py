"""The files that a hunt writes, each as soon as there is something to write."""

from dataclasses import dataclass, field
from pathlib import Path

from ..networks import AxiomcheckError
from ..reports.regression import regression_test
from ..reports.write import ready, write_counterexample, write_text
from ..results.counterexample import Counterexample


@dataclass
class CounterexampleSink:
    """Counterexamples, written to ``out`` (further ones beside it), and as a pytest file to ``emit``.

    Where nothing can be written is told before the search: ``AxiomcheckError``.
    """

    out: Path | None
    emit: Path | None
    counterexamples: list[Counterexample] = field(default_factory=list)
    paths: dict[Path, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in filter(None, (self.out, self.emit)):
            if path.is_dir():
                raise AxiomcheckError(f"cannot write {str(path)!r}: it is a folder")
            ready(path.parent)
        if self.emit is not None and self.emit.suffix != ".py":
            raise AxiomcheckError(f"Expected a file that ends in .py but got --emit {str(self.emit)!r}")
        if self.out is not None and self.out == self.emit:
            raise AxiomcheckError(f"--out and --emit name the same file {str(self.out)!r}")

    def add(self, counterexample: Counterexample) -> None:
        """Write one more."""
        self.counterexamples.append(counterexample)
        if self.out is not None:
            number = len(self.counterexamples)
            path = self.out if number == 1 else self.out.with_stem(f"{self.out.stem}-{number}")
            write_counterexample(counterexample, path)
            self.paths[path] = None
        if self.emit is not None:
            write_text(regression_test(self.counterexamples), self.emit)
            self.paths[self.emit] = None
