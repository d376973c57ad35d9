"""A corpus that is read again, added to, ended at any moment, or holds documents that end whatever reads them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from archive_stubs import a_warc
from corpus_runs import AGENDA, lines, run, started, surroundings

pytest.importorskip("daft")
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import FLAGS, READINGS, REFUSED, REPORTS, STATEMENTS


def all_rows(folder, table, *columns):
    corpus = CorpusFolder.opened(folder)
    return [row for part in corpus.parts(table) for row in corpus.rows(table, part, columns or None)]


def whole(folder):
    """All there is in a corpus, whatever the order it was made in."""
    found = {table.name: [json.dumps(row, default=str, sort_keys=True) for row in all_rows(folder, table)]
             for table in (REPORTS, READINGS, STATEMENTS, FLAGS)}  # fmt: skip
    return {name: sorted(rows) for name, rows in found.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    place = tmp_path_factory.mktemp("undisturbed")
    (place / "a.jsonl").write_text(lines(12))
    outcome = run(place / "a.jsonl", place / "corpus", part=3, workers=2)
    return place, outcome


def test_a_run_reads_everything_once(undisturbed):
    place, outcome = undisturbed
    assert (outcome["new"], outcome["read"], outcome["reports"]) == (12, 12, {"read": 12})
    names = [row["report"] for row in all_rows(place / "corpus", REPORTS, "report")]
    assert names == [f"a.jsonl/a{place:03}" for place in range(12)]
    assert {row["report"] for row in all_rows(place / "corpus", STATEMENTS, "report")} == set(names)
    assert not list((place / "corpus").glob("**/.*.part")) and not (place / "corpus" / ".work").exists()


def test_the_second_run_reads_only_what_is_new_by_content(undisturbed):
    place, _ = undisturbed
    before = whole(place / "corpus")
    again = run(place / "a.jsonl", place / "corpus", part=3, workers=2)
    assert (again["new"], again["copies"], again["read"]) == (0, 0, 0)
    assert whole(place / "corpus") == before
    (place / "a.jsonl").write_text(lines(14))
    more = run(place / "a.jsonl", place / "corpus", part=3, workers=2)
    assert (more["new"], more["copies"], more["read"], more["anew"]) == (2, 12, 2, 0)
    after = whole(place / "corpus")
    assert all(set(before[name]) <= set(after[name]) for name in ("reports", "readings", "statements"))
    place.joinpath("agenda.yaml").write_text(AGENDA.replace("[ferry link]", "[ferry link, ferry]"))
    changed = run(place / "a.jsonl", place / "corpus", part=3, workers=2)
    assert (changed["new"], changed["read"], changed["anew"]) == (0, 14, 14)
    assert whole(place / "corpus")["reports"] == after["reports"]


def moments(corpus):
    """What stands in a corpus at each moment at which it is to be ended, and nothing before."""
    return {
        "unpacking": lambda: list(corpus.glob(".work/*/*.parquet")),
        "settled": lambda: list(corpus.glob("sources/*.parquet")),
        "first part read": lambda: list(corpus.glob("readings/*.parquet")),
        "third part read": lambda: len(list(corpus.glob("readings/*.parquet"))) >= 3,
        "families": lambda: list(corpus.glob("links/*.parquet")),
    }


def test_whatever_moment_it_is_killed_at_nothing_is_lost_or_twice(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(12))
    straight = run(tmp_path / "a.jsonl", tmp_path / "straight", part=3, workers=2)
    corpus = tmp_path / "corpus"
    killed = []
    for moment, come in moments(corpus).items():
        process = started(tmp_path / "a.jsonl", corpus, part=3, workers=2)
        while process.poll() is None and not come():
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed.append(moment)
        process.communicate()
    assert len(killed) >= 3
    last = run(tmp_path / "a.jsonl", corpus, part=3, workers=2)
    assert last["reports"] == straight["reports"] == {"read": 12}
    assert whole(corpus) == whole(tmp_path / "straight")
    assert not list(corpus.glob("**/.*.part"))


def test_ctrl_c_ends_it_at_once_with_all_its_processes_and_nothing_counts_as_failed(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(12))
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    command = [sys.executable, "-m", "travaux", "corpus", "read", str(tmp_path / "a.jsonl"), "--workers", "2"]
    command += ["--agenda", str(tmp_path / "agenda.yaml"), "--out"]
    for moment in ("unpacking", "settled"):
        corpus = tmp_path / moment
        come = moments(corpus)[moment]
        process = subprocess.Popen(
            [*command, str(corpus)], env=surroundings(), stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        while process.poll() is None and not come():
            time.sleep(0.005)
        time.sleep(1.0)
        assert process.poll() is None, moment
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        begun = time.monotonic()
        _, said = process.communicate()
        assert process.returncode == 130 and time.monotonic() - begun < 10
        assert said.splitlines()[-1] == "Stopped: what is done is kept; the same command goes on from there."
        for _ in range(100):
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                break
            time.sleep(0.1)
        else:
            pytest.fail(f"{moment}: a process is left")
        last = run(tmp_path / "a.jsonl", corpus, workers=2)
        assert (last["reports"], last["failed"], last["refused"]) == ({"read": 12}, [], [])


def test_a_document_that_ends_or_hangs_its_reader_fails_alone(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(5, n1="reading kills", n3="reading hangs"))
    env = surroundings(tmp_path / "poison")
    outcome = run(tmp_path / "a.jsonl", tmp_path / "corpus", env, part=5, workers=1, seconds=30)
    assert outcome["reports"] == {"read": 3, "failed": 2}
    assert [name for name, _ in outcome["failed"]] == ["a.jsonl/a001", "a.jsonl/a003"]
    assert "SIGKILL" in outcome["failed"][0][1] and "longer than 30 seconds" in outcome["failed"][1][1]
    rows = {row["report"]: row for row in all_rows(tmp_path / "corpus", READINGS)}
    assert rows["a.jsonl/a001"]["state"] == "failed" and "SIGKILL" in rows["a.jsonl/a001"]["reason"]
    assert {row["report"] for row in all_rows(tmp_path / "corpus", STATEMENTS)} == {
        f"a.jsonl/a00{n}" for n in (0, 2, 4)
    }
    mended = run(tmp_path / "a.jsonl", tmp_path / "corpus", part=5, workers=1, failed_again=True)
    assert (mended["reports"], mended["anew"]) == ({"read": 5}, 5)


def test_a_document_that_ends_or_hangs_intake_is_refused_alone(tmp_path):
    warc = tmp_path / "a"
    warc.mkdir()
    for place in range(6):
        (warc / f"{place}.txt").write_text(f"Northland supports the ferry link, its envoy said in round {place}.\n" * 3)
    (warc / "corpus.jsonl").write_text(lines(4))
    words = ["as planned", "intake kills", "as ever", "intake hangs", "in good order"]
    page = (
        "<html><body><article><p>Talks on the ferry link went on, {}, in round {} of them.</p></article></body></html>"
    )
    pages = [(f"https://example.org/{n}", page.format(word, n).encode()) for n, word in enumerate(words)]
    (warc / "pages.warc.gz").write_bytes(
        a_warc(pages)
    )  # pages of an archive are made by the code that is poisoned here
    env = surroundings(tmp_path / "poison", "intake")
    outcome = run(warc, tmp_path / "corpus", env, part=4, workers=1, seconds=20)
    assert outcome["new"] == 6 + 4 + 3
    reasons = sorted(row["reason"] for row in all_rows(tmp_path / "corpus", REFUSED))
    assert len(reasons) == 2 and "SIGKILL" in "".join(reasons) and "longer than 20 seconds" in "".join(reasons)


def test_two_runs_at_once_and_folders_of_others_are_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(3))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    (tmp_path / "agenda.yaml").write_text(AGENDA)

    def told(*arguments):
        command = [
            sys.executable,
            "-m",
            "travaux",
            "corpus",
            "read",
            *arguments,
            "--agenda",
            str(tmp_path / "agenda.yaml"),
        ]
        return subprocess.run(command, capture_output=True, text=True, env=surroundings())

    refused = told(str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "other"))
    assert refused.returncode == 2 and "something else here" in refused.stderr
    nothing = told(str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "corpus"))
    assert nothing.returncode == 1 and "no such file" in nothing.stderr
    web = told("https://example.org/a.jsonl", "--out", str(tmp_path / "corpus"))
    assert web.returncode == 2 and "download it first" in web.stderr
    with CorpusFolder.opened(tmp_path / "corpus").locked():
        busy = told(str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "corpus"))
    assert busy.returncode == 3 and "another run" in busy.stderr
