"""Files come from strangers: whatever is in them, there is one clear line, and the record stays whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import travaux
from travaux.exchange.formats import FORMATS

JUNK = st.sampled_from(
    [None, True, -1, 10**30, 0.5, "", "x", "\x00", "2025-13-45", "</script>", [], [None], [[1]], {}, {"x": None}]
)
FORMS = ["jsonl", "annotations", "hypothesis", "prodigy", "label-studio", "csl"]


def places(data: Any, above: tuple = ()) -> list[tuple]:
    found = [above] if above else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += places(value, (*above, key))
    return found


def changed(data: Any, path: tuple, value: Any) -> Any:
    copied = json.loads(json.dumps(data))
    at = copied
    for key in path[:-1]:
        at = at[key]
    if value is Ellipsis:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return copied


class Files(dict):
    """Shown in a word: hypothesis writes down every argument of a test, and warns where one is long."""

    def __repr__(self) -> str:
        return "files"


@pytest.fixture
def files(record: travaux.Record, tmp_path: Path) -> dict[str, tuple[Path, list[Any], bool]]:
    """Of each format the file, its parts as data, and whether each part is a line."""
    found = {}
    for form in FORMS:
        place = tmp_path / "files" / form
        place.mkdir(parents=True)
        path = record.export(form, place)[0]
        lines = path.suffix == ".jsonl"
        text = path.read_text(encoding="utf-8")
        parts = [json.loads(line) for line in text.splitlines()] if lines else [json.loads(text)]
        found[form] = (path if FORMATS[form].file else place, parts, lines)
    return Files(found)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 1_000), index=st.integers(0, 10_000), value=JUNK | st.just(Ellipsis))
def test_a_part_that_is_missing_or_of_another_kind(
    form: str, files, record: travaux.Record, number: int, index: int, value: Any, tmp_path: Path
) -> None:
    place, parts, lines = files[form]
    number %= len(parts)
    known = places(parts[number])
    path = known[index % len(known)]
    broken = [*parts[:number], changed(parts[number], path, value), *parts[number + 1 :]]
    file = next(iter(place.glob("*.json*"))) if place.is_dir() else place
    text = "".join(json.dumps(part) + "\n" for part in broken) if lines else json.dumps(broken[0])
    kept = file.read_bytes()
    judgements = record.store.judgements()
    fresh = tmp_path / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(record.folder, fresh)
    try:
        file.write_text(text, encoding="utf-8")
        with travaux.Record.open(fresh) as opened:
            try:
                outcome = opened.import_from(form, place, by="the tests")
            except travaux.TravauxError as error:
                assert "\n" not in str(error)
            else:
                assert all(one.says and "\n" not in one.says for one in outcome.unplaced)
            assert opened.store.check() == []
            assert opened.store.judgements()[: len(judgements)] == judgements
    finally:
        file.write_bytes(kept)
