"""Every word of the pages stands in one place, and every one that stands there is used."""

import re
import tomllib
from pathlib import Path

import pytest

import travaux.views.page
from travaux.analysis.queue import Order
from travaux.model import ReportState
from travaux.record.rows import Outcome
from travaux.server.beside import Doing
from travaux.server.people import Role
from travaux.views.changed_positions import ChangeKind
from travaux.views.page.strings import numbered, strings

PAGE = Path(travaux.views.page.__file__).parent
TEMPLATES = sorted((PAGE / "templates").rglob("*.html"))
SOURCES = [*PAGE.parent.rglob("*.py"), *(PAGE.parents[1] / "server").glob("*.py")]


def test_templates_hold_no_words_of_their_own():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        plain = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
        said = re.sub(r"<[^>]*>", " ", plain)
        assert re.findall(r"[A-Za-z]{2,}", said) == [], path.name
        for attribute in ("title", "aria-label", "placeholder", "alt"):
            assert not re.search(rf'\s{attribute}="[A-Za-z]', plain), path.name


CHOSEN = {
    "head": set(ReportState),
    "positions": {"former", "earlier"},
    "changes": set(ChangeKind),
    "review": {*Order, "alpha", "kappa"},
    "timeline": {"meeting", "incident", "shift"},
    "team": set(Role),
    "noun": {"shift", "conflict"},
    "beside": {*Doing, *Outcome},
    "keys": {f"{name}{ending}" for name in ("everywhere", "texts", "judging") for ending in ("", "_title")},
}
"""Strings that templates choose by a word of the data model."""


def test_every_string_is_used():
    table = tomllib.loads((PAGE / "strings.toml").read_text(encoding="utf-8"))
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    used = templates + "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [
        f"{group}.{key}"
        for group, entries in table.items()
        for key in entries
        if not re.search(rf"\b{group}\.{key}\b", used)
        and key not in CHOSEN.get(group, ())
        and not (group == "nav" and f'"{key}"' in templates)
    ]
    assert unused == []


def test_an_unknown_string_is_an_error():
    with pytest.raises(KeyError, match="no matrix.nonsense"):
        _ = strings().matrix.nonsense


def test_one_and_several():
    assert numbered(1, ["report", "reports"]) == "1 report"
    assert numbered(1200, ["report", "reports"]) == "1,200 reports"
    assert numbered(2, ["of {} party", "of {} parties"]) == "of 2 parties"
