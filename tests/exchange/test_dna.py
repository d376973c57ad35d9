"""DNA's format and its exports: the files DNA itself wrote are matched, and its rules hold in the files written here."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import travaux
from travaux.errors import RequestError
from travaux.exchange.dna.database import (
    BOOLEAN,
    DNA_STATEMENT,
    INTEGER,
    LONG,
    SHORT,
    Coder,
    DnaDatabase,
    DnaStatement,
    Document,
    Entity,
    StatementType,
    Variable,
)
from travaux.exchange.dna.exports import event_list, graphml, one_mode_csv, two_mode_csv, two_mode_dl
from travaux.exchange.dna.mapping import PASSWORD, TRAVAUX_STATEMENT, from_dna
from travaux.exchange.dna.reading import read_dna
from travaux.exchange.dna.writing import Offsets, dna_text, password_fits, password_hash, write_dna

GOLDEN = Path(__file__).parent / "dna3"
A = (
    'Kyiv said it would accept a ceasefire; Moscow "rejected" it.\r\n'
    "The guarantee must be ratified by Congress, President Zelenskyy said."
)
B = "Line one 😀 emoji.\nMoscow said no NATO troops may be stationed in Ukraine. Élysée: a coalition force is possible."
C = "Washington offered an Article 5-like guarantee. Kyiv welcomed the guarantee."
KEPT = ("Type", "Alias", "Notes")
OURS = "Travaux statement"


def database() -> DnaDatabase:
    """The made-up database that DNA exported the golden files from."""
    texts = [dna_text(text) for text in (A, B, C)]
    core = (
        *(Variable(name, SHORT, KEPT) for name in ("person", "organization", "concept")),
        Variable("agreement", BOOLEAN),
    )
    ours = (
        *(Variable(name, SHORT, ("Type", "Side") if name == "party" else ()) for name in ("speaker", "party", "issue")),
        Variable("supports", BOOLEAN),
        Variable("act", SHORT),
        Variable("commitment", INTEGER),
        Variable("condition", LONG),
    )
    types = (
        StatementType(DNA_STATEMENT, (239, 208, 51), core),
        StatementType(OURS, (100, 200, 190), ours),
        StatementType("Annotation", (211, 211, 211), (Variable("note", LONG),)),
    )
    said = [
        (0, "Kyiv said it would accept a ceasefire", "", "Ukraine", "Ceasefire", True, 1),
        (0, 'Moscow "rejected" it', "", "Russia", "Ceasefire", False, 2),
        (0, "The guarantee must be ratified by Congress", "Volodymyr Zelenskyy", "Ukraine", "Ratification by Congress", True, 1),
        (1, "Moscow said no NATO troops may be stationed in Ukraine", "", "Russia", "NATO troops in Ukraine", False, 1),
        (1, "Élysée: a coalition force is possible", "", "France", "NATO troops in Ukraine", True, 1),
        (2, "Washington offered an Article 5-like guarantee", "", "United States", "Article 5-like guarantee", True, 1),
        (2, "Kyiv welcomed the guarantee", "", "Ukraine", "Article 5-like guarantee", True, 1),
    ]  # fmt: skip
    statements = []
    for document, words, person, organization, concept, agreement, coder in said:
        start = texts[document].index(words)
        values = {"person": person, "organization": organization, "concept": concept, "agreement": agreement}
        statements.append(DnaStatement(DNA_STATEMENT, document, start, start + len(words), values, coder))
    more = {
        "speaker": "Volodymyr Zelenskyy",
        "party": "Ukraine",
        "issue": "ratification",
        "supports": True,
        "act": "demand",
    }
    more |= {"commitment": -2, "condition": 'only if; "legally binding"'}
    statements.append(DnaStatement(OURS, 0, statements[2].start, statements[2].stop, more))
    return DnaDatabase(
        types=types,
        coders=(Coder("Admin"), Coder("Model", (51, 153, 255))),
        documents=(
            Document(
                "Doc A",
                texts[0],
                datetime(2025, 8, 18, 9, 30),
                "Reuters; desk",
                "Reuters",
                "World",
                "https://example.org/a",
                "news",
            ),
            Document("Doc B", texts[1], datetime(2025, 8, 20), source="AFP"),
            Document("Doc C", texts[2], datetime(2025, 9, 2, 12, 0), source="AP"),
        ),
        statements=tuple(statements),
        entities={
            (DNA_STATEMENT, "organization", "Ukraine"): Entity((0, 87, 183), {"Type": "Government", "Alias": "Kyiv"}),
            (DNA_STATEMENT, "organization", "Russia"): Entity((213, 43, 30)),
        },
        regexes=(("guarantee[s]?", (255, 0, 0)),),
    )


def golden(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dna") / "golden.dna"
    write_dna(path, database(), "pässword")
    return path


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("onemode_*.csv")), ids=lambda path: path.stem)
def test_one_mode_matrices_are_those_of_dna(path: Path, file: Path) -> None:
    _, aggregation, normalisation = path.stem.split("_")
    assert one_mode_csv(read_dna(file), aggregation, normalisation) == golden(path.name)


@pytest.mark.parametrize("aggregation", ["ignore", "subtract", "combine"])
def test_two_mode_matrices_are_those_of_dna(aggregation: str, file: Path) -> None:
    assert two_mode_csv(read_dna(file), aggregation) == golden(f"twomode_{aggregation}.csv")


def test_the_dl_file_is_that_of_dna(file: Path) -> None:
    assert two_mode_dl(read_dna(file), "combine") == golden("twomode_combine.dl")


def test_event_lists_are_those_of_dna(file: Path) -> None:
    assert event_list(read_dna(file), DNA_STATEMENT) == golden("eventlist.csv")
    assert event_list(read_dna(file), OURS) == golden("eventlist_travaux.csv")


@pytest.mark.parametrize(
    ("name", "aggregation", "two"), [("onemode_subtract", "subtract", False), ("twomode_combine", "combine", True)]
)
def test_graphml_is_that_of_dna_but_for_the_random_places(name: str, aggregation: str, two: bool, file: Path) -> None:
    def without_places(text: str) -> str:
        return re.sub(r' x="[^"]*" y="[^"]*"', "", text)

    assert without_places(graphml(read_dna(file), aggregation, two=two)) == without_places(golden(f"{name}.graphml"))


def test_a_database_comes_back_as_it_was_written(file: Path) -> None:
    written, found = database(), read_dna(file)
    assert found.types == written.types
    assert (found.coders, found.documents, found.regexes) == (written.coders, written.documents, written.regexes)
    assert [dict(one.values) for one in found.statements] == [dict(one.values) for one in written.statements]
    assert dict(found.entities) == dict(written.entities)


def test_the_password_scheme() -> None:
    hashed = password_hash("pa\u0308ssword", b"0123456789abcdef")
    assert len(hashed) == 64
    assert password_fits("pässword", hashed)  # composed or not, it is one password
    assert not password_fits("password", hashed)


def test_a_record_keeps_the_rules_that_dna_does_not_forgive(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("dna", tmp_path / "record.dna")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

        def rows(query: str) -> list:
            return connection.execute(query).fetchall()

        assert rows("SELECT Value FROM SETTINGS WHERE Property = 'version'") == [("3.0.11.5",)]
        coders = rows("SELECT ID, Name, Password FROM CODERS")
        assert coders[0][:2] == (1, "Admin")
        assert all(password_fits(PASSWORD, hashed) for _, _, hashed in coders)
        pairs = {(one, two) for one, *_ in coders for two, *_ in coders if one != two}
        assert set(rows("SELECT Coder, OtherCoder FROM CODERRELATIONS")) == pairs
        wanted = set(
            rows(
                "SELECT STATEMENTS.ID, VARIABLES.ID FROM STATEMENTS JOIN VARIABLES USING (StatementTypeId) ORDER BY 1, 2"
            )
        )
        data = " UNION ALL ".join(
            f"SELECT StatementId, VariableId FROM DATA{kind}"
            for kind in ("SHORTTEXT", "LONGTEXT", "INTEGER", "BOOLEAN")
        )
        assert set(rows(data)) == wanted
        assert len(rows(data)) == len(wanted)
        assert rows("SELECT COUNT(*) FROM VARIABLES WHERE DataType = 'short text' AND ID NOT IN "
                    "(SELECT VariableId FROM ENTITIES WHERE Value = '')") == [(0,)]  # fmt: skip
        for text, start, stop in rows(
            "SELECT Text, Start, Stop FROM DOCUMENTS JOIN STATEMENTS ON DOCUMENTS.ID = DocumentId"
        ):
            assert "\r" not in text
            assert max(map(ord, text)) < 0x10000
            assert 0 <= start < stop <= len(text)
        quotes = {
            quote
            for (quote,) in rows(
                "SELECT SUBSTR(Text, Start + 1, Stop - Start) FROM DOCUMENTS JOIN STATEMENTS ON DOCUMENTS.ID = DocumentId"
            )
        }
        assert quotes == {dna_text(one.quote) for one in record.statements()}


def test_a_value_changed_in_dna_is_a_correction(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("dna", tmp_path / "record.dna")
    bridge = next(one for one in record.statements() if one.report == "a.txt" and one.option == "bridge")
    demand = next(one for one in record.statements() if one.report == "b.html" and one.option == "ferry")
    with closing(sqlite3.connect(path)) as connection:
        place = (dna_text(bridge.quote),)
        core = connection.execute(
            "SELECT STATEMENTS.ID FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId "
            "WHERE StatementTypeId = 1 AND SUBSTR(Text, Start + 1, Stop - Start) = ?", place
        ).fetchone()  # fmt: skip
        connection.execute("UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId = ?", core)
        (act,) = connection.execute("SELECT VARIABLES.ID FROM VARIABLES WHERE Variable = 'act'").fetchone()
        entity = connection.execute("INSERT INTO ENTITIES (VariableId, Value) VALUES (?, 'propose')", (act,)).lastrowid
        connection.execute(
            "UPDATE DATASHORTTEXT SET Entity = ? WHERE VariableId = ? AND StatementId IN (SELECT StatementId FROM DATALONGTEXT "
            "WHERE Value LIKE ?)", (entity, act, f'%"id": "{demand.id}"%')
        )  # fmt: skip
        connection.commit()
    outcome = record.import_from("dna", path, by="D. Coder")
    assert (outcome.unplaced, outcome.judgements) == ((), 2)
    changed = {one.id: one for one in record.statements()}
    assert str(changed[bridge.id].stance) == "for"
    assert str(changed[demand.id].act) == "propose"
    assert {one.reviewer for one in record.store.judgements()[-2:]} == {"D. Coder"}
    assert record.import_from("dna", path, by="D. Coder").judgements == 0


def test_a_scholars_own_file_becomes_a_record(make, tmp_path: Path, file: Path) -> None:
    bare = make("scholar", read=False, reports=False, agenda=False)
    agenda = bare.draft_agenda("dna", file)
    assert {party.name for party in bare.agenda.parties} == {"France", "Russia", "Ukraine", "United States"}
    assert [person.name for party in bare.agenda.parties for person in party.people] == ["Volodymyr Zelenskyy"]
    with pytest.raises(travaux.TravauxError, match="there is an agenda"):
        bare.draft_agenda("dna", file)
    agenda.write_text(agenda.read_text().replace("kind: organisation", "kind: state"))
    outcome = bare.import_from("dna", file)
    assert len(outcome.reports) == 3
    assert (outcome.statements, outcome.judgements, outcome.unplaced) == (8, 8, ())  # coded by people, so confirmed
    assert outcome.told == ()
    assert {one.reader for one in bare.store.runs()} == {"DNA Admin", "DNA Model"}
    held = {(one.party, one.option): str(one.stances[0]) for one in bare.positions()}
    assert held["russia", "ceasefire"] == "against"
    assert held["ukraine", "article-5-like-guarantee"] == "for"
    assert bare.reports()[0].published.value == "2025-08-18"
    assert bare.import_from("dna", file).known == 8


def test_what_is_no_file_of_dna_3(tmp_path: Path) -> None:
    path = tmp_path / "x.dna"
    for content, told in [(b"SQLite format 3\0 no", "not a file of DNA 3"), (b"hello", "not a file of DNA 3")]:
        path.write_bytes(content)
        with pytest.raises(RequestError, match=told):
            read_dna(path)
    path.unlink()
    with pytest.raises(RequestError, match="no such file"):
        read_dna(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE SETTINGS (Property TEXT PRIMARY KEY, Value TEXT)")
        connection.execute("INSERT INTO SETTINGS VALUES ('version', '2.0 beta 25')")
        connection.commit()
    with pytest.raises(RequestError, match="DNA 2"):
        read_dna(path)


@given(st.text(st.sampled_from("ab\r\n😀\u00a0א"), max_size=24))
def test_offsets_go_there_and_back(text: str) -> None:
    offsets, folded = Offsets(text), dna_text(text)
    for start in range(len(text)):
        if text[start] in "\r\n":
            continue
        for end in range(start + 1, len(text) + 1):
            if text[end - 1] in "\r\n":
                continue
            there = (offsets.to_dna(start), offsets.to_dna(end))
            assert folded[there[0] : there[1]] == dna_text(text[start:end])
            assert (offsets.from_dna(there[0]), offsets.from_dna(there[1], end=True)) == (start, end)


def test_texts_that_are_too_long_are_cut_where_dna_would_refuse(make, tmp_path: Path) -> None:
    long = make("long")
    path = long.folder / "agenda.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("A bridge is built", "A bridge is built " + "on stone " * 40),
        encoding="utf-8",
    )
    (file,) = long.export("dna", tmp_path / "long.dna")
    brought = from_dna(read_dna(file), "long.dna")
    concepts = {one.values["concept"] for one in read_dna(file).statements if one.type == DNA_STATEMENT}
    assert max(map(len, concepts)) == 190
    assert all(one.values["option"] in ("ferry", "bridge") for one in brought.statements)
    assert long.import_from("dna", file, by="X").unplaced == ()
    assert TRAVAUX_STATEMENT == OURS
