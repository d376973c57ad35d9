"""search: words in the reports."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_and_rest
from travaux.views.words import counted, one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from travaux.api.searching import Found

COLUMNS = ("id", "report", "start", "end", "before", "words", "after")


@click.command()
@click.argument("record_and_words", nargs=-1, required=True, metavar="[RECORD] WORDS")
@click.option("--report", metavar="REPORT", help="Only in this report, by its name.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Places of one report.")
@listing
@example("travaux search my-talks 'ceasefire guarant*'")
def search(record_and_words: tuple[str, ...], report: str | None, most: int, out: Listing) -> None:
    """Words in the reports, each place with its surroundings.

    WORDS is one argument: all of its words must be in a report, in any order. Case and diacritics do not matter; words in
    quotation marks stand together, and a star ends the beginning of a word. start and end are code points into the
    report's text.
    """
    folder, (words,) = record_and_rest(record_and_words, 1, "WORDS")
    with open_record(folder) as opened:
        found, notice = opened.search(words, report, most=most), opened.notice
        out.write(map(_row, found), lambda _: _view(found, notice), columns=COLUMNS, notice=notice)


def _row(found: Found) -> dict[str, Any]:
    one = found.passage
    return {
        "id": f"{found.report_id}-{one.start}-{one.end}",
        "report": found.report,
        "start": one.start,
        "end": one.end,
        "before": one.before,
        "words": one.words,
        "after": one.after,
    }


def _view(found: Sequence[Found], notice: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from travaux.views.terminal import INDENT, notice_lines

    parts: list[RenderableType] = notice_lines(notice)
    for name, own in groupby(found, key=lambda one: one.report):
        parts.append(Text(one_line(name), style="bold"))
        for one in own:
            passage = one.passage
            line = Text("… " if passage.cut_before else "", style="dim")
            # Spaces at the border of a place are the text's own; one_line would take them off.
            line.append(one_line(f"{passage.before}|").removesuffix("|"))
            line.append(one_line(passage.words), style="bold")
            line.append(one_line(f"|{passage.after}").removeprefix("|"))
            parts.append(Padding(line.append(" …" if passage.cut_after else ""), (0, 0, 0, INDENT)))
        parts.append(Text())
    return Group(*parts, Text(counted(len(found), "place"), style="dim"))
