"""Campaigns of benchmarks, which go on where they were interrupted."""

from pathlib import Path

from axiomcheck.commands.progress import watching
from axiomcheck.engine.campaign import Campaign
from axiomcheck.engine.journal import Journal
from axiomcheck.results.certificate import Cell, Certificate


def resumed(campaign: Campaign, folder: Path) -> Certificate:
    """Judge the cells that ``folder`` does not have, in this process, and keep each there as it is judged.

    Explainers that meet the same cases share what is known of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    journal, known = Journal.resume(folder, campaign.header)
    wanted = {question.key for question in campaign.questions}
    settled = {key: cell for key, cell in known.items() if key in wanted}
    with watching(campaign.steps(with_scope=False), 1) as watch:

        def on_cell(cell: Cell) -> None:
            if cell.key not in settled:
                journal.add(cell)
            watch(cell)

        return campaign.run(on_cell=on_cell, known=settled)
