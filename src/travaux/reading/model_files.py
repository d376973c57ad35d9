"""Which language models a reading rests on, and whether their files are the ones listed in ``models.toml``."""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from travaux.reading.parse import installed_pipeline


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A language model as ``models.toml`` lists it.

    Attributes:
        name: of the Python package it comes in; origin: where it comes from, in words.
        files: SHA-256 by path below the package.
        verified_by, verified_on: who compared the files with the original, and when; empty where nobody has.
    """

    name: str
    version: str
    origin: str
    licence: str
    files: Mapping[str, str]
    verified_by: str = ""
    verified_on: str = ""


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """What was found about the installed model.

    Attributes:
        name: of the Python package.
        listed: its entry, or None where ``models.toml`` has none.
        changed, missing: files that differ from the list or are not there, by path.
    """

    name: str
    listed: ListedModel | None
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether every listed file is there and is the one listed."""
        return not (self.changed or self.missing)


def listed_models() -> dict[str, ListedModel]:
    """The models listed, by name."""
    entries = tomllib.loads(files("travaux.reading").joinpath("models.toml").read_text(encoding="utf-8"))["model"]
    keys = ("name", "version", "origin", "licence", "files", "verified_by", "verified_on")
    return {entry["name"]: ListedModel(**{key: entry[key] for key in keys}) for entry in entries}


def check_installed_model() -> ModelCheck:
    """Compare the installed spaCy model, file by file, with the list.

    Raises:
        ModelMissing: none is installed.
    """
    name = installed_pipeline()
    listed = listed_models().get(name)
    if listed is None:
        return ModelCheck(name, None)
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    return compare_files(listed, Path(spec.origin).parent)


def compare_files(listed: ListedModel, folder: Path) -> ModelCheck:
    """Compare the files in a folder with a model's list."""
    changed, missing = [], []
    for path, digest in sorted(listed.files.items()):
        file = folder / path
        if not file.is_file():
            missing.append(path)
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            changed.append(path)
    return ModelCheck(listed.name, listed, tuple(changed), tuple(missing))
