"""Families and flags for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from travaux.model import Family, Flag
from travaux.views.terminal import INDENT, notice_lines
from travaux.views.words import counted, one_line, shortened

LONGEST_SHOWN = 400
"""Characters of a quote that are shown; the data forms have all of it."""


def flag_view(flags: Sequence[Flag], notice: str = "") -> RenderableType:
    """Flags report by report, each with its words and its reason."""
    parts: list[RenderableType] = notice_lines(notice)
    for name, own in groupby(flags, key=lambda flag: flag.report):
        parts.append(Text(one_line(name), style="bold"))
        for flag in own:
            head = Text(str(flag.kind), style="yellow")
            if flag.quote:
                head.append(f" “{shortened(flag.quote, LONGEST_SHOWN)}”", style="not yellow")
            parts.append(Padding(head, (0, 0, 0, INDENT)))
            parts.append(Padding(Text(one_line(flag.says), style="dim"), (0, 0, 0, 2 * INDENT)))
        parts.append(Text())
    told = counted(len(flags), "flag") if flags else "No flags: nothing was found, which proves nothing."
    return Group(*parts, Text(told, style="dim"))


def family_view(families: Sequence[Family], texts: Mapping[str, str], nothing: str, notice: str = "") -> RenderableType:
    """Families with what links them.

    Args:
        texts: of the reports whose shared passages are to be shown, by name; empty to show none.
        nothing: what is said where there are no families.
    """
    parts: list[RenderableType] = notice_lines(notice)
    for family in families:
        for name in family.reports:
            line = Text(one_line(name), style="bold")
            if name == family.original:
                line.append("  probably the original", style="green not bold")
            parts.append(line)
        parts.append(Padding(Text(one_line(family.says), style="dim"), (0, 0, 0, INDENT)))
        for link in family.links:
            told = Text(f"{link.kinship}: ", style="yellow")
            told.append(one_line(f"{link.first} and {link.second}. {link.says}"), style="not yellow")
            parts.append(Padding(told, (0, 0, 0, INDENT)))
            for passage in link.passages if link.first in texts else ():
                words = shortened(texts[link.first][passage.start : passage.end], LONGEST_SHOWN)
                parts.append(Padding(Text(f"“{words}”"), (0, 0, 0, 2 * INDENT)))
        parts.append(Text())
    summed = counted(len(families), "family", "families") if families else nothing
    return Group(*parts, Text(summed, style="dim"))
