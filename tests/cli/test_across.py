"""shifts, conflicts, meetings, incidents from the command line, and their figures in evaluate."""

import json

from travaux.analysis.conflicts_apart import AT_MOST
from travaux.exchange.across_rows import CONFLICTS, EVENTS, SHIFTS


def rows(ended):
    assert ended.code == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


def test_shifts_have_both_quotes_and_a_known_order(travaux, record):
    found = rows(travaux("shifts", record, "--jsonl"))
    assert found
    assert all(tuple(row) == SHIFTS for row in found)
    dated = [row for row in found if row["order"] == "dates"]
    assert dated
    assert all(
        row["before_published"] < row["after_published"] and row["before_quote"] and row["after_quote"] for row in dated
    )
    assert found[: len(dated)] == dated, "those of known order come first"


def test_limits_of_time_and_party(travaux, record):
    every = rows(travaux("shifts", record, "--jsonl"))
    early = rows(travaux("shifts", record, "--jsonl", "--as-of", "2025-09-30"))
    late = rows(travaux("shifts", record, "--jsonl", "--since", "2025-09-30"))
    assert 0 < len(early) < len(every)
    assert all(row["after_published"] <= "2025-09-30" for row in early if row["order"] == "dates")
    assert all(row["after_published"] >= "2025-09-30" for row in late if row["order"] == "dates")
    assert {row["party"] for row in rows(travaux("shifts", record, "--jsonl", "--party", "russia"))} == {"russia"}


def test_conflicts_say_why_and_come_by_weight(travaux, record):
    found = rows(travaux("conflicts", record, "--jsonl"))
    assert all(tuple(row) == CONFLICTS and len(row["sides"]) > 1 and row["says"] for row in found)
    weights = [row["weight"] for row in found]
    assert weights == sorted(weights, reverse=True)
    merz = next(row for row in found if row["kind"] == "role")
    assert "Friedrich Merz" in merz["about"]
    assert any("Foreign Minister" in side["value"] for side in merz["sides"])


def test_meetings_and_incidents_have_every_reports_version(travaux, record):
    meetings = rows(travaux("meetings", record, "--jsonl"))
    alaska = next(row for row in meetings if row["place"] == "Alaska")
    assert alaska["status"] == "held"
    assert {"Donald Trump", "Vladimir Putin"} <= set(alaska["participants"])
    assert len(alaska["versions"]) == len({version["report"] for version in alaska["versions"]}) > 1
    incidents = rows(travaux("incidents", record, "--jsonl"))
    assert all(tuple(row) == EVENTS for row in (*meetings, *incidents))
    kharkiv = next(row for row in incidents if row["place"] == "Kharkiv")
    assert {figure["words"].lower() for figure in kharkiv["figures"] if figure["counted"] == "killed"} == {
        "at least seven",
        "five",
    }


def test_quotes_of_events_stand_in_their_reports(travaux, record, example_texts):
    for command in ("meetings", "incidents"):
        for row in rows(travaux(command, record, "--jsonl")):
            for version in row["versions"]:
                text = example_texts[version["report"]]
                assert text[version["start"] : version["end"]] == version["quote"]


def test_what_people_read_has_the_quotes_and_the_agendas_words(travaux, record):
    shown = travaux("conflicts", record).out
    assert "the office of Friedrich Merz" in shown
    assert "“" in shown
    assert "Russia on: The guarantors promise" in " ".join(shown.split())


def test_evaluate_shows_the_figures_beside_those_of_the_statements(travaux, record, example_folder):
    figures = {row["id"]: row for row in rows(travaux("evaluate", record, example_folder, "--jsonl"))}
    assert figures["shifts of gold statements"]["f1"] >= 0.75
    assert {"position", "shifts", "conflicts", "conflicts of gold statements", "meetings", "incidents"} <= set(figures)


def test_a_record_too_large_for_comparing_every_sentence_says_so(travaux, record, folder, tmp_path):
    assert "sentence by sentence" not in travaux("conflicts", record).err
    for number in range(AT_MOST):
        (folder / "reports" / f"{number:03}-brief.txt").write_text(
            f"Brief {number}\n\nIt rained on quay {number}.\n", "utf-8"
        )
    assert travaux("build", folder, "--output", tmp_path / "large").code == 0
    told = travaux("conflicts", tmp_path / "large").err
    assert f"With {AT_MOST + 2} reports (more than {AT_MOST}), independent reports" in told
