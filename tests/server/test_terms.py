"""The page on the agreement: what its address asks for, and that the record's own verbs answer it."""

import csv
import io
from urllib.parse import urlsplit

import lxml.html
import pytest
from ferry_deal import make_ferry_deal
from served import serving

from travaux import Record

SUPPOSED = "/terms?suppose=islands:low-fee=open"


@pytest.fixture(scope="module")
def deal(tmp_path_factory):
    folder = make_ferry_deal(tmp_path_factory.mktemp("deal") / "talks")
    with serving(folder) as at:
        at.folder = folder
        yield at


def page(at, path):
    answer = at.get(path)
    assert answer.status == 200, answer.text
    return lxml.html.document_fromstring(answer.body, parser=lxml.html.HTMLParser(encoding="utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def rows(found):
    return [
        [words(cell) for cell in row.xpath("./th|./td")] for row in found.xpath("//table[@class='packages']/tbody/tr")
    ]


def test_a_cell_opens_its_quote_with_report_and_date(deal):
    found = page(deal, "/terms")
    (cell,) = found.xpath("//table[@class='packages']//details[@class='opens']")
    assert words(cell.find("summary")) == "The Islands rules it out"
    assert words(cell.find("blockquote")) == "The Islands reject a low fee, it is said."
    (link,) = cell.xpath(".//a/@href")
    assert page(deal, link).xpath("//blockquote")[0].text_content() == "The Islands reject a low fee, it is said."
    assert rows(found)[0][2:5] == ["1", "0", "2"]
    (meaning,) = [words(one) for one in found.xpath("//li[starts-with(., 'The Islands: gets')]")]
    assert meaning == "The Islands: gets ferry-link; yields low-fee"


def test_what_is_supposed_is_what_the_record_says_and_is_never_stored(deal):
    before = (deal.folder / "record.sqlite").stat().st_mtime_ns
    found = page(deal, SUPPOSED)
    with Record.open(deal.folder, read_only=True) as record:
        said = record.what_if(["islands:low-fee=open"])
    told = words(found.xpath("//*[@class='supposed']")[0])
    assert "The Islands on The fee stays under ten crowns: open" in told
    assert f"{said.before.open_number} before, {said.after.open_number} with this" in told
    assert (said.before.open_number, said.after.open_number) == (0, 1)
    (row,) = rows(found)
    assert row[1] == "open to all only as supposed"
    (back,) = found.xpath("//*[@class='supposed']//a/@href")
    assert back.split("#")[0] == "/terms"
    assert "supposed" not in deal.get("/terms").text.split("<main")[1].split('name="stand"')[1].split("blocked")[0]
    assert (deal.folder / "record.sqlite").stat().st_mtime_ns == before


def test_the_form_of_a_supposition_leads_to_an_address_that_can_be_passed_on(deal):
    answer = deal.get("/terms?suppose=northland:low-fee=for&sort=hard&party=islands&option=low-fee&stand=open")
    assert answer.status == 303
    at = answer.headers["location"]
    assert urlsplit(at).query == "suppose=northland:low-fee%3Dfor&sort=hard&suppose=islands:low-fee%3Dopen"
    assert len(page(deal, at.split("#")[0]).xpath("//*[@class='chip']")) == 2
    again = deal.get(at.split("#")[0] + "&party=islands&option=low-fee&stand=against").headers["location"]
    assert "open" not in again, "a later supposition on the same pair takes the place of the earlier"
    for link in page(deal, "/terms").xpath("//a[starts-with(., 'suppose')]/@href"):
        assert "only as supposed" in deal.get(link.split("#")[0]).text


def test_packages_are_filtered_and_sorted_by_the_address(deal):
    assert len(rows(page(deal, "/terms?blocked_by=islands"))) == 1
    for nothing in ("blocked_by=northland", "agreed_by=islands", "open=1"):
        found = page(deal, f"/terms?{nothing}")
        assert rows(found) == []
        assert "No package is left by these filters." in words(found.find("body"))
    assert len(rows(page(deal, "/terms?holds=low-fee&agreed_by=northland&sort=options"))) == 1
    sorted_by = page(deal, "/terms?sort=unknown").xpath("//th[@aria-sort]")
    assert [words(one) for one in sorted_by] == ["Unknown"]
    impossible = page(deal, "/terms?without=low-fee")
    assert "no package keeps to these rules together" in words(impossible.xpath("//*[@class='problem']")[0])


def test_any_references_stand_beside_the_sheet(tmp_path):
    folder = make_ferry_deal(tmp_path / "talks")
    own = (
        "version: '1'\nkind: ceasefire\ninstruments:\n"
        "  - {id: lake_1900, title: The lake treaty, date: '1900', parties: two towns, sources: ['https://example.org/lake'],\n"
        "     provisions: {monitoring: {v: joint_commission, art: '3', c: V1}}}\n"
        "  - {id: canal_1910, title: The canal treaty, date: '1910', parties: two towns, sources: [none],\n"
        "     provisions: {monitoring: {v: third_party, c: K}}}\n"
    )
    (folder / "references.yaml").write_text(own)
    with serving(folder) as at:
        first = page(at, "/terms").xpath("//table[@class='terms']/thead//th")
        assert "The lake treaty, 1900" in [words(one) for one in first]
        both = page(at, "/terms?against=canal_1910&against=lake_1900")
        heads = [words(one) for one in both.xpath("//table[@class='terms']/thead//th")]
        assert heads[3:] == ["The canal treaty, 1910", "The lake treaty, 1900"]
        assert both.xpath("//*[@class='unverified']")
        assert len(both.xpath("//input[@name='against'][@checked]")) == 2
        none = page(at, "/terms?beside=chosen").xpath("//table[@class='terms']/thead//th")
        assert len(none) == 3
        assert at.get("/terms?against=versailles").status == 404


def test_two_dates_and_two_drafts_stand_side_by_side(deal):
    found = page(deal, "/terms?since=2025-03-10&as_of=2025-03-31")
    (row,) = found.xpath("//table[contains(@class, 'drafts')]/tbody/tr")
    cells = [words(one) for one in row.xpath("./th|./td")]
    assert "contested" in cells[1] and "on a condition" in cells[2]
    assert "Southmark: rules it out → for" in cells[3]
    assert "Southmark now supports the ferry" in cells[3]
    drafts = page(deal, "/terms?since_report=a.txt&report=b.txt")
    assert [words(one) for one in drafts.xpath("//table[contains(@class, 'drafts')]//th")][1:3] == ["a.txt", "b.txt"]
    with Record.open(deal.folder, read_only=True) as record:
        pairs = record.term_pairs("2025-03-10", "2025-03-31")
        assert [one.change for one in pairs if one.change] == record.term_changes("2025-03-10", "2025-03-31")


def test_terms_and_packages_go_out_as_they_are_shown(deal):
    packages = list(csv.DictReader(io.StringIO(deal.get("/packages.csv?suppose=islands:low-fee=open").text)))
    assert [one["state"] for one in packages] == ["open"]
    answer = deal.get("/terms.csv?as_of=2025-03-10")
    assert answer.headers["content-disposition"] == 'attachment; filename="terms.csv"'
    (row,) = [one for one in csv.DictReader(io.StringIO(answer.text)) if one["value"]]
    assert (row["status"], row["support"], row["notice"]) == ("contested", "1", "Exercise, no news.")


def test_weights_show_how_far_the_order_hangs_on_them(tmp_path):
    folder = make_ferry_deal(tmp_path / "talks")
    assert "By weights" not in serve_once(folder, "/terms")
    (folder / "terms.yaml").write_text(
        "weights:\n  - {party: islands, by: A. Reader, on: 2025-04-01, options: {ferry-link: 3, low-fee: 1}}\n"
    )
    with serving(folder) as at:
        (table,) = page(at, "/terms").xpath("//*[@id='weights']//table")
        assert words(table.xpath(".//tbody/tr/td")[2]) == "75 %"
        assert "A. Reader on 2025-04-01" in at.get("/terms").text


def serve_once(folder, path):
    with serving(folder) as at:
        return at.get(path).text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("suppose=islands:low-fee=maybe", 400), ("suppose=atlantis:low-fee=for", 404), ("suppose=x", 400),
        ("party=islands&option=low-fee&stand=maybe", 400), ("party=islands", 400), ("sort=luck", 400), ("limit=0", 400),
        ("limit=999", 400), ("limit=%D9%A3", 400), ("with=tunnel", 404), ("blocked_by=atlantis", 404), ("holds=tunnel", 404),
        ("as_of=soon", 400), ("since=2025-03-10&since_report=a.txt", 400), ("report=a.txt&as_of=2025-03-10", 400),
        ("report=none.txt", 404), ("with=low-fee&without=low-fee", 400),
        ("&".join(f"suppose=islands:low-fee=for{n}" for n in range(31)), 400),
        ("suppose=%3Cscript%3E:low-fee=for", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_a_line(deal, query, status):
    answer = deal.get(f"/terms?{query}")
    assert answer.status == status
    assert "<script>:" not in answer.text
    assert "a bug of Travaux" not in answer.text


def test_a_record_without_an_instrument_has_no_such_page(looked_at):
    assert "The agenda has no instrument" in looked_at.get("/terms").text
    assert looked_at.get("/packages.csv").status == 404
