"""GraphML, GEXF, PROV, PLOVER, Atom: opened with the libraries their users use."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import feedparser
import networkx
import prov.model
import pytest

import travaux
from travaux.exchange.plover import EVENT_TYPES
from travaux.exchange.xml_text import xml_text
from travaux.model import Act


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_every_network(form: str, read, record: travaux.Record, tmp_path: Path) -> None:
    paths = record.export(form, tmp_path)
    assert [path.stem for path in paths] == [
        "one-mode-common", "one-mode-congruence", "one-mode-conflict", "one-mode-subtract",
        "two-mode-common", "two-mode-subtract", "two-mode-combine",
    ]  # fmt: skip
    graphs = {path.stem: read(path) for path in paths}
    for name, graph in graphs.items():
        found = record.network(name.split("-")[2], two_mode=name.startswith("two"))
        other = "option" if found.columns else "party"
        assert {(f"party/{one}", f"{other}/{two}"): weight for (one, two), weight in found.ties.items()} == {
            (one, two) if (one, two) in {(f"party/{a}", f"{other}/{b}") for a, b in found.ties} else (two, one): data[
                "weight"
            ]
            for one, two, data in graph.edges(data=True)
        }
        labels = networkx.get_node_attributes(graph, "label")
        assert labels["party/northland"] == "Northland & Isles"
        assert labels["party/union"] == 'Crew "Union"'
    weights = graphs["two-mode-subtract"]["party/southland"]["option/ferry"]
    assert (weights["weight"], weights["activity"], weights["prominence"]) == (1.0, 0.5, 1.0)
    assert graphs["two-mode-subtract"].nodes["option/ferry"]["mode"] == "option"
    assert "party/union" in graphs["one-mode-congruence"]  # with no ties at all it is there


def test_the_same_record_gives_the_same_networks(record: travaux.Record, tmp_path: Path) -> None:
    for form in ("graphml", "gexf", "dna-networks", "prov", "plover", "atom", "obsidian", "datasette"):
        for turn in ("one", "two"):
            (tmp_path / turn / form).mkdir(parents=True)
            record.export(form, tmp_path / turn / form)
        contents = [
            {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}
            for top in (tmp_path / "one" / form, tmp_path / "two" / form)
        ]
        assert contents[0] == contents[1], form


def test_prov_reads_where_everything_comes_from(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("prov", tmp_path / "prov.json")
    document = prov.model.ProvDocument.deserialize(str(path), format="json")
    kinds = [type(one).__name__ for one in document.get_records()]
    read = record.statements(rejected=True)
    assert kinds.count("ProvEntity") == len(read) + 3
    assert kinds.count("ProvActivity") == 1 + len(record.store.judgements())
    assert kinds.count("ProvGeneration") == len(read)
    assert kinds.count("ProvDerivation") == len(read)
    names = {str(one.identifier) for one in document.get_records() if one.identifier}
    assert {f"travaux:statement.{one.id}" for one in read} <= names
    quotes = {str(next(iter(one.value))) for one in document.get_records(prov.model.ProvEntity) if one.value}
    assert quotes == {one.quote for one in read}
    people = {
        one.label for one in document.get_records(prov.model.ProvAgent) if "Person" in str(one.get_asserted_types())
    }
    assert people == {"A. Reader", "B. Reader", "א. קורא"}
    assert document.unified() == document  # nothing is declared twice


def test_plover_rows(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("plover", tmp_path / "plover.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    statements = {one.id: one for one in record.statements()}
    assert rows
    for row in rows:
        one = statements[row["id"]]
        assert row["event_type"] == EVENT_TYPES[one.act]
        assert not one.former
        assert row["recipient"] == row["event_mode"] == ""  # never guessed
    assert {one.act for one in record.statements()} - {statements[row["id"]].act for row in rows} == {Act.CONSIDER}
    first = next(row for row in rows if row["report"] == "a.txt")
    assert (first["event_date"], first["event_date_precision"], first["actor_kind"]) == ("2025-08-18", "day", "state")
    assert set(EVENT_TYPES) == set(Act) - {Act.CONSIDER, Act.STATE}


def test_feedparser_reads_the_feed(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("atom", tmp_path / "feed.atom")
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert (feed.version, feed.feed.title, feed.feed.subtitle) == (
        "atom10",
        "The ferry talks – עברית",
        "Exercise material; no news.",
    )
    statements = record.statements()
    assert len(feed.entries) == len(statements)
    assert len({entry.id for entry in feed.entries}) == len(statements)
    assert all(entry.id.startswith("urn:uuid:") and entry.updated_parsed for entry in feed.entries)
    told = "\n".join(entry.content[0].value for entry in feed.entries)
    for one in statements:
        assert one.quote.replace("\r", "") in told
    undated = next(entry for entry in feed.entries if "undated" in entry.content[0].value)
    assert "published" not in undated
    quay = next(entry for entry in feed.entries if "The Quay, Ltd" in entry.content[0].value)
    assert (quay.link, quay.published) == ("https://quay.example/a?x=1&y=2", "2025-08-18T00:00:00Z")
    ids = {entry.title: entry.id for entry in feed.entries}
    record.judge(statements[-1].id, "confirm", reviewer="A. Reader")
    record.export("atom", path)
    again = feedparser.parse(path.read_bytes())
    assert {entry.id for entry in again.entries} == set(ids.values())
    assert len({entry.title for entry in again.entries} - set(ids)) == 1


def test_texts_that_xml_cannot_hold() -> None:
    assert xml_text("a\x00b\x0bc\ufffe\ud800🚢\n") == "a\ufffdb\ufffdc\ufffd\ufffd🚢\n"


def test_a_network_that_there_is_none_of(record: travaux.Record) -> None:
    with pytest.raises(travaux.TravauxError, match="no one-mode network combine"):
        record.network("combine")
    with pytest.raises(travaux.TravauxError, match="travaux network -h"):
        record.network("friendship")


def test_a_json_of_provenance_is_plain(record: travaux.Record, tmp_path: Path) -> None:
    content = json.loads(record.export("prov", tmp_path / "p.json")[0].read_text(encoding="utf-8"))
    assert content["prefix"] == {"travaux": "urn:travaux:"}
    (run,) = [one for name, one in content["activity"].items() if name.startswith("travaux:run.")]
    assert json.loads(run["travaux:fingerprint"])["code"] == "1"
    assert run["prov:startTime"].endswith("+00:00")
