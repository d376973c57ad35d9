"""The tellings of one fact: each item has its parts, every sentence stands in its passage, nothing stands there twice."""

import json
from collections import Counter
from pathlib import Path

import pytest

from travaux.analysis.conflict import ConflictKind

FILES = sorted((Path(__file__).parents[2] / "training" / "tellings").glob("*.jsonl"))
PARTS = {"said": 3, "otherwise": 2, "near": 3}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_has_its_parts_and_every_sentence_its_passage(path):
    for row in rows(path):
        assert set(row) == {"id", "kind", "matter", *PARTS}
        assert row["id"].startswith(f"{path.stem}-")
        assert ConflictKind(row["kind"]) is not ConflictKind.ROLE
        for part, number in PARTS.items():
            assert len(row[part]) == number, (row["id"], part)
            assert all(one["sentence"] and one["sentence"] in one["text"] for one in row[part]), (row["id"], part)


def test_no_item_and_no_passage_stands_there_twice():
    every = [row for path in FILES for row in rows(path)]
    passages = Counter(one["text"] for row in every for part in PARTS for one in row[part])
    assert len({row["id"] for row in every}) == len({row["matter"] for row in every}) == len(every) == 60 * len(FILES)
    assert passages.most_common(1)[0][1] == 1
