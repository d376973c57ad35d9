"""What strangers' texts become before they stand in a page."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import lxml.html
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup

from travaux.views.page.escaping import content_policy, exact, script_json, shown_text, web_address

ANYTHING = some.text(some.characters(exclude_categories=["Cs", "Cc"]) | some.sampled_from("\r\n\t<>&\"'\u2028\u202e"))
JSON = some.recursive(some.none() | some.booleans() | some.text(), lambda inner: some.lists(inner, max_size=3))


def read_back(markup: str) -> str:
    document = f"<!doctype html><meta charset=utf-8><body><div>{markup}</div>"
    return str(lxml.html.document_fromstring(document.encode("utf-8")).find(".//div").text_content())


@given(ANYTHING)
def test_a_text_is_read_back_letter_for_letter(text: str) -> None:
    assert read_back(str(exact(text))) == text
    assert read_back(str(shown_text(text))) == text


def test_what_cannot_stand_in_a_page_is_shown_as_such() -> None:
    assert str(exact("a\x00b\ud800c")) == "a\ufffdb\ufffdc"


def test_markup_and_what_is_no_text_pass() -> None:
    assert exact(Markup("<b>")) == "<b>"
    assert exact(3) == 3
    assert exact(None) is None


def test_an_override_of_direction_is_confined_and_named() -> None:
    assert str(shown_text("a\u202eb")) == (
        'a<span class="control" title="U+202E, right-to-left override">\u202e</span>b'
    )


@given(JSON)
def test_script_data_means_the_same_and_cannot_end_its_element(value: object) -> None:
    written = str(script_json(value))
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == value


def test_only_addresses_of_the_web_are_linked() -> None:
    assert web_address("https://example.org/a") == "https://example.org/a"
    assert web_address("HTTP://example.org") == "HTTP://example.org"
    for refused in ("javascript:alert(1)", "data:text/html,x", " https://example.org", "//example.org", "", None):
        assert web_address(refused) is None


def test_the_policy_names_the_two_contents_and_nothing_else() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy("a{}", "let b").split("; "))

    def source(content: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    assert policy == {
        "default-src": "'none'",
        "script-src": source("let b"),
        "style-src": source("a{}"),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
