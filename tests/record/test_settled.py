"""Positions that are kept are those that would be found anew, whatever was written since."""

import random

import pytest
from sqlalchemy import update

from travaux import Record
from travaux.api import present, worth
from travaux.model import Act, DateBasis, PartialDate, Reading, Stance
from travaux.record.changes import Topic
from travaux.record.schema import STATEMENT

PARTIES, OPTIONS = ("northland", "southland", "eastland"), ("ferry-link", "toll", "quota")
AGENDA = """\
title: Talks
parties: [{id: northland, name: Northland}, {id: southland, name: Southland}, {id: eastland, name: Eastland}]
issues:
  - id: traffic
    title: Traffic
    options:
      - {id: ferry-link, says: There is a ferry link}
      - {id: toll, says: There is a toll%s}
      - {id: quota, says: There is a quota}
"""
WORDS = "harbour winter fares engineers budget council bridge island cargo season permit tariff survey vessel".split()


@pytest.fixture
def record(folder, database, monkeypatch):
    monkeypatch.setattr(present, "LARGE", 0)
    monkeypatch.setattr(worth, "TOGETHER", 0)
    with Record.new(folder) as made:
        (folder / "agenda.yaml").write_text(AGENDA % "")
        yield made


class Life:
    """What may happen to a record, by chance; each method writes something."""

    def __init__(self, record, seed, make_report, make_statement, make_run):
        self.record, self.dice = record, random.Random(seed)
        self.report, self.statement, self.run = make_report, make_statement, make_run
        self.reports, self.texts = [], []

    def add(self):
        text = " ".join(self.dice.choices(WORDS, k=60)) + ".\n"
        if self.texts and self.dice.random() < 0.4:
            text = self.dice.choice(self.texts)  # a copy under another headline
        else:
            text += f"\nThe mediator {self.dice.choice(('Pavel', 'Anna'))} {self.dice.choice(('Dvorak', 'Dvorjak'))} spoke.\n"
            self.texts.append(text)
        day = self.dice.choice((None, f"2025-08-{self.dice.randrange(1, 29):02}", "2025-08", "2025-09-01"))
        dated = {} if day is None else {"published": PartialDate(day, DateBasis.MANIFEST), "listed": True}
        made, raw = self.report(f"{len(self.reports):02}.txt", f"Number {len(self.reports)}\n\n{text}", **dated)
        self.record.store.add_report(made, raw)
        self.reports.append(made)
        self.read()

    def describe(self):
        one = self.dice.choice(self.reports)
        day = PartialDate(f"2025-07-{self.dice.randrange(1, 29):02}", DateBasis.MANIFEST)
        self.record.store.add_report(*self.report(one.name, one.text, published=day, listed=True))

    def read(self):
        of = self.dice.choice(self.reports[-2:])
        reader = self.dice.choice(("local", "local", "local", "llm"))
        made = {}
        for _ in range(self.dice.randrange(4)):
            words = of.text.split("\n\n")[1].split()
            quote = " ".join(words[:12][: self.dice.randrange(3, 13)])
            stance, party, option = (self.dice.choice(kinds) for kinds in (list(Stance), PARTIES, OPTIONS))
            one = self.statement(
                of, quote, party, option, stance, reader, act=Act.STATE, former=self.dice.random() < 0.1
            )
            made[one.id] = one
        ordered = sorted(made.values(), key=lambda one: (one.start, one.end, one.party, one.option, one.id))
        self.record.store.save_reading(of.id, self.run(reader), Reading(tuple(ordered), 1))

    def fail(self):
        one = self.dice.choice(self.reports)
        self.record.store.save_failure(one.id, self.run(), "torn")

    def judge(self):
        known = self.record._all_statements()
        if not known:
            return
        verdict = self.dice.choice(("confirm", "reject", "correct", "correct", "unsure"))
        fields = {"party": PARTIES, "option": OPTIONS, "stance": [str(one) for one in Stance]}
        names = self.dice.sample(sorted(fields), self.dice.randrange(1, 3))
        corrections = {name: self.dice.choice(fields[name]) for name in names} if verdict == "correct" else None
        self.record.judge(self.dice.choice(known), verdict, reviewer=self.dice.choice("AB"), corrections=corrections)

    def state(self):
        of = self.dice.choice(self.reports)
        words = " ".join(of.text.split("\n\n")[1].split()[:5])
        party, option, stance = (self.dice.choice(kinds) for kinds in (PARTIES, OPTIONS, ("for", "against")))
        fields = {"party": party, "option": option, "stance": stance}
        self.record.add_statement(of.name, words, fields, occurrence=1, reviewer="A")

    def withdraw(self):
        made = [one for one in self.record.judgements() if one.verdict != "withdraw"]
        if made:
            one = self.dice.choice(made)
            self.record.withdraw(one.number, reviewer=one.reviewer)

    def date(self):
        day = self.dice.choice((None, f"2025-08-{self.dice.randrange(1, 29):02}", "2025"))
        self.record.date(self.dice.choice(self.reports).name, day, reviewer="A")

    def rename(self):
        was = self.dice.choice(("", ", was: [fee]"))
        (self.record.folder / "agenda.yaml").write_text(AGENDA % was)


