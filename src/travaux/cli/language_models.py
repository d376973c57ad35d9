"""llm: the prompt, requests and answers as files, what was dropped, and explanations."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from travaux.cli.asking import ChosenModel, model_options
from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_and_rest, record_argument
from travaux.cli.progress import Progress
from travaux.cli.reading import tell_dropped, told_read
from travaux.errors import EXIT_SOME_FAILED
from travaux.views.words import counted, one_line

DROPPED = ("id", "report", "kind", "says", "party", "option", "stance", "quote", "answer")
FORM = click.option(
    "--prompt",
    "form",
    type=click.Choice(["full", "terse"]),
    default="full",
    show_default=True,
    help="terse fits a context of four thousand tokens.",
)


@click.group()
def llm() -> None:
    """Language models: see what they are told, ask them by file, see what was dropped.

    \b
    Example:
      travaux llm requests my-talks -o requests.jsonl
      travaux llm import my-talks responses.jsonl
    """


@llm.command()
@record_argument
@FORM
@click.option("--run", metavar="RUN", help="The prompt that this run was made with, as it was then.")
@example("travaux llm prompt my-talks")
def prompt(record: Path | None, form: str, run: str | None) -> None:
    """Print what a model is told about this record, before the text of a report."""
    from travaux.asking import prompt_of_run
    from travaux.reading.language_model.prompt import Form, prompt_for

    with open_record(record) as opened:
        text = prompt_of_run(opened, run) if run else prompt_for(opened.agenda, Form(form)).instructions
    sys.stdout.write(text)


@llm.command()
@record_argument
@FORM
@click.option("--model", default="", metavar="NAME", help="The model as the provider names it.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The file; - for standard output.",
)
@example("travaux llm requests my-talks --model gpt-5-mini -o requests.jsonl")
def requests(record: Path | None, form: str, model: str, output: Path) -> None:
    """Write all requests as a file in the form of the OpenAI Batch API, to be answered elsewhere. Nothing is sent."""
    from travaux.asking import request_lines
    from travaux.exchange.whole_files import whole_file
    from travaux.reading.language_model.batches import UNNAMED

    number = 0
    with open_record(record) as opened:
        lines = request_lines(opened, model, form)
        if str(output) == "-":
            for line in lines:
                number += 1
                sys.stdout.write(f"{line}\n")
        else:
            with whole_file(output) as file:
                for line in lines:
                    number += 1
                    file.write(f"{line}\n")
    click.echo(f"{counted(number, 'request')} written; nothing was sent.", err=True)
    if not model:
        click.echo(f"No --model was given: put its name in the place of {UNNAMED}.", err=True)


@llm.command("import")
@click.argument("record_and_answers", nargs=-1, required=True, metavar="[RECORD] ANSWERS")
@example("travaux llm import my-talks responses.jsonl")
def import_(record_and_answers: tuple[str, ...]) -> None:
    """Take in the answers to `travaux llm requests`, grounded exactly as live ones.

    ANSWERS is a file in the output form of the OpenAI Batch API. Answers to another agenda or prompt are left out, and told.
    """
    from travaux.asking import import_answers

    folder, (answers,) = record_and_rest(record_and_answers, 1, "ANSWERS")
    with open_record(folder, read_only=False) as record:
        with Progress("importing") as progress:
            imported = import_answers(record, Path(answers), progress)
        code = told_read(imported.outcome, record, "llm")
    for name in imported.stale:
        click.echo(f"Left out: {one_line(name)}: asked with another agenda, prompt or text; ask again.", err=True)
    if imported.unknown:
        click.echo(f"Left out: {counted(imported.unknown, 'answer')} about reports not in this record.", err=True)
    if code or imported.stale or imported.unknown:
        sys.exit(code or EXIT_SOME_FAILED)


@llm.command()
@record_argument
@listing
@example("travaux llm dropped my-talks")
def dropped(record: Path | None, out: Listing) -> None:
    """What a model brought forward and may not stand, with the reason, and the share of it."""
    from travaux.reading.language_model import NAME
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        found = opened.store.dropped(reader=NAME)
        rows = [
            {"id": number, "report": one.report, "kind": one.kind, "says": one.says, **_answer_columns(one.answer)}
            for number, one in enumerate(found, 1)
        ]
        columns = ("report", "kind", "says", "party", "option", "quote")
        out.write(rows, lambda _: rows_view(rows, columns, "Nothing was dropped."), columns=DROPPED)
        tell_dropped(len(opened.store.statements(reader=NAME)), len(found))


def _answer_columns(answer: str) -> dict[str, Any]:
    try:
        item = json.loads(answer)
    except ValueError:  # a long answer is kept in part
        item = None
    fields = item if isinstance(item, dict) else {}
    shown = {name: str(fields[name])[:300] if fields.get(name) is not None else None for name in DROPPED[4:8]}
    return {**shown, "answer": answer}


@llm.command()
@click.argument("record_party_option", nargs=-1, required=True, metavar="[RECORD] PARTY OPTION")
@model_options
@example("travaux llm explain my-talks russia nato-membership --model openai:gpt-5-mini")
def explain(record_party_option: tuple[str, ...], chosen: ChosenModel) -> None:
    """Have a model say in a sentence how a position changed or where reports disagree.

    What it writes is shown with the quotes it rests on, is never stored, and is evidence of nothing.
    """
    from travaux.asking import explain as explained

    folder, (party, option) = record_and_rest(record_party_option, 2, "PARTY or OPTION")
    with open_record(folder) as record, chosen.reader(record) as reader:
        told = explained(record, reader, party, option)
        dates = {row.id: row.published for row in record.reports()}
    click.echo(f"Written by a language model ({one_line(told.written_by)}), no evidence: {one_line(told.sentence)}")
    for one in told.statements:
        date = dates.get(one.report_id)
        click.echo(f"  {one_line(one.report)}, {date.value if date else 'undated'}: “{one_line(one.quote)}”")
