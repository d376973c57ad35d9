"""Web Annotations, Hypothes.is, Prodigy and Label Studio: marks that stand where they stood, and work that comes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import spacy

import travaux
from travaux.errors import RequestError
from travaux.exchange.annotations import AROUND
from travaux.exchange.labels import label_of, position_in
from travaux.model import Verdict


def texts(record: travaux.Record) -> dict[str, str]:
    return {report.name: report.text for report in record.store.reports()}


def test_selectors_find_the_quote_by_words_and_by_code_points(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("annotations", tmp_path / "a.jsonld")
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert (collection["@context"], collection["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(record.statements())
    assert len({item["id"] for item in items}) == len(items)
    held = texts(record)
    for one, item in zip(record.statements(), items, strict=True):
        quote, place = item["target"]["selector"]
        text = held[one.report]
        assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[place["start"] : place["end"]] == quote["exact"] == one.quote
        before, after = quote["prefix"], quote["suffix"]
        assert before + quote["exact"] + after == text[place["start"] - len(before) : place["end"] + len(after)]
        assert max(len(before), len(after)) <= AROUND
    sources = {one.report: item["target"]["source"] for one, item in zip(record.statements(), items, strict=True)}
    assert sources["a.txt"] == "https://quay.example/a?x=1&y=2"
    assert sources["c.txt"].startswith("urn:travaux:report:")
    assert items[0]["creator"] == {"type": "Person", "name": "א. קורא"}


def test_hypothesis_takes_each_line(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("hypothesis", tmp_path / "h.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        body = json.loads(line)
        assert set(body) == {"uri", "document", "text", "tags", "target"}
        assert body["uri"] == body["target"][0]["source"]
        comment = body["text"].split("<!-- ", 1)[1]
        assert comment.count("--") == 1 == comment.count("-->")  # nothing in the comment ends it
        assert all(isinstance(tag, str) and tag for tag in body["tags"])
    rows = {"total": 1, "rows": [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]}
    path.write_text(
        json.dumps(rows) + "\n" + json.dumps({"text": "somebody's own note", "target": []}), encoding="utf-8"
    )
    outcome = record.import_from("hypothesis", path)  # as its search gives them back
    assert outcome.known >= len(record.statements())
    assert outcome.told == ("1 annotations that no record wrote: they name no party and option",)


def test_spacy_reads_the_spans(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("prodigy", tmp_path / "p.jsonl")
    blank, quotes = spacy.blank("en"), []
    for line in path.read_text(encoding="utf-8").splitlines():
        task = json.loads(line)
        document = blank.make_doc(task["text"])
        (span,) = task["spans"]
        found = document.char_span(span["start"], span["end"], label=span["label"], alignment_mode="expand")
        assert found.label_ == span["label"]
        quotes.append(task["text"][span["start"] : span["end"]])
    assert quotes == [one.quote for one in record.statements()]


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def prodigy_answers(path: Path, **answers: object) -> list[dict]:
    tasks = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for number, task in enumerate(tasks):
        task |= {"answer": "ignore", "_timestamp": 1_900_000_000 + number, "_annotator_id": "anna"}
    return tasks


def save(path: Path, tasks: list[dict]) -> None:
    path.write_text("".join(json.dumps(task) + "\n" for task in tasks), encoding="utf-8")


def test_answers_of_prodigy_are_judgements(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("prodigy", tmp_path / "p.jsonl")
    statements = record.statements()
    by_place = {(one.report, one.option): place for place, one in enumerate(statements)}
    tasks = prodigy_answers(path)
    accepted, relabelled, moved = by_place["c.txt", "bridge"], by_place["b.html", "ferry"], by_place["b.html", "bridge"]
    tasks[accepted]["answer"] = tasks[relabelled]["answer"] = tasks[moved]["answer"] = "accept"
    tasks[relabelled]["spans"][0]["label"] = "southland | ferry | against"
    tasks[moved]["spans"][0]["start"] += len("open to ")
    save(path, tasks)
    outcome = record.import_from("prodigy", path)
    assert outcome.unplaced == ()
    after = {one.statement.id: one for one in record.judged(rejected=True)}
    ids = [one.id for one in statements]
    assert (str(after[ids[accepted]].verdict), after[ids[accepted]].reason) == (
        "confirm",
        f"confirmed by anna on {today()}",
    )
    assert str(after[ids[relabelled]].effective.stance) == "against"
    # Its borders drawn otherwise, it is the same passage: anna's own statement stands beside it and confirms it.
    assert str(after[ids[moved]].verdict) == "confirm"
    own = record.store.statements(reader="anna")
    assert [one.quote for one in own] == ["a bridge, –– if jobs are kept"]
    assert own[0].id not in {one.id for one in record.statements()}
    assert [one.verdict for one in record.store.judgements() if one.statement == ids[moved]] == [Verdict.UNSURE]
    again = record.import_from("prodigy", path)
    assert (again.statements, again.judgements, again.unplaced) == (0, 0, ())
    # Somebody decides otherwise in the record: the old file does not overrule that, nor is it a conflict any more.
    record.judge(ids[accepted], "reject", reviewer="anna")
    assert record.import_from("prodigy", path).judgements == 0
    assert str({one.statement.id: one for one in record.judged(rejected=True)}[ids[accepted]].verdict) == "reject"


def test_a_decision_elsewhere_on_what_was_judged_here_since_is_a_conflict(
    record: travaux.Record, tmp_path: Path
) -> None:
    (path,) = record.export("prodigy", tmp_path / "p.jsonl")
    tasks = prodigy_answers(path)
    place = next(place for place, one in enumerate(record.statements()) if one.report == "c.txt")
    identity = record.statements()[place].id
    tasks[place]["answer"] = "accept"
    save(path, tasks)
    record.judge(identity, "reject", reviewer="B. Reader")
    outcome = record.import_from("prodigy", path)
    (conflict,) = outcome.unplaced
    assert conflict.kind == "conflict"
    assert conflict.says.startswith("in the record it is rejected by B. Reader")
    assert outcome.judgements == 0


def test_label_studio_round(record: travaux.Record, tmp_path: Path) -> None:
    tasks_path, interface = record.export("label-studio", tmp_path)
    view = ElementTree.fromstring(interface.read_text(encoding="utf-8"))
    (labels,) = view.findall("Labels")
    known = {label.get("value") for label in labels}
    assert len(known) == 3 * 2 * 3
    (text,) = view.findall("Text")
    assert (text.get("name"), text.get("value")) == (labels.get("toName"), "$text")
    tasks = json.loads(tasks_path.read_text(encoding="utf-8"))
    regions = [(task, region) for task in tasks for given in task["predictions"] for region in given["result"]]
    assert len(regions) == len(record.statements())
    for task, region in regions:
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert set(value["labels"]) <= known
        assert (region["from_name"], region["to_name"]) == (labels.get("name"), text.get("name"))

    first = tasks[0]
    kept, removed = (json.loads(json.dumps(region)) for region in first["predictions"][0]["result"])
    assert removed["value"]["labels"] == ["southland | bridge | against"]
    words = "no night ferry without pay"
    start = first["data"]["text"].index(words)
    # A front end that counts UTF-16 units: there is one emoji more before the place than it counts characters.
    units = len(first["data"]["text"][:start].encode("utf-16-le")) // 2
    added = {
        "id": "x1", "from_name": "position", "to_name": "text", "type": "labels",
        "value": {"start": units, "end": units + len(words), "text": words, "labels": ["union | ferry | against"]},
    }  # fmt: skip
    first["annotations"] = [
        {"result": [kept, added], "completed_by": {"id": 3, "email": "lea@example.org"}, "was_cancelled": False,
         "created_at": "2030-03-17T10:00:00Z", "updated_at": "2030-03-17T12:00:00.5+02:00"},
        {"result": [], "completed_by": 4, "was_cancelled": True},
    ]  # fmt: skip
    tasks_path.write_text(json.dumps(tasks), encoding="utf-8")
    outcome = record.import_from("label-studio", tmp_path)
    assert outcome.unplaced == ()
    after = {one.statement.id: one for one in record.judged(rejected=True)}
    assert after[kept["id"]].reason.startswith("confirmed by lea@example.org on")
    assert str(after[removed["id"]].verdict) == "reject"
    (own,) = record.store.statements(reader="lea@example.org")
    assert own.quote == words
    # Their clock is four years fast: the decisions count from now on, and what is decided here later outweighs them.
    lea = [one for one in record.store.judgements() if one.reviewer == "lea@example.org"]
    assert {(one.at[:10], one.note[-38:]) for one in lea} == {
        (today(), "(dated 2030-03-17T10:00:00+00:00 there)"[-38:])
    }
    again = record.import_from("label-studio", tmp_path)
    assert (again.statements, again.judgements, again.unplaced) == (0, 0, ())


def test_labels_are_read_back(record: travaux.Record) -> None:
    for one in record.statements():
        assert position_in(label_of(one)) == {"party": one.party, "option": one.option, "stance": str(one.stance)}
    for wrong in ("", "PERSON", "a | b", "a |  | for", "a | b | for | x"):
        assert position_in(wrong) == {}


@pytest.mark.parametrize(
    ("form", "content", "told"),
    [
        ("annotations", "{", "not JSON"),
        ("annotations", '{"type": "Other"}', "no annotations"),
        ("hypothesis", "{}\n{", ":2: not JSON"),
        ("label-studio", "[1]", "not a list of tasks"),
        ("label-studio", '[{"data": {}}]', "task 1 has no text"),
        ("prodigy", "[]\n", "not a JSON object"),
        ("csl", "{}", "not a list of CSL items"),
        ("bibtex", "hello", "no entries"),
    ],
)
def test_files_that_are_none(form: str, content: str, told: str, record: travaux.Record, tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text(content)
    with pytest.raises(RequestError, match=told):
        record.import_from(form, path)


def test_what_cannot_be_placed_is_told_and_the_rest_goes_on(record: travaux.Record, tmp_path: Path) -> None:
    rows = [
        {"report": "none.txt", "quote": "x", "party": "union", "option": "ferry", "stance": "for"},
        {"report": "c.txt", "quote": "never said", "party": "union", "option": "ferry", "stance": "for"},
        {"report": "c.txt", "quote": "the bridge", "party": "union", "option": "bridge", "stance": "for"},
        {"report": "c.txt", "quote": "Later", "party": "eastland", "option": "ferry", "stance": "for"},
        {"report": "c.txt", "quote": "Later", "party": "union", "option": "ferry", "stance": "perhaps"},
        {"report": "c.txt", "quote": "Later", "party": "the north", "option": "night ferry", "stance": "for"},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    outcome = record.import_from("jsonl", path)
    told = [one.says for one in outcome.unplaced]
    assert told[0].startswith("the record has no report 'none.txt'")
    assert told[1:] == [
        "its words do not stand in the report",
        "its words stand more than once in the report, and the file does not say where",
        "the agenda has no party 'eastland'",
        "off the codebook: 'perhaps' is not a valid Stance",
    ]
    assert outcome.statements == 1
    (own,) = record.store.statements(reader="jsonl")
    assert (own.party, own.option, str(own.act)) == ("northland", "ferry", "state")
    assert record.store.check() == []
