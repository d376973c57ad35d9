"""Families: copies, cut and spliced ones, rewordings; and what is none of these."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program_files import loaded

from travaux.agenda import load_agenda
from travaux.intake import Received, layout_blocks, receive_files
from travaux.model import DateBasis, Kinship, PartialDate, Report
from travaux.provenance.candidates import CROWD, GUARANTEED, sharing
from travaux.provenance.copies import SHORTEST_PASSAGE, containment_of, outline_of, outlined, shared_by
from travaux.provenance.families import families_of
from travaux.provenance.likeness import Likeness
from travaux.provenance.rewordings import _standing_out
from travaux.provenance.traces import Traces, trace_of
from travaux.provenance.wording import Vocabulary, wording_of

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"


PAIRS = loaded(Path(__file__).with_name("pairs.py"))


def report(name, text, published=None, publisher=None):
    date = None if published is None else PartialDate(published, DateBasis.MANIFEST)
    return Report(name, name, "", "text/plain", "utf-8", text, layout_blocks(text), publisher=publisher, published=date)


def families(*reports, agenda=None):
    by_id = {one.id: one for one in reports}
    return families_of(reports, by_id.__getitem__, agenda)


def kinship(pair):
    found = families(report("a", pair.first), report("b", pair.second))
    return found[0].links[0].kinship if found else Kinship.NONE


@pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS.pairs() if "reworded" not in pair.kind],
    ids=lambda pair: f"{pair.story} {pair.kind}",
)
def test_copies_are_shown_and_what_is_none_has_no_link(pair):
    assert kinship(pair) is (Kinship.COPY if pair.is_related else Kinship.NONE)


def test_rewordings_are_found_but_for_few():
    missed = Counter(
        (pair.kind, pair.story < "13")
        for pair in PAIRS.pairs()
        if "reworded" in pair.kind and kinship(pair) is not Kinship.ORIGIN
    )
    assert missed["reworded", True] == missed["reworded", False] == 0
    assert missed["reworded cut", True] <= 2, "docs/provenance.md says how many are missed"
    assert missed["reworded cut", False] <= 9, "three paragraphs out of a column are little to go by"


@pytest.mark.parametrize("story", sorted(PAIRS.stories()))
def test_a_storys_own_record_keeps_independent_accounts_apart(story):
    texts = PAIRS.stories()[story]
    found = families(*(report(name, texts[name]) for name in ("base", "reworded", "independent", "follow_up")))
    assert [family.reports for family in found] == [("base", "reworded")]


def record_of(half):
    """The base, rewording and independent account of every other story as one record."""
    texts = {story: told for story, told in PAIRS.stories().items() if int(story[:2]) % 2 == half}
    kinds = ("base", "reworded", "independent")
    return [report(f"{story} {kind}", told[kind]) for story, told in texts.items() for kind in kinds]


@pytest.mark.parametrize("half", [0, 1])
def test_a_record_on_many_matters_keeps_independent_accounts_apart(half):
    found = sorted(family.reports for family in families(*record_of(half)))
    assert found == [(f"{story} base", f"{story} reworded") for story in PAIRS.stories() if int(story[:2]) % 2 == half]


def test_a_report_that_says_it_is_reworded_needs_less():
    texts = PAIRS.stories()["23-pension-table"]
    _, told = texts["reworded"].split("\n", 1)
    others = [report(name, texts[name]) for name in ("base", "independent")]
    (plain,) = families(report("reworded", told), *others)
    (noted,) = families(report("reworded", f"Here is the rewritten article:\n\n{told}"), *others)

    def least(family):
        return float(family.links[0].says.partition("from ")[2][:4])

    assert least(noted) < least(plain)


def test_what_stands_out_from_all_others_is_the_original_of_what_says_it_is_reworded():
    def alike(first, second, beyond_chance):
        return first, second, Likeness(beyond_chance, 0.2, 0.2)

    assert _standing_out([alike(0, 1, 0.05), alike(0, 2, 0.01), alike(1, 2, 0.012)]) == {(0, 1)}
    assert _standing_out([alike(0, 1, 0.05), alike(0, 2, 0.02), alike(1, 2, 0.012)]) == frozenset()
    assert _standing_out([alike(0, 1, 0.05), alike(0, 2, 0.01), alike(1, 2, 0.2)]) == frozenset({(1, 2)})
    assert _standing_out([alike(0, 1, 0.05)]) == frozenset()


def test_headings_and_set_phrases_that_both_have_tell_nothing():
    texts = PAIRS.stories()["21-beef-and-cars"]
    headings = ("Markets at a glance today", "From the committee rooms", "What the delegates whispered", "Weather")
    reports = [
        report(name, "\n\n".join(f"{heading}\n\n{paragraph}" for heading, paragraph in zip(headings, text.split("\n\n")[1:])))
        for name, text in (("a", texts["base"]), ("b", PAIRS.stories()["19-vaccine-accord"]["base"]))
    ]  # fmt: skip
    assert families(*reports) == []


def test_shared_passages_have_their_places_in_both_reports():
    texts = PAIRS.stories()["01-ferry-strike"]
    first, second = report("a", texts["base"]), report("b", "A line of our own comes first.\n\n" + texts["base"])
    (family,) = families(first, second)
    (link,) = family.links
    assert link.passages
    for passage in link.passages:
        ours = first.text[passage.start : passage.end]
        assert ours == second.text[passage.other_start : passage.other_end]
        assert len(ours.split()) >= SHORTEST_PASSAGE - 1
    assert f"{len(link.passages)} shared passage" in link.says


def test_page_chrome_makes_no_family():
    page = "Skip to content\nHome > World > Diplomacy\n\n{}\n\nRead also: Ten recipes\nSubscribe to our newsletter | Most read | Weather\n"
    texts = PAIRS.stories()
    one, other = (page.format(texts[story]["base"]) for story in ("01-ferry-strike", "03-prisoner-exchange"))
    assert families(report("a", one), report("b", other)) == []


def test_two_reports_of_one_speech_are_no_copies():
    speech = "“We shall not sign while the guns are in the hills and the wells are dry and the road to the sea is closed to us and to ours.”"
    one = f"The premier spoke at noon in a hall half empty.\n\n{speech}\n\nThen he left by the back door, and rain set in over the square."
    other = f"Applause met these words of the head of government on Tuesday.\n\n{speech}\n\nMinisters had asked for milder ones, people in the palace say."
    assert all(
        link.kinship is not Kinship.COPY
        for family in families(report("a", one), report("b", other))
        for link in family.links
    )


def test_one_text_in_many_papers_is_one_family():
    texts = PAIRS.stories()
    copies = [
        report(f"copy-{number:03}", f"Paper {number}\n\n" + texts["05-gas-transit"]["base"])
        for number in range(3 * CROWD)
    ]
    others = [report(f"other-{name}", told["independent"]) for name, told in texts.items()]
    (family,) = families(*copies, *others)
    assert len(family.reports) == 3 * CROWD
    assert len(family.links) < len(family.reports) ** 2 / 4


def test_copies_do_not_hide_a_rewording():
    texts = PAIRS.stories()["07-border-posts"]
    copies = [report(f"copy-{number}", f"Paper {number}\n\n" + texts["base"]) for number in range(8)]
    (family,) = families(*copies, report("reworded", texts["reworded"]), report("independent", texts["independent"]))
    assert "reworded" in family.reports and "independent" not in family.reports


def test_the_same_reports_give_the_same_families_whatever_came_before():
    texts = PAIRS.stories()
    reports = [report(f"{story}-{name}", told[name]) for story, told in texts.items() for name in ("base", "reworded")]
    assert families(*reports) == families(*reports)


class TestOriginals:
    BASE = PAIRS.stories()["03-prisoner-exchange"]["base"]

    def test_the_credited_agency(self):
        wire = report("wire", self.BASE, "2025-10-20", "Meridian Press")
        paper = report(
            "paper", self.BASE.replace("(Meridian Press)", "(Meridian Press)"), "2025-10-19", "The Morning Bell"
        )
        (family,) = families(wire, paper)
        assert family.original == "wire" and "names its publisher" in family.says

    def test_who_says_that_it_is_taken_from_elsewhere(self):
        note = "This article was originally published elsewhere.\n\n"
        (family,) = families(report("a", self.BASE.replace("\n\n", "\n\n" + note, 1)), report("b", self.BASE))
        assert family.original == "b"

    def test_the_earliest_date(self):
        (family,) = families(report("a", self.BASE, "2025-10-20"), report("b", self.BASE, "2025-10-19"))
        assert family.original == "b" and "2025-10-19" in family.says

    @pytest.mark.parametrize("dates", [(None, "2025-10-19"), ("2025-10-19", "2025-10-19"), ("2025-10", "2025-10-19")])
    def test_nothing_is_guessed(self, dates):
        (family,) = families(*(report(name, self.BASE, date) for name, date in zip("ab", dates, strict=True)))
        assert family.original is None and family.says.startswith("Nothing tells")


@pytest.mark.parametrize("record", ["example-guarantees", "black-sea-grain", "ukraine-guarantees"])
def test_the_gold_records(record):
    from travaux.evaluation.checks import read_checks

    folders = {"example-guarantees": ROOT / "examples" / record, "black-sea-grain": ROOT / "tests" / "quality" / record}
    folder = folders.get(record, GOLD / record)
    if not folder.is_dir():
        pytest.skip("not beside the checkout")
    reports = [one.report for one in receive_files([folder]) if isinstance(one, Received)]
    found = families(*sorted(reports, key=lambda one: one.name), agenda=load_agenda(folder / "agenda.yaml"))
    assert sorted(family.reports for family in found) == sorted(read_checks(folder).families)


WORDS = st.lists(
    st.sampled_from("north south ferry bridge toll lake winter wage strike minister accord paper seven nine".split()),
    max_size=120,
)


@given(WORDS, WORDS, WORDS, st.lists(st.integers(0, 10**9), min_size=GUARANTEED, max_size=60, unique=True))
def test_a_shared_run_of_words_is_never_missed(before, after, other, run):
    shared = [f"w{number}" for number in run]
    vocabulary = Vocabulary()
    one, two = (
        report(name, " ".join(words)) for name, words in (("a", [*before, *shared, *after]), ("b", [*other, *shared]))
    )
    traces = Traces.of(trace_of(each, vocabulary) for each in (one, two))
    assert sharing(traces.fingerprints).tolist() == [[0, 1]]


@given(WORDS, WORDS, st.integers(0, 12), st.integers(0, 12))
def test_an_outline_tells_what_two_reports_share_without_their_words(one, other, opened, closed):
    vocabulary = Vocabulary()
    texts = [
        " ".join([*words[:opened], "“", *words[opened : opened + closed], "”", *words[opened + closed :]])
        for words in (one, other)
    ]
    wordings = [wording_of(Report("a", "a", "", "text/plain", "utf-8", text, ()), vocabulary) for text in texts]
    shared = shared_by(*wordings)
    found = outlined(*map(outline_of, wordings))
    if found is not None and shared.containment:
        assert found == (shared.unquoted, shared.lead)
    if found is not None and not shared.containment:
        assert found[0] == 0


@given(WORDS, WORDS)
def test_containment_is_that_of_the_sets_of_three_words(one, other):
    vocabulary = Vocabulary()
    wordings = [
        wording_of(Report("a", "a", "", "text/plain", "utf-8", " ".join(words)), vocabulary) for words in (one, other)
    ]
    sets = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
    expected = len(sets[0] & sets[1]) / min(map(len, sets)) if all(sets) else 0.0
    assert containment_of(*(wording.grams() for wording in wordings)) == pytest.approx(expected)
    shared = shared_by(*wordings)
    for passage in shared.passages:
        assert 0 <= passage.start < passage.end and 0 <= passage.other_start < passage.other_end


def test_words_and_places_are_those_of_the_text():
    text = "Le café de l’Est 😀 refuse; İstanbul and “Kyiv’s” word.\u2028NBSP\u00a0here"
    wording = wording_of(Report("a", "a", "", "text/plain", "utf-8", text), Vocabulary())
    shown = [
        text[start:end].casefold().replace("’", "'") for start, end in zip(wording.starts, wording.ends, strict=True)
    ]
    assert shown == list(wording.words)


def test_reports_without_words_are_in_no_family():
    random.seed(1)
    assert families(report("a", ""), report("b", "…"), report("c", "One word")) == []
