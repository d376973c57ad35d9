"""families and flags on the command line and from Python, kept up to date and told once."""

import csv
import io
import json

import pytest

import travaux as package
from travaux.model import FlagKind
from travaux.provenance import families as families_module
from travaux.provenance.flags import Assessor
from travaux.record import Store


def test_families_as_data_have_the_places_of_what_is_shared(travaux, record):
    found = json.loads(travaux("families", record, "--json").out)
    assert [one["reports"] for one in found] == [
        ["02-washington-wire.txt", "03-harbour-herald.txt"],
        ["04-two-layers-explained.txt", "05-putin-blinks.txt"],
    ]
    assert found[0]["verdict"] == "copy shown" and found[0]["original"] == "02-washington-wire.txt"
    assert found[1]["verdict"] == "shared origin likely" and found[1]["original"] is None
    with Store.open(record, read_only=True) as store:
        first, second = (store.report(name).text for name in found[0]["reports"])
    for passage in found[0]["links"][0]["passages"]:
        ours, theirs = first[passage["start"] : passage["end"]], second[passage["other_start"] : passage["other_end"]]
        assert ours.split()[:8] == theirs.split()[:8]


def test_families_shown_with_their_passages(travaux, record):
    shown = " ".join(travaux("families", record, "--why").out.split())
    assert "02-washington-wire.txt probably the original" in shown
    assert "“Ukraine will get firm guarantees of its safety" in shown
    alone = travaux("families", record, "--report", "06-what-article-five-says.txt")
    assert "No link found of 06-what-article-five-says.txt to any other report." in alone.out


def test_flags_by_report_kind_and_time(travaux, record):
    everything = json.loads(travaux("flags", record, "--json").out)
    assert {one["kind"] for one in everything} >= {"wrong-role", "misspelt-name", "generator-leftover", "undated"}
    (wrong,) = json.loads(travaux("flags", record, "--kind", "wrong-role", "--json").out)
    assert (wrong["report"], wrong["quote"]) == ("05-putin-blinks.txt", "German Foreign Minister Friedrich Merz")
    one = json.loads(travaux("flags", record, "--report", "01-rome-after-alaska.txt", "--json").out)
    assert {row["report"] for row in one} == {"01-rome-after-alaska.txt"}
    early = json.loads(travaux("flags", record, "--as-of", "2025-08-19", "--json").out)
    late = json.loads(travaux("flags", record, "--since", "2025-08-20", "--json").out)
    assert early and late and not {row["id"] for row in early} & {row["id"] for row in late}
    assert "undated" not in {row["kind"] for row in early + late}
    rows = list(csv.DictReader(io.StringIO(travaux("flags", record, "--csv").out)))
    assert len(rows) == len(everything)


def test_every_flag_quotes_its_report(record):
    with package.Record.open(record) as opened:
        texts = {one.name: one.text for one in opened.store.reports()}
        for flag in opened.flags():
            assert texts[flag.report][flag.start : flag.end] == flag.quote
        assert opened.flags(kind=FlagKind.UNDATED) == opened.flags(kind="undated")
        with pytest.raises(package.TravauxError, match="no kind of flag 'bad'"):
            opened.flags(kind="bad")


def test_what_nothing_has_changed_is_not_made_again(record, monkeypatch):
    with package.Record.open(record) as opened:
        before = opened.flags(), opened.families()

        def never(*_):
            raise AssertionError("made again")

        monkeypatch.setattr(Assessor, "assess", never)
        monkeypatch.setattr(families_module, "families_among", never)
        assert (opened.flags(), opened.families()) == before


def test_a_new_report_a_date_and_another_agenda_are_taken_into_account(record, tmp_path, monkeypatch):
    with package.Record.open(record) as opened:
        opened.assess()
        looked_at = []
        assess = Assessor.assess
        monkeypatch.setattr(
            Assessor, "assess", lambda self, report: looked_at.append(report.name) or assess(self, report)
        )
        text = opened.store.report("06-what-article-five-says.txt").text
        (tmp_path / "again.txt").write_text("Another headline stands here\n\n" + text, encoding="utf-8")
        opened.add(tmp_path / "again.txt")
        assert ("06-what-article-five-says.txt", "again.txt") in [one.reports for one in opened.families()]
        assert looked_at == ["again.txt"]
        agenda = record / "agenda.yaml"
        agenda.write_text(
            agenda.read_text().replace("role: Chancellor of Germany", "role: Foreign Minister of Germany")
        )
        assert {flag.report for flag in opened.flags(kind="wrong-role")} >= {"09-berlin-nato-seat.txt"}
        agenda.write_text("broken: [")
        assert opened.flags(kind="wrong-role") == [] and opened.flags(kind="page-chrome")


def test_a_record_that_is_only_read_gives_the_same(record):
    with package.Record.open(record) as opened:
        stored = opened.flags(), opened.families()
    with Store.open(record) as store:
        store.set_info("worth", "of another time")
    with package.Record.open(record, read_only=True) as opened:
        assert (opened.flags(), opened.families()) == stored


def test_copies_count_once_in_positions_matrix_and_exports(travaux, record):
    rows = {row["id"]: row for row in json.loads(travaux("show", record, "--json").out)}
    assert all(0 < row["support"] <= len(row["reports"]) for row in rows.values() if row["stances"])
    fewer = [row for row in rows.values() if row["support"] < len(row["reports"])]
    assert fewer and all("copies or rewordings" in row["reason"] for row in fewer)
    assert all(row["distance"] for row in rows.values() if row["stances"])
    statements = json.loads(travaux("statements", record, "--json").out)
    by_via = {"narrator": "report's account", "other": "relayed", "anonymous": "anonymous"}
    assert {row["via"] for row in statements} > {"speaker"}
    for row in statements:
        assert row["distance"] == by_via.get(row["via"], row["distance"])
        assert (row["via"] == "speaker") == (row["distance"] in ("own words", "paraphrased"))


def test_the_page_names_flags_and_families(travaux, record):
    page = travaux("page", record, "-o", "-").out
    assert "One source with" in page and "generator-leftover" in page
    assert "This is probably the original." in page


def test_evaluate_shows_flags_and_families_beside_statements(travaux, record):
    from pathlib import Path

    example = Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"
    rows = {row["id"]: row for row in json.loads(travaux("evaluate", record, example, "--json").out)}
    assert rows["families"]["f1"] >= 0.9
    assert rows["flags"]["p"] >= 0.9 and rows["flags"]["r"] >= 0.85
    assert rows["position"]["f1"] > 0
