"""That a judgement was made blind goes out with it and comes back; files from before know nothing of it."""

import csv

import pytest
from small_record import make_small_record

from travaux import Record
from travaux.errors import RequestError


@pytest.fixture
def judged(tmp_path):
    with Record.open(make_small_record(tmp_path / "first")) as record:
        one, two, *_ = record.blind_queue(reviewer="A. Reader")
        record.judge_blind(one.id, "for", act="demand", reviewer="A. Reader")
        record.judge_blind(two.id, "for", act="support", reviewer="B. Reader")
        record.judge(two.id, "confirm", reviewer="A. Reader")
        record.undo(reviewer="A. Reader")
        yield record


def blind(record):
    return [(str(one.verdict), one.reviewer, one.blind) for one in record.judgements()]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_blind_comes_back(judged, tmp_path, form):
    judged.export(form, tmp_path / "out")
    with Record.open(make_small_record(tmp_path / "second")) as other:
        other.import_from(form, tmp_path / "out")
        assert blind(other) == blind(judged)
        assert other.blind_agreement() == judged.blind_agreement()
        other.import_from(form, tmp_path / "out")
        assert blind(other) == blind(judged), "twice is once"


def test_a_file_from_before_is_taken_in_as_seen(judged, tmp_path):
    judged.export("csv", tmp_path / "out")
    path = tmp_path / "out" / "judgements.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "blind"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with Record.open(make_small_record(tmp_path / "second")) as other:
        outcome = other.import_from("csv", tmp_path / "out")
        assert outcome.judgements == len(judged.judgements())
        assert {seen for *_, seen in blind(other)} == {False}


def test_what_a_person_added_is_judged_as_any_other(judged):
    fields = {"party": "northland", "option": "low-fee", "stance": "for"}
    added = judged.add_statement("a.txt", "spoke of a low fee", fields, reviewer="B. Reader")
    with pytest.raises(RequestError, match="was added by a person"):
        judged.judge_blind(added.statement, "for", act="state", reviewer="A. Reader")
