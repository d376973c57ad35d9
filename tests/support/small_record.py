"""A record of a few texts about a made-up ferry, read by a reader that knows its sentences by heart."""

import csv

from travaux import Record, Statement
from travaux.model import Act, Reading, Reason, Stance, Via, statement_id

AGENDA = """\
# The ferry talks, for tests.
title: The ferry between Northland and Southmark
notice: Exercise, no news.
parties:
  - id: northland
    name: Northland
    names: [the north]
    people:
      - {name: Ada North, role: minister}
  - id: southmark
    name: Southmark
  - id: islands
    name: The Islands
issues:
  - id: ferry
    title: The ferry
    options:
      - id: ferry-link
        says: A ferry runs all year
        words: [ferry]
      - id: night-ferry
        says: A ferry runs at night
        words: [night ferry]
  - id: fees
    title: Fees
    options:
      - id: low-fee
        says: The fee stays under ten crowns
        words: [low fee]
"""
TEXTS = {
    "a.txt": (
        "2025-03-01",
        "The Mail",
        "A ferry at last\n\nNorthland wants the ferry 😀 to run all year. Southmark rejects the ferry. "
        "The Islands would accept it if the fee stays low.\n\nMinister Ada North spoke of a low fee as a matter of course.\n",
    ),
    "b.txt": (
        "2025-03-20",
        "The Courier",
        "Second thoughts\n\nSouthmark now supports the ferry, its envoy said. Northland wants the ferry too.\n",
    ),
    "c.txt": ("", "", "Undated\n\nThe Islands reject a low fee, it is said.\n"),
}
READ = {
    "Northland wants the ferry 😀 to run all year.": ("northland", "ferry-link", Stance.FOR, Act.DEMAND, None, 0.9),
    "Southmark rejects the ferry.": ("southmark", "ferry-link", Stance.AGAINST, Act.REJECT, None, 0.4),
    "The Islands would accept it if the fee stays low.": (
        "islands", "ferry-link", Stance.FOR, Act.ACCEPT, "if the fee stays low", 0.7,
    ),
    "Southmark now supports the ferry, its envoy said.": ("southmark", "ferry-link", Stance.FOR, Act.SUPPORT, None, 0.8),
    "Northland wants the ferry too.": ("northland", "ferry-link", Stance.FOR, Act.DEMAND, None, None),
    "The Islands reject a low fee, it is said.": ("islands", "low-fee", Stance.AGAINST, Act.REJECT, None, 0.6),
}  # fmt: skip


class ByHeart:
    """Takes each sentence it knows for a statement."""

    name = "local"

    def fingerprint(self):
        return {"code": "1"}

    def read(self, report, agenda):
        found = []
        for quote, (party, option, stance, act, condition, confidence) in READ.items():
            start = report.text.find(quote)
            if start < 0 or agenda.option(option) is None:
                continue
            end = start + len(quote)
            identity = statement_id("local", report.id, start, end, party, option, stance, False, None, Via.NARRATOR)
            found.append(
                Statement(
                    identity,
                    report.name,
                    report.id,
                    start,
                    end,
                    quote,
                    party,
                    option,
                    stance,
                    act,
                    condition=condition,
                    via=Via.NARRATOR,
                    confidence=confidence,
                    reasons=(Reason("stance", "known by heart"),),
                )
            )
        return Reading(tuple(found), len(READ))


def make_small_record(folder, texts=TEXTS, agenda=AGENDA):
    """The record in a folder that is there already, its reports beside it; returns the folder."""
    source = folder.parent / f"{folder.name}-texts"
    source.mkdir()
    with (source / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "publisher", "published", "url", "title"])
        for name, (published, publisher, text) in texts.items():
            (source / name).write_bytes(text.encode("utf-8"))
            rows.writerow([name, publisher, published, "", ""])
    folder.mkdir()
    (folder / "agenda.yaml").write_text(agenda, encoding="utf-8")
    with Record.new(folder) as record:
        record.add(source)
        record.read(ByHeart())
        record.assess()
    return folder
