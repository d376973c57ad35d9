"""Flags and shared passages in a report's text: marked where they stand, beside quotes, and leading there and back."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as some

from travaux.model import Family, Kinship, Link, Report, ReportState, SharedPassage
from travaux.record import ReportRow
from travaux.views.page import PageView
from travaux.views.page.kin import kin_of, nearest, paired, twins
from travaux.views.page.segments import segments

NAMES = ("a", "b", "c")


def row(name: str) -> ReportRow:
    return ReportRow(name, f"{name}.txt", None, None, None, None, None, None, ReportState.READ, "", 0, 100)


def link(first: str, second: str, *passages: tuple[int, int, int, int]) -> Link:
    shared = tuple(SharedPassage(*one) for one in passages)
    return Link(f"{first}.txt", first, f"{second}.txt", second, Kinship.COPY, 0.9, 0.9, shared, "")


ROWS = {name: row(name) for name in NAMES}
FAMILY = Family(
    "f",
    tuple(f"{name}.txt" for name in NAMES),
    NAMES,
    "c.txt",
    (link("a", "b", (0, 50, 10, 60)), link("a", "c", (5, 9, 40, 44), (20, 30, 0, 10)), link("b", "c", (1, 3, 2, 4))),
    "",
)


def test_the_original_is_nearest_and_passages_are_turned_to_whoever_looks() -> None:
    kin = kin_of("a", FAMILY, ROWS)
    assert [one.row.id for one in kin] == ["c", "b"]
    assert kin[0].is_original
    near = nearest(kin)
    assert near is not None
    assert [(one.start, one.end, one.number, one.anchor, one.there) for one in twins(near, "here", "#there")] == [
        (5, 9, 1, "here-1", "#there-1"),
        (20, 30, 2, "here-2", "#there-2"),
    ]
    (of_original,) = [one for one in kin_of("c", FAMILY, ROWS) if one.row.id == "a"]
    assert [(one.start, one.end) for one in of_original.passages] == [(40, 44), (0, 10)]
    assert kin_of("a", None, ROWS) == []


def test_on_one_page_every_passage_leads_to_a_place_there_is() -> None:
    found = paired({name: kin_of(name, FAMILY, ROWS) for name in NAMES})
    anchors = [one.anchor for each in found.values() for one in each.twins]
    anchors += [anchor for each in found.values() for _, _, anchor in each.anchors]
    assert len(anchors) == len(set(anchors))
    assert all(one.there[1:] in anchors for each in found.values() for one in each.twins)
    assert found["b"].twins[0].other == "c.txt"


@given(
    some.text("ab \n😀\u0301", min_size=1, max_size=40),
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)), max_size=6),
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)), max_size=6),
)
def test_whatever_overlaps_each_layer_covers_exactly_its_words(
    text: str, flags: list[tuple[int, int]], passages: list[tuple[int, int]]
) -> None:
    def spans(given: list[tuple[int, int]], name: str) -> list[tuple[int, int, str]]:
        cut = {(min(one), min(max(one), len(text))) for one in given}
        return [(start, end, f"{name}{start}-{end}") for start, end in sorted(cut) if start < end]

    layers = {"flagged": spans(flags, "f"), "shared": spans(passages, "p")}
    cut = segments(Report("r", "r.txt", "0" * 64, "text/plain", "utf-8", text), (), **layers)
    assert "".join(one.text for one in cut) == text
    for layer, ones in layers.items():
        for start, end, key in ones:
            assert "".join(one.text for one in cut if key in getattr(one, layer).over) == text[start:end]
            assert sum(key in getattr(one, layer).begins for one in cut) == 1
            assert sum(key in getattr(one, layer).ends for one in cut) == 1


def test_a_place_alone_begins_with_a_segment_and_covers_none() -> None:
    first, second = segments(Report("r", "r.txt", "0" * 64, "text/plain", "utf-8", "ab"), (), named=[(1, 1, "here")])
    assert (first.named.begins, second.named.begins) == ((), ("here",))
    assert second.named.over == second.named.ends == ()
    assert second.classes == ""


@pytest.fixture(scope="module")
def texts(example: tuple[PageView, str], parse: Callable[[str], lxml.html.HtmlElement]) -> lxml.html.HtmlElement:
    return parse(example[1])


def test_each_flag_stands_at_its_exact_words_and_both_lead_to_each_other(texts: lxml.html.HtmlElement) -> None:
    listed = texts.xpath("//ul[@class='flags']/li[.//q]")
    assert len(listed) > 5
    for one in listed:
        (back,) = one.xpath("./q/a")
        quote = back.text_content()
        place = texts.get_element_by_id(back.get("href")[1:])
        article = place.xpath("ancestor::article")[0]
        assert article is one.xpath("ancestor::article")[0]
        (sign,) = article.xpath(f".//a[@class='flag'][@href='#{one.get('id')}']")
        # The flagged words are what stands between the place and the sign.
        between = place.xpath("following::text()[ancestor::div[contains(@class, 'text')]]")
        said = "".join(between)
        rest = "".join(sign.xpath("following::text()[ancestor::div[contains(@class, 'text')]]"))
        assert said.endswith(rest)
        assert said[: len(said) - len(rest)] == quote


def test_no_link_of_the_file_leads_nowhere(texts: lxml.html.HtmlElement) -> None:
    ids = set(texts.xpath("//@id"))
    hrefs = {href for href in texts.xpath("//a/@href") if href.startswith("#")}
    assert hrefs
    assert {href[1:] for href in hrefs} - ids == set()
    assert len(ids) == len(texts.xpath("//@id"))
    assert len(texts.xpath("//a[@class='twin']")) == 10
