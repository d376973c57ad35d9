"""One small record with what formats stumble over: emoji, right-to-left text, no-break spaces, CRLF, markup, undated reports."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import travaux
from travaux.model import Act, Reading, Reason, Report, Stance, Statement, Via, statement_id

AGENDA = """\
title: The ferry talks – עברית
notice: Exercise material; no news.
parties:
  - {id: northland, name: "Northland & Isles", names: [the north], people: [{name: Ada Example, role: minister}]}
  - {id: southland, name: Southland}
  - {id: union, name: 'Crew "Union"', kind: union}
issues:
  - id: link
    title: The link
    options:
      - {id: ferry, says: A ferry runs at night, words: [night ferry]}
      - {id: bridge, says: A bridge is built}
"""
REPORTS = {
    "a.txt": "Ferry 🚢 talks\r\n\r\nMinister Ada Example said “Northland accepts the night\u00a0ferry 🚢”.\r\n"
    "Southland <b>rejects</b> the bridge; it would “never, ever” do.\r\n\r\n=1+1 say the crews: no night ferry without pay.\r\n",
    "b.html": "<html><head><title>Bridge & ferry</title></head><body><article><h1>Bridge &amp; ferry</h1>"
    "<p>The crews’ union said it was open to a bridge, –– if jobs are kept. The paper has more to say of the matter.</p>"
    "<p>אמר דובר: Southland demands the night ferry (מעבורת) now. It said so on two days and will say so again.</p>"
    "</article></body></html>",
    "c.txt": "Southland rejects the bridge.\n\nLater: Southland \u200frejects\u200e the bridge.\n",
}
MANIFEST = """\
file,publisher,published,url,title,author
a.txt,"The Quay, Ltd",2025-08-18,https://quay.example/a?x=1&y=2,"Ferry 🚢 talks: {who} pays_what?",Bo Writer
b.html,אופק,2025-09,https://ofek.example/b,,
"""
SAID = [
    ("a.txt", "Northland accepts the night\u00a0ferry 🚢", "northland", "ferry", "for", Act.ACCEPT, {"speaker": "Ada Example"}),
    ("a.txt", "Southland <b>rejects</b> the bridge", "southland", "bridge", "against", Act.REJECT, {"via": Via.NARRATOR}),
    ("a.txt", "=1+1 say the crews: no night ferry without pay", "union", "ferry", "against", Act.DEMAND,
     {"condition": "without pay", "via": Via.OTHER, "via_name": "@crews"}),
    ("b.html", "open to a bridge, –– if jobs are kept", "union", "bridge", "open", Act.CONSIDER, {"condition": "if jobs are kept"}),
    ("b.html", "Southland demands the night ferry (מעבורת) now", "southland", "ferry", "for", Act.DEMAND,
     {"via": Via.ANONYMOUS, "via_name": "דובר"}),
    ("c.txt", "Southland rejects the bridge.\n\nLater: Southland \u200frejects\u200e the bridge", "southland", "bridge", "against", Act.REJECT,
     {"former": True}),
]  # fmt: skip


class ByHeart:
    """A reader that knows some passages by heart, so that these tests are about files alone."""

    def __init__(self, name: str = "local", only: slice = slice(None)):
        self.name = name
        self.only = only

    def fingerprint(self) -> dict[str, str]:
        return {"code": "1", "only": str(self.only)}

    def read(self, report: Report, agenda: object) -> Reading:
        found = []
        for name, quote, party, option, stance, act, more in SAID[self.only]:
            if name != report.name:
                continue
            start = report.text.index(quote)
            end = start + len(quote)
            values = {"speaker": None, "former": False, "via": Via.SPEAKER} | more
            made = statement_id(
                self.name, report.id, start, end, party, option, stance, values["former"], values["speaker"], values["via"]
            )  # fmt: skip
            found.append(
                Statement(
                    made,
                    report.name,
                    report.id,
                    start,
                    end,
                    quote,
                    party,
                    option,
                    Stance(stance),
                    act,
                    reader=self.name,
                    confidence=0.75,
                    reasons=(Reason("stance", "‘said’ 🚢", start, start + 3), Reason("act", "no cue")),
                    **values,
                )
            )
        return Reading(tuple(sorted(found, key=lambda one: one.start)), 3)


Make = Callable[..., travaux.Record]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes a record of the reports, by default read."""
    opened = []

    def made(name: str = "talks", read: bool = True, reports: bool = True, agenda: bool = True) -> travaux.Record:
        place = tmp_path / name
        (place / "reports").mkdir(parents=True)
        if agenda:
            (place / "agenda.yaml").write_text(AGENDA, encoding="utf-8")
        record = travaux.Record.new(place)
        opened.append(record)
        if reports:
            for file, text in REPORTS.items():
                (place / "reports" / file).write_bytes(text.encode())
            (place / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
            record.add(place)
        if read:
            assert record.read(ByHeart()).failures == ()
        return record

    yield made
    for record in opened:
        record.close()


@pytest.fixture
def record(make: Make) -> travaux.Record:
    """A record that was read and judged: one statement corrected twice, one confirmed, one rejected, one left unsure."""
    made = make()
    first, second, third, fourth = [one.id for one in made.statements()][:4]
    made.judge(
        first, "correct", reviewer="A. Reader", corrections={"act": "offer", "condition": "the night\u00a0ferry"}
    )
    made.judge(first, "correct", reviewer="א. קורא", corrections={"stance": "open"}, note="=look again")
    made.judge(second, "confirm", reviewer="A. Reader")
    made.judge(third, "reject", reviewer="A. Reader", note="a caption")
    made.judge(fourth, "unsure", reviewer="B. Reader")
    return made


@pytest.fixture
def copy(record: travaux.Record, tmp_path: Path) -> Iterator[travaux.Record]:
    """A copy of that record that may go its own way."""
    place = tmp_path / "copy"
    shutil.copytree(record.folder, place)
    with travaux.Record.open(place) as opened:
        yield opened
