"""Words are found at their exact places, whatever their case and diacritics; the index follows what is added."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from travaux.errors import RequestError
from travaux.record import Store, Term, passages, places, stands_in, terms_of


def test_what_is_typed():
    assert terms_of("Cease-fire “no Flights” guarant* ÉLYSÉE") == (
        Term(("cease", "fire")),
        Term(("no", "flights")),
        Term(("guarant",), True),
        Term(("elysee",)),
    )
    assert terms_of('" - ." *') == ()
    with pytest.raises(RequestError, match="201 characters"):
        terms_of("x" * 201)


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("İstanbul and Istanbul", "istanbul", ["İstanbul", "Istanbul"]),
        ("Élysée, E\u0301lyse\u0301e", "elysee", ["Élysée", "E\u0301lyse\u0301e"]),
        ("😀 the ferry; ferryman", "ferry", ["ferry"]),
        ("😀 the ferry; ferryman", "ferry*", ["ferry", "ferry"]),
        ("no\u00a0fly\nzone, no fly", '"no fly zone"', ["no\u00a0fly\nzone"]),
        ("Straße", "strasse", []),
        ("the ferry", "ferry bridge", []),
        ("snake_case", "case", ["case"]),
    ],
)
def test_places_are_exact(text, typed, found):
    spans = places(text, terms_of(typed))
    assert [text[start:end] for start, end in spans] == found
    assert stands_in(text, terms_of(typed)) == bool(found)


@given(st.text(max_size=60), st.text(alphabet="abéİ 😀\u0301", min_size=1, max_size=8), st.text(max_size=60))
def test_whatever_stands_around_it(before, words, after):
    terms = terms_of(words)
    text = f"{before} {words} {after}"
    if terms:
        assert places(text, terms)
        for passage in passages(text, places(text, terms)):
            assert text[passage.start : passage.end] == passage.words
            assert passage.before + passage.words + passage.after in text


def test_the_index_knows_what_was_added_and_in_which_order(store, make_report):
    store.add_report(*make_report("a.txt", "The ferry, the FERRY and the ferry.\n"))
    store.add_report(*make_report("b.txt", "A ferry among many other words that were said that day.\n"))
    store.add_report(*make_report("c.txt", "Nothing of the kind.\n"))
    names = {row.id: row.name for row in store.report_rows()}
    assert [names[one] for one in store.reports_with(terms_of("ferry"))] == ["a.txt", "b.txt"]
    assert [names[one] for one in store.reports_with(terms_of("FERRY words"))] == ["b.txt"]
    assert store.reports_with(terms_of('"ferry ferry"')) == []
    assert [names[one] for one in store.reports_with(terms_of("noth* kind"))] == ["c.txt"]
    with pytest.raises(ValueError, match="nothing to look for"):
        store.reports_with(())


ALPHABET = "aAbBzé É\u0301İıßñ中ж٣5 -_.,'\"&|!:*()<>\\\n"


@pytest.fixture
def both(tmp_path, monkeypatch, postgresql):
    """A record on a server and one in a file, for the same reports."""
    with Store.create(tmp_path / "server") as server:
        monkeypatch.setenv("TRAVAUX_DB", "sqlite")
        with Store.create(tmp_path / "file") as file:
            yield server, file


@given(
    st.lists(st.text(ALPHABET, min_size=1, max_size=40), min_size=1, max_size=4),
    st.text(ALPHABET, min_size=1, max_size=9),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_databases_find_the_same_reports(both, make_report, texts, typed):
    server, file = both
    for text in texts:
        name = f"{len(server.report_rows())}.txt"
        for store in both:
            store.add_report(*make_report(name, text, listed=True))
    terms = terms_of(typed)
    if terms:
        found = server.reports_with(terms)
        assert sorted(found) == sorted(file.reports_with(terms))
        assert all(stands_in(server.report(one).text, terms) for one in found)


@pytest.mark.parametrize(
    ("text", "found", "not_found"),
    [
        ("no " * 300 + "fly zone\n", '"no fly zone"', '"zone no"'),  # a vector keeps 255 places of a word
        ("word other " * 9000 + "no fly zone\n", '"no fly zone"', '"zone fly"'),  # and places up to 16383
        ("x" * 5000 + " end\n", f"{'x' * 190}* end", "x" * 190),  # and words up to 2046 bytes
        (
            " ".join(f"{n:x}" * 9 for n in range(100_000, 130_000)) + " no fly zone\n",
            '"fly zone"',
            "missing",
        ),  # and a megabyte
    ],
    ids=["often", "long", "a long word", "many words"],
)
def test_texts_that_an_index_cannot_hold_wholly_are_searched_all_the_same(store, make_report, text, found, not_found):
    store.add_report(*make_report("a.txt", text))
    store.add_report(*make_report("b.txt", "fly, no zone; x end\n"))
    names = {row.id: row.name for row in store.report_rows()}
    assert [names[one] for one in store.reports_with(terms_of(found))] == ["a.txt"]
    assert store.reports_with(terms_of(not_found)) == []
    assert store.check() == []


@pytest.mark.parametrize("typed", ["AND", "NEAR(a b)", 'a" OR "b', "text:ferry", "^ferry", "a*b", "ferry)", "{x}"])
def test_nothing_typed_is_an_order_to_the_database(store, make_report, typed):
    store.add_report(*make_report("a.txt", "The ferry.\n"))
    terms = terms_of(typed)
    if terms:
        assert isinstance(store.reports_with(terms), list)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # on a server no record is older than the index
def test_an_older_record_is_indexed_when_it_is_opened(store, folder, make_report):
    from older_schema import put_back

    from travaux.record import DATABASE_NAME

    store.add_report(*make_report("a.txt", "The ferry.\n"))
    store.close()
    put_back(folder / DATABASE_NAME, "0008")
    with Store.open(folder) as opened:
        assert len(opened.reports_with(terms_of("ferry"))) == 1
        assert opened.check() == []


def test_whoever_writes_the_counter_changes(store, folder, make_report):
    count = store.change_counter()
    before = count()
    assert count() == before
    with Store.open(folder) as other:
        other.set_info("a", "b")
    assert count() != before
