"""The pages that are looked at: what stands on them, where their links lead, what filters let through."""

import re
from urllib.parse import urlsplit

import lxml.html
import pytest
from served import serving
from small_record import ByHeart, make_small_record

from travaux import Record


def parsed(answer):
    assert answer.status == 200, answer.text
    return lxml.html.document_fromstring(answer.body, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))


def words(element):
    return " ".join(element.text_content().split())


def report_id(at, name):
    page = parsed(at.get("/reports"))
    (link,) = page.xpath(f"//th[contains(., '{name}')]/a/@href")
    return link


def test_every_link_leads_to_a_page_and_to_a_place_on_it(looked_at):
    seen, ahead = {}, ["/"]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen[path] = parsed(looked_at.get(path))
        for link in seen[path].xpath("//a/@href | //*[local-name()='a']/@href"):
            split = urlsplit(link)
            target = split.path + (f"?{split.query}" if split.query else "")
            if target:
                assert target.startswith("/"), link
                ahead.append(target)
    assert len(seen) > 20
    for path, page in seen.items():
        for link in page.xpath("//a/@href"):
            split = urlsplit(link)
            target = (split.path + (f"?{split.query}" if split.query else "")) or path
            if split.fragment:
                assert seen[target].xpath(f"//*[@id='{split.fragment}']"), f"{path}: {link}"


def test_ids_are_there_once(looked_at):
    for path in (
        "/",
        "/options/ferry-link",
        "/parties/northland",
        "/review",
        report_id(looked_at, "a.txt"),
        "/timeline",
    ):
        ids = parsed(looked_at.get(path)).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_the_overview_shows_matrix_counts_and_what_changed(looked_at):
    page = parsed(looked_at.get("/?since=2025-03-10"))
    assert words(page.xpath("//td[@id='c-southmark.ferry-link']")[0]).startswith("+ for support · 1 source")
    told = words(page.get_element_by_id("changes"))
    assert "Southmark: A ferry runs all year turned − against → + for 2025-03-20" in told
    assert "Northland: A ferry runs all year said again + for" in told
    assert "1 report without a date proves no change and is left out." in told
    assert "Exercise, no news." in words(page.find_class("notice")[0])


def test_the_matrix_as_of_a_day(looked_at):
    page = parsed(looked_at.get("/?as_of=2025-03-05"))
    assert words(page.xpath("//td[@id='c-southmark.ferry-link']")[0]).startswith("− against")
    assert "as of 2025-03-05" in words(page.get_element_by_id("matrix-title"))


def test_an_option_party_by_party_with_quotes_in_their_paragraph(looked_at):
    page = parsed(looked_at.get("/options/ferry-link"))
    (said,) = page.xpath("//section[@id='p-islands.ferry-link']//*[@class='said']")
    assert said.text_content() == (
        "Northland wants the ferry 😀 to run all year. Southmark rejects the ferry. "
        "The Islands would accept it if the fee stays low."
    )
    assert said.find("blockquote").text_content() == "The Islands would accept it if the fee stays low."
    assert "No position read of:" not in words(page)


def test_one_partys_statements_on_an_option_alone(looked_at):
    page = parsed(looked_at.get("/options/ferry-link?party=southmark"))
    assert [one.get("id") for one in page.find_class("position")] == ["p-southmark.ferry-link"]
    assert len(page.find_class("statement")) == 2


def test_a_report_letter_for_letter_with_what_was_read_beside_it(looked_at):
    page = parsed(looked_at.get(report_id(looked_at, "a.txt")))
    (text,) = page.find_class("text")
    assert text.text_content().startswith("A ferry at last\n\nNorthland wants the ferry 😀 to run all year.")
    cards = page.xpath("//*[@class='card']//figure/@id")
    assert [f"s-{name}" for name in page.xpath("//mark/@data-statements")] == cards


@pytest.mark.parametrize(
    ("query", "statements", "reports"),
    [
        ("q=FERRY", 4, 2),
        ("q=islands+fee", 2, 2),
        ("q=%22rejects+the+ferry%22", 1, 1),
        ("q=reject*", 2, 2),
        ("q=ferry&party=southmark", 2, 2),
        ("q=ferry&from=2025-03-10", 2, 1),
        ("q=ferry&to=2025-03-10&stance=for", 1, 1),
        ("q=nothing+of+this", 0, 0),
        ("party=southmark&stance=against", 1, None),
        ("publisher=The+Mail", 3, None),
        ("act=accept&option=ferry-link", 1, None),
    ],
)
def test_search_and_filters_stand_in_the_address(looked_at, query, statements, reports):
    page = parsed(looked_at.get(f"/search?{query}"))
    assert len(page.find_class("statement")) == statements
    assert (len(page.find_class("hit")) if reports is not None else None) == reports


