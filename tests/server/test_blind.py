"""The page of blind review shows the passage and nothing that was read or decided of it, until it is judged."""

import re

import lxml.html
import pytest
from small_record import READ

from travaux import Record

BLIND = "/review?blind=1&for=A.+Reader"


def page(at, path):
    answer = at.get(path)
    assert answer.status == 200, answer.text
    return lxml.html.document_fromstring(answer.body, parser=lxml.html.HTMLParser(encoding="utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def waiting(found):
    return found.xpath("//section[@class='waiting']")


def code(at, identity, stance, act="", **more):
    fields = {"statement": identity, "stance": stance, "act": act, "reviewer": "A. Reader", "back": BLIND, **more}
    return at.post("/judgements/blind", fields)


def test_nothing_of_what_was_read_or_decided_is_on_the_page(served, folder):
    with Record.open(folder) as record:
        for one in record.statements():
            record.judge(one, "correct", reviewer="B. Other", corrections={"act": "propose"}, note="plainly so")
    found = page(served, BLIND)
    assert len(waiting(found)) == len(READ)
    quotes = [words(one) for one in found.xpath("//section[@class='waiting']//blockquote")]
    assert quotes[0] == "Northland wants the ferry 😀 to run all year.", "in the order of the reports"
    for section in waiting(found):
        for field in section.xpath(".//input[@name='stance'] | .//option | .//input[@name='former']"):
            assert not {"checked", "selected"} & set(field.keys())
        assert not section.xpath(".//input[@name='condition']/@value")
        said = words(section) + " ".join(section.xpath(".//@*"))
        for hidden in ("B. Other", "plainly so", "in 100 sure", "known by heart", "0.4", "confidence"):
            assert hidden not in said
        assert not section.xpath(".//a"), "a link would lead to where it stands"
    text = served.get(BLIND).text.split("<main")[1]
    assert not re.search(r"B\. Other|plainly so|in 100 sure|known by heart", text)


def test_what_was_read_is_told_once_it_is_judged(served, folder):
    first = waiting(page(served, BLIND))[0].xpath(".//input[@name='statement']/@value")[0]
    answer = code(served, first, "against", "reject", condition="")
    assert answer.status == 303
    after = page(served, answer.headers["location"])
    assert words(after.xpath("//*[@class='revealed']")[0]).startswith("It was read as for, demand.")
    assert len(waiting(after)) == len(READ) - 1
    assert f"{len(READ) - 1} left of {len(READ)}" in words(after.find("body"))
    again = code(served, first, "for", "demand")
    assert again.status == 400
    assert "has judged this passage before and has seen what was read" in again.text
    with Record.open(folder, read_only=True) as record:
        (made,) = record.judgements()
        assert (made.blind, str(made.verdict), dict(made.corrections)) == (
            True, "correct", {"stance": "against", "act": "reject"},
        )  # fmt: skip
        record_page = served.get(f"/statements/{first}").text
        assert "corrected blind by A. Reader" in record_page


def test_a_sample_is_the_same_for_everybody_whatever_was_judged(served, folder):
    def shown(reviewer, seed=5):
        path = f"/review?blind=1&for={reviewer}&sample=3&seed={seed}"
        return [one.xpath(".//input[@name='statement']/@value")[0] for one in waiting(page(served, path))]

    drawn = shown("A.+Reader")
    assert len(drawn) == 3
    code(served, drawn[0], "for", "demand")
    assert shown("A.+Reader") == drawn[1:]
    assert shown("B.+Reader") == drawn
    with Record.open(folder, read_only=True) as record:
        assert [one.id for one in record.sample(3, seed=5)] == drawn
    assert any(shown("B.+Reader", seed) != drawn for seed in range(6, 12))


@pytest.mark.parametrize(
    ("stance", "act", "told"),
    [("for", "", "a position needs its act"), ("maybe", "state", "no stance"), ("for", "shout", "no act")],
)
def test_a_coding_that_says_nothing_is_told(served, stance, act, told):
    first = waiting(page(served, BLIND))[0].xpath(".//input[@name='statement']/@value")[0]
    answer = code(served, first, stance, act)
    assert (answer.status, told in answer.text) == (400, True)
    assert code(served, first, "for", "demand", condition="words that stand nowhere").status == 400
    assert code(served, first, "for", "demand", reviewer=" ").status == 400


def test_numbers_that_are_none_are_told_and_a_name_is_asked_for(served, monkeypatch):
    for wrong in ("sample=0", "sample=x", "seed=-1", "sample=9999999"):
        assert served.get(f"{BLIND}&{wrong}").status == 400
    monkeypatch.setattr("travaux.settings.reviewer", lambda: None)
    nobody = page(served, "/review?blind=1")
    assert waiting(nobody) == []
    assert nobody.xpath("//input[@name='for'][@required]")


def test_agreement_of_the_blind_stands_apart(served, folder):
    with Record.open(folder) as record:
        for reviewer in ("A. Reader", "B. Reader"):
            for one in record.blind_queue(reviewer=reviewer):
                record.judge_blind(one.id, "for", act="demand", reviewer=reviewer)
    found = page(served, "/review")
    (table,) = found.xpath("//main//table[preceding::h3[contains(., 'judged blind')]]")
    assert "A. Reader, B. Reader" in words(table)
    assert "(as read)" in words(table)
    tally = found.xpath("//section[@aria-labelledby='reviewers-title']//table")[0]
    assert [words(cell) for cell in tally.xpath(".//tbody/tr[1]/*")][3] == str(len(READ))


def test_edits_of_the_agenda_are_listed_and_the_last_is_taken_back(served, folder):
    text = (folder / "agenda.yaml").read_text(encoding="utf-8")
    asked = {"edit": "name", "party": "northland", "name": "Nordland"}
    found = page(served, "/agenda?edit=name&party=northland&name=Nordland")
    digest = found.xpath("//input[@name='digest']/@value")[0]
    made = served.post("/agenda", {**asked, "digest": digest, "reviewer": "A. Reader", "note": "in German"})
    assert made.status == 303
    found = page(served, "/agenda")
    row = [words(cell) for cell in found.xpath("//section[@aria-labelledby='log-title']//tbody/tr[1]/*")]
    assert row[1] == "Nordland names northland" and row[2].startswith("A. Reader, ") and row[3] == "in German"
    assert "Nordland" in words(found.xpath("//details[@class='preview']//pre")[0])
    assert served.post("/agenda/undo", {"number": "2", "reviewer": "A. Reader"}).status == 400
    assert served.post("/agenda/undo", {"number": "1", "reviewer": ""}).status == 400
    assert served.post("/agenda/undo", {"number": "1", "reviewer": "B. Reader"}).status == 303
    assert (folder / "agenda.yaml").read_text(encoding="utf-8") == text
    assert "by 2" in words(page(served, "/agenda").xpath("//section[@aria-labelledby='log-title']")[0])
    served.post("/agenda", {**asked, "digest": digest, "reviewer": "A. Reader"})
    with (folder / "agenda.yaml").open("a", encoding="utf-8") as file:
        file.write("# by hand\n")
    found = page(served, "/agenda")
    assert "agenda.yaml: the file is no longer as edit 3" in words(found.find("body"))
    assert not found.xpath("//form[@action='/agenda/undo']")
    assert served.post("/agenda/undo", {"number": "3", "reviewer": "A. Reader"}).status == 400
