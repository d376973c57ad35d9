"""A record so large that what is new is joined to what stands: the same families and flags as comparing all with all."""

import shutil

import pytest

from travaux import Record
from travaux.api import worth
from travaux.model import Family, Kinship, Link, content_id
from travaux.provenance import families as families_module
from travaux.record import ACROSS, Joined, Topic


@pytest.fixture
def compared(monkeypatch):
    """How many reports were new at each comparison; None where all were compared with all."""
    monkeypatch.setattr(worth, "TOGETHER", 3)
    monkeypatch.setattr(worth, "GROWN", 2)
    found = []
    compare = families_module.families_among

    def noted(traces, load, agenda=None, standing=None, progress=None):
        found.append(None if standing is None else len(standing.new))
        return compare(traces, load, agenda, standing, progress)

    monkeypatch.setattr(families_module, "families_among", noted)
    return found


def found_anew(record, place):
    """Families and flags of a copy of the record, all compared with all."""
    shutil.copytree(record, place)
    with Record.open(place) as opened:
        opened.store.set_info("worth", "of another time")
        return opened.families(), opened.flags()


def add_text(opened, folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    opened.add(folder / name)


def test_a_new_copy_joins_the_family_that_stands(record, tmp_path, compared):
    with Record.open(record) as opened:
        before = opened.families()
        assert compared in ([], [None])
        text = opened.store.report("03-harbour-herald.txt").text
        add_text(opened, tmp_path, "again.txt", "Another headline stands here\n\n" + text)
        after = opened.families()
        assert compared[-1] == 1
        assert [len(one.reports) for one in after] == [
            len(one.reports) + (place == 0) for place, one in enumerate(before)
        ]
        assert (after, opened.flags()) == found_anew(record, tmp_path / "anew")
        assert opened.families() == after and compared[-1] is None  # nothing new: nothing was compared since


def test_a_dated_report_is_compared_again_and_its_family_told_anew(record, tmp_path, compared):
    with Record.open(record) as opened:
        opened.assess()
        family = opened.families("04-two-layers-explained.txt")[0]
        assert family.original is None
        opened.date("04-two-layers-explained.txt", "2025-08-01", reviewer="Zoë")
        opened.date("05-putin-blinks.txt", "2025-08-30", reviewer="Zoë")
        told = opened.families("04-two-layers-explained.txt")[0]
        assert compared[-1] == 2
        assert (told.original, told.id) == ("04-two-layers-explained.txt", family.id)
        assert (opened.families(), opened.flags()) == found_anew(record, tmp_path / "anew")


def test_names_that_new_reports_correct_are_flagged(record, tmp_path, compared):
    with Record.open(record) as opened:
        add_text(
            opened, tmp_path, "wrong.txt", "Talks\n\nThe mediator Pavel Dvorjak flew home after a week of talks.\n"
        )
        assert not opened.flags("wrong.txt", "misspelt-name")
        told = (
            "left the hall at noon without a word to anybody",
            "asked both sides for figures on grain and fuel",
            "will be back in the spring, two envoys think",
            "had dinner with engineers who know the dam",
            "cancelled his journey because of heavy snow",
        )
        for number, words in enumerate(told):
            add_text(opened, tmp_path, f"right{number}.txt", f"Day {number}\n\nThe mediator Pavel Dvorak {words}.\n")
            opened.assess()
        assert compared[-1] == 1
        (flag,) = opened.flags("wrong.txt", "misspelt-name")
        assert flag.quote == "Pavel Dvorjak"
        assert (opened.families(), opened.flags()) == found_anew(record, tmp_path / "anew")


def test_when_the_record_has_grown_all_are_compared_again(record, tmp_path, compared):
    with Record.open(record) as opened:
        opened.assess()
        number = len(opened.reports())
        for extra in range(number + 1):
            add_text(opened, tmp_path, f"more{extra}.txt", f"Number {extra}\n\nNothing happened on day {extra}.\n")
        opened.assess()
        assert compared[-1] is None
        add_text(opened, tmp_path, "last.txt", "Last\n\nNothing at all was said.\n")
        opened.assess()
        assert compared[-1] == 1


def test_what_somebody_else_wrote_meanwhile_is_not_lost(record, tmp_path, compared, monkeypatch):
    with Record.open(record) as opened, Record.open(record) as other:
        opened.assess()
        text = opened.store.report("03-harbour-herald.txt").text
        add_text(opened, tmp_path, "again.txt", "Another headline stands here\n\n" + text)
        save, tries = opened.store.save_joined, []

        def late(seen, joined):
            if not tries:  # another process compares a second copy first
                add_text(other, tmp_path, "twice.txt", "A third headline for it\n\n" + text)
                other.assess()
            saved = save(seen, joined)
            tries.append(saved)
            return saved

        monkeypatch.setattr(opened.store, "save_joined", late)
        names = {name for one in opened.families("again.txt") for name in one.reports}
        assert {"03-harbour-herald.txt", "again.txt", "twice.txt"} <= names
        assert tries[0] is False
        assert not opened.store.save_joined(opened.store.changes()[Topic.WORTH] - 1, Joined([], [], [], []))


def test_a_family_whose_link_no_longer_holds_falls_apart(record, tmp_path, compared):
    with Record.open(record) as opened:
        families, store = opened.families(), opened.store
        joined = {one for family in families for one in family.reports}
        (first, one), (second, other) = [
            (report.name, report.id) for report in store.each_report() if report.name not in joined
        ][:2]
        link = Link(first, one, second, other, Kinship.ORIGIN, 0.0, 0.12, (), "as it once seemed")
        made = Family(content_id("family", one, other), (first, second), (one, other), None, (link,), "")
        store.save_across(store.changes()[Topic.WORTH], store.info()[ACROSS], [*families, made], [])
        assert len(opened.families()) == len(families) + 1
        add_text(
            opened,
            tmp_path,
            "of-something-else.txt",
            "Rain again\n\nIt rained on the harbour, and the gulls stayed on the roofs.",
        )
        assert opened.families() == families and compared[-1] == 1
