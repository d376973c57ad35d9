"""The public surface, and a record used from Python."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

import travaux
from travaux.errors import AgendaError, NotARecord, RequestError, UnknownName
from travaux.model import Act, Reading, ReportState, Stance, Verdict, statement_id

ROOT = Path(__file__).resolve().parents[1]

PUBLIC = [
    "build",
    "Record",
    "AddOutcome",
    "ReadOutcome",
    "UpdateOutcome",
    "Failure",
    "Agenda",
    "Report",
    "Statement",
    "Said",
    "Stance",
    "Act",
    "Via",
    "Verdict",
    "TravauxError",
    "__version__",
]
METHODS = {
    "new", "open", "close", "agenda", "notice", "add", "add_bytes", "read", "reports", "judged", "statements",
    "positions", "matrix", "said", "judge", "orphaned", "export", "page", "evaluate", "reader", "choose_reader", "dropped",
    "compare_readers", "sources", "add_source", "remove_source", "update", "changes", "date", "datings",
    "assess", "settle", "flags", "families", "evaluate_checks",
    "shifts", "conflicts", "meetings", "incidents",
    "term_sheet", "term_changes", "references", "compare_terms", "nearest_references", "packages",
    "what_if", "weighed_packages", "option_ids", "term_pairs", "term_entries",
    "import_from", "draft_agenda", "merge", "network",
    "queue", "add_statement", "withdraw", "undo", "judgements", "reviewers", "reviewer_agreement",
    "preview_edit", "edit_agenda", "agenda_log", "preview_agenda_undo", "undo_agenda_edit",
    "sample", "blind_queue", "judge_blind", "blind_agreement",
    "search", "page_view", "copy", "audit", "read_changes", "looking",
}  # fmt: skip


def test_the_public_surface_is_this_list():
    assert travaux.__all__ == PUBLIC
    for name in PUBLIC:
        assert getattr(travaux, name) is not None
        assert name in dir(travaux)
    with pytest.raises(AttributeError, match="no attribute 'recrod'"):
        _ = travaux.recrod


def test_a_record_has_these_verbs():
    assert {name for name in dir(travaux.Record) if not name.startswith("_")} == METHODS
    for name in METHODS:
        assert getattr(travaux.Record, name).__doc__


def test_the_version_is_that_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == travaux.__version__
    changes = (ROOT / "CHANGELOG.md").read_text()
    assert f"[{travaux.__version__}]" in changes or "[Unreleased]" in changes


def test_importing_is_light():
    program = "import sys, travaux, travaux.api, travaux.building, travaux.cli; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["spacy", "trafilatura", "alembic", "sqlalchemy", "numpy", "lxml", "onnxruntime", "pydantic", "rich"]
    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("module", ["travaux.corpus.unpacking", "travaux.corpus.reading"])
def test_what_a_process_of_a_corpus_imports_is_light(module):
    program = f"import sys, {module}; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = [
        "spacy",
        "trafilatura",
        "htmldate",
        "alembic",
        "sqlalchemy",
        "onnxruntime",
        "daft",
        "ray",
        "pandas",
        "rich",
    ]
    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_names_that_are_loaded_when_asked_for_come_from_where_they_are_imported_for_types():
    """They stand in a package thrice: for the type checker, in its list of names, and with the module that has them."""
    looked_at = 0
    for path in sorted((ROOT / "src" / "travaux").rglob("__init__.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "on_first_access"
        ]
        if not calls:
            continue
        looked_at += 1
        homes = ast.literal_eval(calls[0].args[1])
        (typed,) = (node for node in tree.body if isinstance(node, ast.If))
        assert {node.module: {name.name for name in node.names} for node in typed.body} == {
            home: set(names) for home, names in homes.items()
        }
        package = import_module(".".join(path.parent.relative_to(ROOT / "src").parts))
        offered = [name for names in homes.values() for name in names]
        assert sorted(offered) == sorted(set(package.__all__) - {"__version__"})
        assert all(
            getattr(package, name) is getattr(import_module(home), name) for home in homes for name in homes[home]
        )
    assert looked_at == 4


AGENDA = """\
title: The link
notice: Exercise.
parties:
  - {id: northland, name: Northland, names: [the north]}
  - {id: southland, name: Southland}
