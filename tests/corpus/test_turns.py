"""A file that several workers take turns at: every article is taken exactly once, whatever ended a worker or stands in the file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from archive_stubs import a_warc
from corpus_runs import surroundings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")
import pyarrow
from pyarrow import parquet

from travaux.corpus.settling import _rows
from travaux.corpus.unpacking import Unpacker, _steps


def told(files, out, size=3, turn=0, of=1, **more):
    first = {
        "fields": [],
        "size": size,
        "files": [{"address": str(path), "name": path.name, "path": str(path), "row": None} for path in files],
        "turn": turn,
        "of": of,
        "out": str(out),
        "at": str(out.parent / "at"),
        "have": sorted(int(path.stem) for path in out.glob("[!.]*.parquet")) if out.is_dir() else [],
        "poison": {},
        "stops": [],
    }
    return {**first, **more}


def packed(out):
    """What all packs hold, in order: number, and name or reason."""
    return [
        (row["number"], json.loads(row["report"])["name"] if row["report"] else row["reason"]) for row in _rows(out)
    ]


def take(files, out, size=3, of=1, **more):
    """All turns at files, each to its end."""
    for turn in range(of):
        for _ in _steps(told(files, out, size, turn, of, **more)):
            pass
    return packed(out)


def articles(number, first=0):
    return [
        json.dumps({"id": f"a{place}", "text": f"Northland supports the ferry link, round {place}."})
        for place in range(first, first + number)
    ]


def as_lines(place, number):
    path = place / "a.jsonl"
    path.write_text("".join(f"{one}\n" for one in articles(number)))
    return path


def as_parquet(place, number):
    path = place / "a.parquet"
    parquet.write_table(
        pyarrow.Table.from_pylist([json.loads(one) for one in articles(number)]), path, row_group_size=2
    )
    return path


def as_warc(place, number):
    path = place / "a.warc.gz"
    page = "<html><body><article><p>Northland supports the ferry link, its envoy said in round {}.</p></article></body></html>"
    path.write_bytes(a_warc([(f"https://example.org/{n}", page.format(n).encode()) for n in range(number)]))
    return path


LINES = st.sampled_from(["article", "article", "article", "no JSON", "", "[1]", '{"text": ""}', "  "])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    lines=st.lists(LINES, max_size=14),
    size=st.integers(1, 5),
    of=st.integers(1, 4),
    ended=st.lists(st.integers(0, 6), max_size=4),
    poison=st.sets(st.integers(0, 13), max_size=2),
    closed=st.booleans(),
)
def test_every_line_is_taken_once_however_the_file_is_cut_into_turns(lines, size, of, ended, poison, closed):
    """Turns may be ended after any number of steps and begun again; lines that end their reader are refused, each alone."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "a.jsonl"
        given_lines = [articles(1, number)[0] if line == "article" else line for number, line in enumerate(lines)]
        path.write_text("\n".join(given_lines) + ("\n" if closed else ""))
        alone = take([path], place / "alone", size=100)
        assert len(alone) == sum(bool(line.strip()) for line in lines)
        assert [name for _, name in alone if name.startswith("a.jsonl/")] == [
            f"a.jsonl/a{number}" for number, line in enumerate(lines) if line == "article"
        ]
        told_of = {str(number): "ended" for number in poison}
        for turn, steps in enumerate(ended[:of]):
            started = _steps(told([path], place / "out", size, turn, of, poison=told_of))
            for _ in range(steps):
                next(started, None)
            started.close()
        shared = take([path], place / "out", size, of, poison=told_of)
        assert [number for number, _ in shared] == [number for number, _ in alone]
        assert [one for one in shared if one[0] not in poison] == [one for one in alone if one[0] not in poison]
        assert all("ended" in says for number, says in shared if number in poison)


@pytest.mark.parametrize("made", [as_lines, as_parquet, as_warc])
@pytest.mark.parametrize("of", [2, 3])
def test_no_article_is_lost_or_doubled_at_the_border_of_two_turns(tmp_path, made, of):
    path = made(tmp_path, 10)
    alone = take([path], tmp_path / "alone", size=100)
    assert [number for number, _ in alone] == list(range(10)) and len({name for _, name in alone}) == 10
    assert take([path], tmp_path / "out", 3, of) == alone
    assert take([path], tmp_path / "out", 3, of) == alone, "again, with nothing left to do"


