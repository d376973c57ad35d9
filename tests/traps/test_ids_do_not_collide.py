"""Trap: ids made by unescaped joins collide ("a.b" + "c" = "a" + "b.c")."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.model import Block, BlockKind, Report, content_id, report_id, statement_id
from travaux.record import Run, Store

parts = st.lists(st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('a.b,"\\[]\x1f\n ')), max_size=4)


@given(parts, parts)
@settings(max_examples=60, deadline=None)
def test_different_parts_give_different_ids(first, second):
    same = [(type(one), one) for one in first] == [(type(one), one) for one in second]
    assert (content_id("x", *first) == content_id("x", *second)) == same


def test_moving_a_separator_gives_another_id():
    for separator in (".", ",", ":", "/", "|", "\x1f", "\n", '","'):
        one, other = ("a" + separator + "b", "c"), ("a", "b" + separator + "c")
        assert content_id("x", *one) != content_id("x", *other)
        assert report_id(*one) != report_id(*other)
        assert Run("r", *one, "v").id != Run("r", *other, "v").id
        made = [statement_id("r", "i", 0, 1, *pair, "for", False, None, "speaker") for pair in (one, other)]
        assert made[0] != made[1]
    assert content_id("x", "1") != content_id("x", 1) != content_id("x", True)
    assert content_id("x", None) != content_id("x", "None") != content_id("x", "null")


def test_reports_with_awkward_names_are_kept_apart(tmp_path):
    names = ["a.b/c.txt", "a/b.c.txt", "a~2.txt", "a.txt", 'a","b.txt', "a\tb.txt"]
    with Store.create(tmp_path / "talks") as store:
        for name in names:
            for raw in (b"one", b"two"):
                sha256 = hashlib.sha256(raw).hexdigest()
                blocks = (Block(0, 3, BlockKind.PARAGRAPH),)
                identity = report_id(name, sha256)
                report = Report(identity, name, sha256, "text/plain", "utf-8", raw.decode(), blocks, listed=True)
                store.add_report(report, raw)
        rows = store.report_rows()
        assert len({row.id for row in rows}) == len({row.name for row in rows}) == len(rows)
        assert set(names) <= {row.name for row in rows}
        assert store.check() == []