def anew(record, reader="local"):
    """The positions, from all statements."""
    return record._positions_of(record.judged(reader=reader))


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_the_positions_kept_are_those_found_anew(
    record, seed, make_report, make_statement, make_run
):
    life = Life(record, seed, make_report, make_statement, make_run)
    for _ in range(3):
        life.add()
    partly = 0
    for _ in range(30):
        getattr(life, life.dice.choice("add add read fail describe judge judge state withdraw date rename".split()))()
        if life.dice.random() < 0.3:
            continue  # several things come between two looks
        touched = _touched(record)
        assert record.positions() == anew(record)
        partly += bool(touched) and len(touched) < len(PARTIES) * len(OPTIONS)
    record.settle()
    assert _touched(record) == frozenset()
    with Record.open(record.folder, read_only=True) as looked_at:
        assert looked_at.positions() == record.positions() == anew(record)
    assert record.positions(reader="llm") == anew(record, "llm")
    assert partly > 3, "only what was touched is worked out anew"


def _touched(record):
    """The cells that are to be worked out anew; None where nothing that is kept holds."""
    with record.store._reads() as connection:
        from travaux.record import settled
        from travaux.record.schema import SETTLED

        row = connection.execute(SETTLED.select()).first()
        found = None if row is None else settled.kept(connection, row.key)
    return None if found is None else found.touched


def test_what_was_written_past_the_account_is_noticed(record, make_report, make_statement, make_run):
    life = Life(record, 1, make_report, make_statement, make_run)
    for _ in range(6):
        life.add()
    record.settle()
    assert _touched(record) == frozenset()
    with record.store._writes(Topic.READINGS) as connection:
        connection.execute(update(STATEMENT).values(stance="open"))
    assert _touched(record) is None
    assert record.positions() == anew(record)
    assert {stance for one in record.positions() for stance in one.stances} == {"open"}
    assert _touched(record) == frozenset()


def test_what_is_written_while_positions_are_worked_out_is_not_lost(
    record, make_report, make_statement, make_run, monkeypatch
):
    life = Life(record, 2, make_report, make_statement, make_run)
    for _ in range(6):
        life.add()
    keep = record.store.keep_positions

    def late(*given):
        life.read()
        return keep(*given)

    monkeypatch.setattr(record.store, "keep_positions", late)
    record.settle()
    assert _touched(record) is None
    monkeypatch.undo()
    monkeypatch.setattr(present, "LARGE", 0)
    assert record.positions() == anew(record)


def test_a_small_record_keeps_no_positions(record, make_report, make_statement, make_run, monkeypatch):
    monkeypatch.setattr(present, "LARGE", 10_000)
    life = Life(record, 3, make_report, make_statement, make_run)
    for _ in range(4):
        life.add()
    record.settle()
    assert _touched(record) is None and record.positions() == anew(record)