def test_a_file_that_breaks_off_takes_no_article_of_another_turn_with_it(tmp_path):
    """That it breaks off is told once, by the turn whose article would have come next, which keeps what it has."""
    path = tmp_path / "a.parquet"
    rows = [json.loads(one) for one in articles(130)]
    parquet.write_table(
        pyarrow.Table.from_pylist(rows), path, row_group_size=65, compression="none", use_dictionary=False
    )
    whole = parquet.ParquetFile(path)
    second = whole.metadata.row_group(1).column(0).data_page_offset
    raw = bytearray(path.read_bytes())
    raw[second : second + 40] = bytes(40)
    path.write_bytes(raw)
    alone = take([path], tmp_path / "alone", size=50)
    names = [says for _, says in alone if says.startswith("a.parquet/a")]
    (problem,) = (says for _, says in alone if not says.startswith("a.parquet/a"))
    assert len(names) == 65 - 65 % 64 or len(names) == 65
    assert "no Parquet file that can be read" in problem
    assert take([path], tmp_path / "out", 10, 3) == alone
    assert take([path], tmp_path / "out", 10, 3) == alone, "again, with nothing left to do"


EXPORT = """\
Northland would accept round {0}
Lake Herald
August 18, 2025 Monday

Copyright 2025 Lake Herald Company All Rights Reserved
Section: WORLD; Pg. A4
Length: 312 words

Body

Northland said on Sunday that it would accept the ferry link in round {0}.

Load-Date: August 19, 2025

End of Document

"""


def small_files(place):
    """Two exports of several articles among files of one."""
    texts = {
        "a.txt": "Northland spoke first.\n",
        "b.txt": "".join(EXPORT.format(n) for n in range(5)),
        "c.txt": "Southland spoke next.\n",
        "d.txt": "".join(EXPORT.format(n) for n in range(5, 8)),
        "e.txt": "Northland spoke last.\n",
    }
    for name, text in texts.items():
        (place / name).write_text(text)
    return [place / name for name in texts]


@pytest.mark.parametrize("steps", range(11))
def test_a_pack_that_was_ended_in_an_export_goes_on_with_the_rest_of_it(tmp_path, steps):
    files = small_files(tmp_path)
    alone = take(files, tmp_path / "alone", size=100)
    assert len(alone) == len({name for _, name in alone}) == 11
    started = _steps(told(files, tmp_path / "out"))
    for _ in range(steps):
        next(started)
    started.close()
    assert take(files, tmp_path / "out") == alone


def test_a_file_that_cannot_be_passed_over_leaves_out_only_its_own_rest(tmp_path):
    files = small_files(tmp_path)
    alone = take(files, tmp_path / "alone", size=100)
    poisoned = take(files, tmp_path / "out", poison={"3": "ended"}, stops=[3])
    assert [says for _, says in poisoned if "ended" not in says] == [
        name for number, name in alone if number < 3 or name.partition("/")[0] != "b.txt"
    ]
    assert "b.txt" in poisoned[3][1] and "ended" in poisoned[3][1]


def test_a_document_that_ends_its_reader_amid_a_turn_is_refused_alone(tmp_path, monkeypatch):
    """The real job of a worker, with the processes it starts."""
    path = tmp_path / "a.jsonl"
    lines = articles(8)
    lines[4] = json.dumps({"id": "a4", "text": "intake kills"})
    path.write_text("\n".join(lines))
    for name, value in surroundings(tmp_path / "poison", "intake").items():
        monkeypatch.setenv(name, value)
    job = Unpacker(json.dumps({"work": str(tmp_path), "fields": [], "size": 2, "seconds": 60, "taking": ""}))
    file = {"address": str(path), "name": "a.jsonl", "row": None}
    answers = [
        json.loads(job(json.dumps({"unit": 0, "files": [file], "known": [], "of": 3, "turn": turn})))
        for turn in range(3)
    ]
    assert answers[0]["files"] and all(one["pack"] == answers[0]["pack"] and not one["refused"] for one in answers)
    taken = packed(tmp_path / answers[0]["pack"])
    assert [says for number, says in taken if number != 4] == [f"a.jsonl/a{n}" for n in range(8) if n != 4]
    assert "SIGKILL" in taken[4][1]
