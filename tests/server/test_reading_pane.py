"""Two reports side by side, words that are linked to, and links into lists of several pages."""

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from served import serving

from travaux import Record
from travaux.model import SharedPassage
from travaux.reading.local import LocalReader
from travaux.server.filters import part_of

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pane") / "record"
    folder.mkdir()
    shutil.copy(EXAMPLE / "agenda.yaml", folder)
    with Record.new(folder) as record:
        record.add(EXAMPLE)
        record.read(LocalReader(encoder=False))
        families, events = record.families(), record.meetings()
        texts = {row.id: record.store.report(row.id).text for row in record.reports()}
    with serving(folder) as at:
        yield at, families, events, texts


def shown(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_copy_stands_beside_its_original_passage_by_passage(example):
    at, families, _, texts = example
    link = next(link for family in families for link in family.links if len(link.passages) == 3)
    alone = at.get(f"/reports/{link.second_id}").text
    beside = f"/reports/{link.second_id}?beside={link.first_id}"
    assert [f'href="{beside}#other-{number}"' in alone for number in (1, 2, 3)] == [True] * 3
    both = at.get(beside).text
    mine, theirs = both.split('<div class="twins">')[1].split("</section>")[:2]
    for number, passage in enumerate(link.passages, 1):
        assert isinstance(passage, SharedPassage)
        assert f'id="shared-{number}" href="#other-{number}"' in mine
        assert f'id="other-{number}" href="#shared-{number}"' in theirs
        words = texts[link.first_id][passage.start : passage.end].split()
        assert " ".join(words[:8]) in shown(mine.split(f'id="shared-{number}"')[1])
        assert " ".join(words[:8]) in shown(theirs.split(f'id="other-{number}"')[1])
    # What is read in the other report leads to that report.
    assert f'href="/reports/{link.first_id}#s-' in theirs
    assert 'href="#s-' in mine


def test_what_has_nothing_in_common_stands_beside_it_all_the_same_and_what_is_not_there_is_told(example):
    at, families, _, texts = example
    related = {identity for family in families for identity in family.report_ids}
    one, two = [identity for identity in texts if identity not in related][:2]
    both = at.get(f"/reports/{one}?beside={two}")
    assert both.status == 200
    assert 'class="twin"' not in both.text
    assert at.get(f"/reports/{one}?beside=none").status == 404
    assert at.get(f"/reports/{one}?beside={one}").status == 404


def test_the_words_of_a_meeting_are_pointed_out_in_the_report(example):
    at, _, events, _ = example
    version = events[0].versions[0]
    address = f"/reports/{version.report_id}?words={version.start}-{version.end}"
    assert f'href="{address}#words"' in at.get("/happenings").text
    page = at.get(address).text
    assert page.count('id="words"') == 1
    named = lxml.html.document_fromstring(page).find_class("named")
    assert "".join(one.text_content() for one in named) == version.quote
    for wrong in ("9-3", "0-999999", "a-b", "5"):
        assert at.get(f"/reports/{version.report_id}?words={wrong}").status == 400


def test_links_into_lists_lead_to_the_page_that_has_it():
    assert part_of({}, 100, 40, showing=85).number == 3
    assert part_of({"page": "1"}, 100, 40, showing=85).number == 1
    assert part_of({}, 100, 40, showing=None).number == 1


def test_a_mark_of_the_timeline_leads_to_its_shift_wherever_it_stands(example, monkeypatch):
    at, *_ = example
    monkeypatch.setattr("travaux.server.pages.EVENTS", 2)
    found = re.findall(r'href="(/(?:across|happenings)\?at=([a-z]+-[0-9a-f]+))#\2"', at.get("/timeline").text)
    assert len(found) > 4
    for address, anchor in found:
        assert f'id="{anchor}"' in at.get(address).text
    assert at.get("/across?at=shift-gone").status == 200


def test_counts_lead_to_what_they_count(example):
    at, *_ = example
    page = at.get("/").text
    counts = re.findall(r'<li[^>]*><a href="([^"]+)"><b>([\d,]+)</b> ([^<]+)</a>', page)
    told = {says.strip(): (address.replace("&amp;", "&"), number) for address, number, says in counts}
    address, number = told["without a date"]
    assert f"{number} reports" in shown(at.get(address).text)
    address, number = told["statements"]
    assert f"{number} statements" in shown(at.get(address).text)
    assert {"shifts", "conflicts"} <= set(told)
    assert 'rel="next" href="/search?all=yes&amp;page=2"' in at.get("/search?all=yes").text


def test_a_span_of_days_makes_the_timeline_and_every_report_of_it(example):
    at, *_ = example
    page = at.get("/timeline?from=2025-08-17&to=2025-09-30").text
    assert 'data-first="2025-08-17" data-last="2025-09-30"' in page
    assert 'class="shift"' in page
    assert 'href="/timeline">' in page
    assert 'class="undated"' not in page
    kept = at.get("/timeline?party=ukraine&from=2025-08-17&to=2025-09-30").text
    assert 'href="/timeline?party=ukraine"' in kept
