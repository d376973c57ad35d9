"""The texts in which meetings and incidents are told: every label stands where it says, and the shipped heads are theirs."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from travaux.happening import HappeningKind, Status
from travaux.reading.noticing import CARD
from travaux.reading.table_model import model_folder

FOLDER = Path(__file__).parents[2] / "training" / "happenings"
FILES = sorted(FOLDER.glob("*.jsonl"))


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_stands_in_its_text(path):
    for row in rows(path):
        assert set(row) == {"id", "genre", "text", "happenings"}
        assert row["id"].startswith(f"{path.stem}-")
        for one in row["happenings"]:
            assert one["sentence"] in row["text"], row["id"]
            told = [one["what"], *one["participants"], one["place"], one["when"]]
            assert one["what"] and all(words in one["sentence"] for words in told), (row["id"], told)
            held = Status(one["status"]) is Status.HELD
            assert held or HappeningKind(one["kind"]) is HappeningKind.MEETING


def test_no_text_stands_there_twice():
    every = [row for path in FILES for row in rows(path)]
    assert len({row["id"] for row in every}) == len({row["text"] for row in every}) == len(every)


def test_the_card_of_the_heads_tells_what_they_were_trained_on():
    card = json.loads((model_folder() / CARD).read_text(encoding="utf-8"))
    kinds = Counter(one["kind"] for path in FILES for row in rows(path) for one in row["happenings"])
    assert card["trained_on"] == [path.stem for path in FILES]
    assert card["texts"] == sum(len(rows(path)) for path in FILES)
    assert (card["meetings"], card["incidents"]) == (kinds["meeting"], kinds["incident"])
    whole = hashlib.sha256()
    for path in FILES:
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    assert card["training_data_sha256"] == whole.hexdigest()
