"""A large record, made up: what `serving.py` serves. The same numbers give the same record, but for times of writing.

Reports of some 1,500 characters over five years, a tenth of them undated, some copied from another; statements spread over
the example's parties and options, a third of them on somebody else's word; meetings, incidents and facts; judgements of two
reviewers.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from travaux.api import Record
from travaux.happening import Fact, FactKind, Figure, Happening, HappeningKind, Status
from travaux.model import Act, Agenda, Reading, Reason, Report, Stance, Statement, Via, statement_id
from travaux.reading.identity import fact_id, happening_id
from travaux.reading.local import LocalReader

ROOT = Path(__file__).resolve().parents[1]
WORDS = "talks ferry border fee envoy winter harbour vote paper clause draft round guarantee treaty price week".split()
SENTENCES = 16
COPIED = 50
"""One report in so many repeats most of another."""
JUDGED = 500
VIAS = (Via.SPEAKER, Via.SPEAKER, Via.SPEAKER, Via.SPEAKER, Via.NARRATOR, Via.ANONYMOUS)
PLACES = [
    f"{name} {kind}"
    for name in ("North", "South", "East", "West", "Old", "New")
    for kind in ("Bay", "Ford", "Hill", "Port")
]
FORMS = ("talks", "call", "visit", "summit")
ATTACKS = ("strike", "explosion", "collision")


class Invented:
    """Signs as the shipped reader and takes as many sentences as it is told for statements."""

    name = "local"

    def __init__(self, each: int):
        self.each = each
        self.chance = random.Random(1)

    def fingerprint(self) -> dict[str, str]:
        """Exactly the shipped reader's."""
        return dict(LocalReader().fingerprint())

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """One statement for each of the first sentences, and what happened in the last ones."""
        spans, start = [], 0
        for _ in range(SENTENCES):
            end = report.text.index(".", start) + 1
            spans.append((start, end))
            start = end + 1
        statements = tuple(self._statement(report, agenda, *span) for span in spans[: self.each])
        happenings = [self._meeting(report, agenda, *spans[-1])]
        if self.chance.random() < 0.4:
            happenings.append(self._incident(report, *spans[-2]))
        return Reading(statements, SENTENCES, happenings=tuple(happenings), facts=(self._fact(report, *spans[-3]),))

    def _statement(self, report: Report, agenda: Agenda, start: int, end: int) -> Statement:
        chance = self.chance
        party, option = chance.choice(agenda.parties).id, chance.choice(agenda.options).id
        stance = chance.choice([Stance.FOR, Stance.FOR, Stance.AGAINST, Stance.OPEN])
        former, via = chance.random() < 0.05, chance.choice(VIAS)
        quote = report.text[start:end]
        condition = quote.split()[3] if chance.random() < 0.1 else None
        identity = statement_id("local", report.id, start, end, party, option, stance, former, None, via)
        return Statement(
            identity,
            report.name,
            report.id,
            start,
            end,
            quote,
            party,
            option,
            stance,
            chance.choice(list(Act)),
            condition=condition,
            former=former,
            via=via,
            confidence=round(chance.random(), 2),
            reasons=(Reason("stance", "made up"),),
        )

    def _meeting(self, report: Report, agenda: Agenda, start: int, end: int) -> Happening:
        chance = self.chance
        people = [(person.name, party.id) for party in agenda.parties for person in party.people]
        some = chance.sample(people, 2) if chance.random() < 0.8 else []
        form = chance.choice(FORMS)
        return _signed(
            Happening(
                "",
                report.name,
                report.id,
                start,
                end,
                report.text[start:end],
                HappeningKind.MEETING,
                form,
                form,
                chance.choice(list(Status)),
                place=chance.choice(PLACES) if chance.random() < 0.6 else None,
                day=self._day(report),
                participants=tuple(name for name, _ in some),
                parties=tuple(dict.fromkeys(party for _, party in some)),
            )
        )

    def _incident(self, report: Report, start: int, end: int) -> Happening:
        chance = self.chance
        form, killed = chance.choice(ATTACKS), float(chance.randint(1, 40))
        return _signed(
            Happening(
                "",
                report.name,
                report.id,
                start,
                end,
                report.text[start:end],
                HappeningKind.INCIDENT,
                f"night {form}",
                form,
                Status.HELD,
                place=chance.choice(PLACES) if chance.random() < 0.8 else None,
                day=self._day(report),
                figures=(Figure("killed", f"{killed:.0f}", killed, killed),),
            )
        )

    def _fact(self, report: Report, start: int, end: int) -> Fact:
        number = float(self.chance.randint(1, 9))
        made = Fact(
            "",
            report.name,
            report.id,
            start,
            end,
            report.text[start:end],
            FactKind.NUMBER,
            f"{self.chance.choice(WORDS)} count {self.chance.choice(WORDS)}",
            (),
            f"{number:.0f}",
            Figure("ship", f"{number:.0f}", number, number),
        )
        return replace(made, id=fact_id(made))

    def _day(self, report: Report) -> str | None:
        return report.published.value if report.published and self.chance.random() < 0.5 else None


def _signed(one: Happening) -> Happening:
    return replace(one, id=happening_id(one))


def fill(folder: Path, reports: int, statements: int) -> None:
    """The record, read and partly judged; its flags and families are not looked for yet."""
    folder.mkdir()
    agenda = (ROOT / "examples" / "example-guarantees" / "agenda.yaml").read_text(encoding="utf-8")
    (folder / "agenda.yaml").write_text(agenda, encoding="utf-8")
    chance = random.Random(0)
    with Record.new(folder) as record:
        sentences: list[str] = []
        for number in range(reports):
            if number % COPIED != 1:
                sentences = [" ".join([str(number), *chance.choices(WORDS, k=14)]) + "." for _ in range(SENTENCES)]
            else:
                sentences = [*sentences[1:], f"{number} a copy."]
            day = f"{2020 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
            head = f"{day}\n\n" if number % 10 else ""
            record.add_bytes((" ".join(sentences) + f"\n\n{head}").encode(), f"{number:05}.txt")
        record.read(Invented(statements // reports))
        read = record.store.statements()
        for place, one in enumerate(chance.sample(read, min(JUDGED, len(read)))):
            verdict = chance.choice(["confirm", "confirm", "reject", "unsure"])
            record.judge(one, verdict, reviewer=("A. Reader", "B. Other")[place % 2])