def test_places_of_words_are_shown_exactly(looked_at):
    page = parsed(looked_at.get("/search?q=minister"))
    (passage,) = page.find_class("passage")
    assert words(passage) == "Minister Ada North spoke of a low fee as a matter of course."
    assert passage.find("mark").text_content() == "Minister"


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nowhere", 404, "Not Found"),
        ("/options/none", 404, "no option 'none' on the agenda"),
        ("/parties/none", 404, "no party 'none' on the agenda"),
        ("/statements/ffffffffffffffff", 404, "no statement"),
        ("/reports/ffffffffffffffff", 404, "no report"),
        ("/search?party=none", 404, "no party"),
        ("/search?stance=maybe", 400, "no stance 'maybe'"),
        ("/search?act=shout", 400, "no act 'shout'"),
        ("/?as_of=soon", 400, "'soon' is no date"),
        ("/reports?page=-1", 400, "no page '-1'"),
        ("/reports?page=1e9", 400, "no page"),
        ("/review?order=odd", 400, "no order 'odd'"),
        (f"/search?q={'x' * 201}", 400, "201 characters"),
        ("/agenda?edit=merge&gone=none&kept=ferry-link", 404, "no option"),
    ],
)
def test_mistakes_are_told_in_a_line(looked_at, path, status, told):
    answer = looked_at.get(path)
    assert answer.status == status
    assert told in lxml.html.document_fromstring(answer.body).text_content()
    assert "Traceback" not in answer.text


def test_the_page_after_the_last_is_the_last(looked_at):
    assert "a.txt" in looked_at.get("/reports?page=99").text


def test_an_agenda_that_breaks_is_told_with_its_line_and_comes_back(folder):
    with serving(folder) as at:
        good = (folder / "agenda.yaml").read_text(encoding="utf-8")
        (folder / "agenda.yaml").write_text("title: [", encoding="utf-8")
        answer = at.get("/")
        assert answer.status == 500
        assert "agenda" in answer.text
        (folder / "agenda.yaml").write_text(good, encoding="utf-8")
        assert at.get("/").status == 200


def test_what_another_process_writes_is_seen(served, folder):
    assert "judged by a person" not in served.get("/").text
    with Record.open(folder) as record:
        record.judge(record.statements()[0], "confirm", reviewer="A. Reader")
    assert "judged by a person" in served.get("/").text


HOSTILE = (
    "</script><script>alert(1)</script>", "<!-- <script>", "]]>", "<img src=x onerror=alert(1)>", "a\u2028b\u2029c",
    "\u202egnp.exe \u2067שלום\u2069 مرحبا", "😀 👩‍👩‍👧 e\u0301", "{{ 7 * 7 }}", "' onmouseover='alert(1)", "&lt;b&gt; &amp;",
)  # fmt: skip


def test_hostile_reports_are_shown_exactly_and_inert(tmp_path):
    lines = [f"Northland wants the ferry too. {one}" for one in HOSTILE]
    texts = {
        "<b>a.txt": ("2025-03-01", HOSTILE[0], "\n\n".join(lines)),
        "long.txt": ("", "", "Northland wants <the> ferry too. " * 65_000),
    }
    folder = make_small_record(tmp_path / "talks", texts)
    with serving(folder) as at, Record.open(folder, read_only=True) as record:
        for report in record.store.reports():
            page = parsed(at.get(f"/reports/{report.id}"))
            (text,) = page.find_class("text")
            assert text.text_content() == report.text
            assert len(page.xpath("//script[not(@src)]")) == 0
            assert page.xpath("//img | //*[@onerror] | //*[@onmouseover]") == []
        for path in ("/", "/reports", "/search?q=ferry", "/options/ferry-link", "/review", "/timeline"):
            page = parsed(at.get(path))
            assert page.xpath("//script[not(@src)] | //img | //*[@onerror]") == [], path
        echoed = at.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E")
        assert "<script>alert" not in echoed.text


def test_pages_do_not_hang_on_who_reads(folder):
    with Record.open(folder) as record:
        assert record.read(ByHeart()).read == 0
    with serving(folder) as one:
        first = re.sub(r'name="token" value="[^"]+"', "", one.get("/review").text)
    with serving(folder) as other:
        assert re.sub(r'name="token" value="[^"]+"', "", other.get("/review").text) == first
