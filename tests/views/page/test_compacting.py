"""The one file without what no browser needs: the same elements and words for whoever parses it."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from travaux.views.page.compacting import compact_page

PAGE = (
    "<!doctype html><html><head><style>td{{color:red}}</style></head><body><table>\n<tr><th scope='row'><bdi>{0}</bdi></th>\n"
    '<td class="number" dir="auto">{0}</td></tr>\n</table>\n<ul>\n<li>{0}</li>\n<li><q dir="auto">{0}</q></li>\n</ul>\n'
    '<script type="application/json">{{"a":"</td><bdi>"}}</script></body></html>'
)


def words(html):
    return [re.sub(r"\s+", " ", one).strip() for one in lxml.html.fromstring(html).itertext() if one.strip()]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_the_same_words_stand_in_the_same_elements(text):
    page = PAGE.format(escape(text))
    made = compact_page(page)
    assert words(made) == words(page)
    cells = [[one.text_content().rstrip("\n") for one in lxml.html.fromstring(each).iter("th", "td", "li")] for each in (made, page)]  # fmt: skip
    assert cells[0] == cells[1]


def test_scripts_and_style_sheets_stay_as_they_are():
    made = compact_page(PAGE.format("word"))
    assert '<script type="application/json">{"a":"</td><bdi>"}</script>' in made
    assert "<style>td{color:red}</style>" in made


def test_end_tags_that_html_lets_out_go():
    made = compact_page(PAGE.format("word"))
    assert "<tr><th scope='row'>word<td class=\"number\">word</table>" in made


@pytest.mark.parametrize("written", ["שלום", "سلام", "a\u202eb", "\u200f", "𐤀"])
def test_where_anything_is_written_from_right_to_left_all_isolation_stays(written):
    made = compact_page(PAGE.format(written))
    assert (made.count("<bdi>"), made.count('dir="auto"')) == (2, 2)  # one of them in the script


def test_what_a_text_says_of_markup_is_never_touched():
    text = str(escape('he wrote <bdi> and dir="auto" and </td>')).replace("&#34;", '"')
    assert words(compact_page(PAGE.format(text)))[1] == 'he wrote <bdi> and dir="auto" and </td>'