issues:
  - id: link
    title: The link
    options:
      - {id: ferry, says: A ferry runs}
      - {id: bridge, says: A bridge is built}
"""
QUOTES = {
    "Northland would accept a ferry.": ("northland", "ferry", Stance.FOR),
    "Southland rejects the bridge.": ("southland", "bridge", Stance.AGAINST),
}


class Copyist:
    """A reader that knows two sentences by heart, so that these tests are about the record alone."""

    name = "local"

    def __init__(self):
        self.read_names = []

    def fingerprint(self):
        return {"code": "1"}

    def read(self, report, agenda):
        self.read_names.append(report.name)
        found = []
        for quote, (party, option, stance) in QUOTES.items():
            start = report.text.find(quote)
            if start >= 0:
                end = start + len(quote)
                identity = statement_id("local", report.id, start, end, party, option, stance, False, None, "narrator")
                found.append(
                    travaux.Statement(
                        identity,
                        report.name,
                        report.id,
                        start,
                        end,
                        quote,
                        party,
                        option,
                        stance,
                        Act.STATE,
                        via=travaux.Via.NARRATOR,
                    )
                )
        found.sort(key=lambda one: one.start)
        return Reading(tuple(found), 2)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "talks"
    (place / "reports").mkdir(parents=True)
    (place / "agenda.yaml").write_text(AGENDA)
    north, south = QUOTES
    (place / "reports" / "a.txt").write_text(f"{north}\n\n{south}\n")
    (place / "reports" / "b.txt").write_text(f"On Monday the ministry said no more.\n\n{south}\n")
    (place / "manifest.csv").write_text("file,published\na.txt,2025-08-16\n")
    return place


@pytest.fixture
def record(folder):
    with travaux.Record.new(folder) as made:
        made.add(folder)
        made.read(Copyist())
        yield made


def test_new_keeps_an_agenda_that_is_there(record):
    assert record.agenda.title == "The link"
    assert repr(record) == f"Record({str(record.folder)!r})"


def test_adding_says_what_became_of_each_file(record, folder, tmp_path):
    outcome = record.add(folder / "reports", tmp_path / "none.txt")
    assert [str(one.outcome) for one in outcome.added] == ["already", "already"]
    assert outcome.new == 0
    assert [one.name for one in outcome.refused] == ["none.txt"]
    assert record.add_bytes(b"Nobody said anything.\n", "c.txt").new == 1


def test_reading_reads_what_is_new_and_counts_states(record):
    reader = Copyist()
    told = []
    record.add_bytes(b"Southland rejects the bridge.\n", "c.txt")
    outcome = record.read(reader, progress=lambda *seen: told.append(seen))
    assert reader.read_names == ["c.txt"]
    assert told == [("c.txt", 1, 1)]
    assert outcome.read == 1
    assert outcome.counts == {ReportState.READ: 3}
    assert record.read(Copyist()).read == 0
    with pytest.raises(RequestError, match="no reader 'oracle'"):
        record.read("oracle")


def test_an_edited_agenda_is_seen_at_once_and_makes_reports_unread(record, folder):
    text = (folder / "agenda.yaml").read_text()
    (folder / "agenda.yaml").write_text(text.replace("[the north]", "[the north, Northlanders]"))
    assert record.agenda.parties[0].names == ("the north", "Northlanders")
    assert record.read(Copyist()).read == 2


def test_statements_by_party_option_and_report(record):
    assert [(one.report, one.party) for one in record.statements()] == [
        ("a.txt", "northland"),
        ("a.txt", "southland"),
        ("b.txt", "southland"),
    ]
    assert [one.party for one in record.statements("THE NORTH")] == ["northland"]
    assert [one.report for one in record.statements(option="A bridge is built", report="b.txt")] == ["b.txt"]
    assert len(record.statements(report=record.reports()[0].id)) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"party": "nortland"}, "no party 'nortland' in this record (did you mean `northland`?)"),
        ({"option": "brigde"}, "no option 'brigde' in this record (did you mean `bridge`?)"),
        ({"report": "a.text"}, "no report 'a.text' in this record (did you mean `a.txt`?)"),
    ],
)
def test_unknown_names_name_the_nearest(record, asked, told):
    with pytest.raises(UnknownName, match=re.escape(told)):
        record.statements(**asked)


def test_positions_and_matrix_agree(record):
    held = {(one.party, one.option): one.stances for one in record.positions()}
    assert held == {("northland", "ferry"): (Stance.FOR,), ("southland", "bridge"): (Stance.AGAINST,)}
    cells = {(c.party.id, c.option.id): c.position.stances for r in record.matrix().rows for c in r.cells if c.position}
    assert cells == held
    for early in ("2025-08-15", date(2025, 8, 15)):
        assert [one.stances for one in record.positions(as_of=early)] == [()], "an undated report, told and left out"
        assert record.matrix(as_of=early).is_empty
        assert record.matrix(as_of=early).unplaced == 1
    assert record.matrix(as_of="2025-08-16").as_of == date(2025, 8, 16)
    with pytest.raises(RequestError, match="'soon' is no date"):
        record.positions(as_of="soon")


def test_judgements_count_at_once_and_stay(record, folder):
    first, second, third = record.statements()
    record.judge(first, "correct", reviewer="A. Reader", corrections={"stance": "against", "party": "Southland"})
    record.judge(second.id[:10], Verdict.REJECT, reviewer="A. Reader", note="a caption")
    for again in (record, travaux.Record.open(folder, read_only=True)):
        assert [(one.party, one.stance) for one in again.statements()] == [
            ("southland", Stance.AGAINST),
            ("southland", Stance.AGAINST),
        ]
        assert [one.id for one in again.statements(rejected=True)] == [first.id, second.id, third.id]
        if again is not record:
            again.close()
    assert record.positions(party="northland") == []
    for wrong in ({"verdict": "true"}, {"verdict": "correct", "corrections": {"party": "nobody"}}):
        with pytest.raises(RequestError):
            record.judge(first, reviewer="A. Reader", **wrong)
    with pytest.raises(UnknownName, match="no statement"):
        record.judge("ffffffff", "confirm", reviewer="A. Reader")


def test_a_judgement_whose_passage_is_gone_is_orphaned_not_lost(record, folder):
    record.judge(record.statements()[0], "confirm", reviewer="A. Reader")
    (folder / "agenda.yaml").write_text(AGENDA.replace("[the north]", "[north]"))

    class Silent(Copyist):
        def read(self, report, agenda):
            return Reading((), 2)

    record.read(Silent())
    assert [one.verdict for one in record.orphaned()] == [Verdict.CONFIRM]
    (folder / "agenda.yaml").write_text(AGENDA)
    record.read(Copyist())
    assert record.orphaned() == []


def test_export_page_and_notebook_carry_the_notice(record, tmp_path):
    paths = record.export("datapackage", tmp_path / "out")
    assert json.loads(paths[-1].read_text())["notice"] == "Exercise."
    for html in (record.page(), record._repr_html_()):
        assert "Exercise." in html
        assert "A ferry runs" in html
    with pytest.raises(RequestError, match="no export format 'doc'"):
        record.export("doc", tmp_path)


def test_evaluation(record, folder, tmp_path):
    gold = tmp_path / "gold"
    shutil.copytree(folder / "reports", gold / "reports")
    rows = [{"report": one.report, "quote": one.quote, "party": one.party, "option": one.option, "stance": one.stance,
             "act": one.act, "via": one.via} for one in record.statements()]  # fmt: skip
    (gold / "statements.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert record.evaluate(gold).position.f1 == 1.0


def test_build_opens_what_it_built(folder, monkeypatch):
    monkeypatch.setattr("travaux.api.reading._reader", lambda _: Copyist())
    with travaux.build(folder) as record:
        assert len(record.statements()) == 3
    with travaux.build(folder) as record:
        assert len(record.reports()) == 2


def test_build_refuses_what_it_cannot_use(tmp_path):
    with pytest.raises(NotARecord, match="there is no such folder"):
        travaux.build(tmp_path / "none")
    with pytest.raises(AgendaError, match="there is no agenda"):
        travaux.build(tmp_path)
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    with pytest.raises(RequestError, match="no reports here"):
        travaux.build(tmp_path, tmp_path / "record")
