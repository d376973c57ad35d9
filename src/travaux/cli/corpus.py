"""corpus: the same reading over millions of reports, and a record made of a slice of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import example
from travaux.cli.places import remember
from travaux.cli.progress import Progress
from travaux.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_SOME_FAILED
from travaux.views.words import counted, one_line

if TYPE_CHECKING:
    from travaux.corpus import CorpusOutcome

MOST_TOLD = 20
"""Refused documents and failed reports that are told one by one; the tables have them all."""


@click.group()
@example("travaux corpus read articles.parquet --agenda agenda.yaml --out corpus")
def corpus() -> None:
    """Read very many reports: Parquet in, Parquet out, on this machine or on a Ray cluster."""


@corpus.command("read")
@click.argument("source")
@click.option(
    "--agenda",
    "agenda_file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The agenda.yaml the reports are read against.",
)
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the corpus."
)
@click.option("--ray", metavar="ADDRESS", help="Work on this Ray cluster, such as auto or 10.0.0.1:6379.")
@click.option("--workers", type=click.IntRange(min=1), help="Jobs at a time; by default as many as fit.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=300.0,
    show_default=True,
    help="How long one document may take before it counts as failed.",
)
@click.option("--field", "fields", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what, as for add.")
@click.option("--failed-again", is_flag=True, help="Read the parts again that hold reports which failed.")
@example(
    "travaux corpus read 's3://crawl/2025-*/*.warc.gz' --agenda agenda.yaml --out corpus",
    "travaux corpus read articles.parquet --agenda agenda.yaml --out corpus --ray auto",
)
def read(
    source: str,
    agenda_file: Path,
    folder: Path,
    ray: str | None,
    workers: int | None,
    seconds: float,
    fields: tuple[str, ...],
    failed_again: bool,
) -> None:
    """Read a corpus into Parquet: reports, statements, flags, families.

    SOURCE is a file, a folder, a pattern with stars, or an address in an object store (s3://…, gs://…, az://…): WARC, JSON lines,
    Parquet, and whatever else add reads. What was read before is left alone, by its content; after a changed agenda, or with another
    version of the reader, everything is read anew. A run that was ended, however that happened, goes on with the same command. On a
    cluster, every machine must see the source and --out at the same place.
    """
    from travaux.corpus import Settings, read_corpus
    from travaux.intake import parse_fields

    settings = Settings(parse_fields(fields), ray, workers, seconds, failed_again=failed_again)
    try:
        with Progress("corpus") as progress:
            outcome = read_corpus(source, agenda_file, folder, settings, progress)
    except KeyboardInterrupt:
        click.echo("Stopped: what is done is kept; the same command goes on from there.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    code = _told(outcome, folder)
    if code:
        sys.exit(code)


def _told(outcome: CorpusOutcome, folder: Path) -> int:
    for name, address, reason in outcome.refused[:MOST_TOLD]:
        click.echo(f"Refused: {one_line(reason if address in reason else f'{name}: {reason}')}", err=True)
    for name, reason in outcome.failed[:MOST_TOLD]:
        click.echo(f"Not read: {one_line(name)}: {one_line(reason)}", err=True)
    for found, table in ((outcome.refused, "refused"), (outcome.failed, "readings")):
        if len(found) > MOST_TOLD:
            click.echo(f"… and {len(found) - MOST_TOLD} more: they stand in {folder / table}", err=True)
    if outcome.anew:
        told = "were read before with another agenda or another version of the reader, or failed"
        click.echo(f"{counted(outcome.anew, 'report')} {told}: read anew.", err=True)
    parts = [f"{counted(outcome.new, 'report')} new", f"{outcome.copies} known already or copies, byte for byte"]
    parts += [f"{len(outcome.refused)} refused"] * bool(outcome.refused)
    click.echo(
        f"{', '.join(parts)}; {outcome.read} read now, with {counted(outcome.statements, 'statement')}.", err=True
    )
    states = ", ".join(f"{number} {state}" for state, number in sorted(outcome.reports.items())) or "no reports"
    click.echo(f"In {folder}: {states}.", err=True)
    if outcome.bug:
        from travaux.cli.root import tell_bug

        tell_bug(outcome.bug)
        return EXIT_BUG
    return EXIT_SOME_FAILED if outcome.refused or outcome.reports["failed"] else 0


@corpus.command("record")
@click.argument("corpus_folder", metavar="CORPUS", type=click.Path(path_type=Path))
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--where", "condition", required=True, help="Which reports, as a condition in SQL on their columns.")
@click.option(
    "--agenda",
    "agenda_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="The agenda of a new record, in place of the corpus's; its reports are then read by travaux read.",
)
@example("travaux corpus record corpus --where \"published >= '2025-08-01' and publisher = 'Lake Herald'\" my-talks")
def record_(corpus_folder: Path, record: Path, condition: str, agenda_file: Path | None) -> None:
    """Make a record of those reports of a corpus for which a condition holds, or add them to one.

    They come with their bytes and with the statements read from them, so that nothing is read twice. The columns a condition may name
    stand in docs/corpus.md: those of reports but for the text and the bytes, and state, sentences and statements of their reading.
    """
    from travaux.corpus import record_of_slice

    with Progress("taking over") as progress:
        outcome = record_of_slice(corpus_folder, condition, record, agenda=agenda_file, progress=progress)
    remember(record)
    told = f"{counted(outcome.reports, 'report')} chosen, {outcome.added} of them new to {record}; "
    click.echo(f"{told}{outcome.read} with their reading: {counted(outcome.statements, 'statement')}.", err=True)
    if outcome.read < outcome.reports:
        click.echo("travaux read reads what came without.", err=True)
