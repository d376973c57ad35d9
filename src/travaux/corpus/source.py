"""1 The files of a source: a path, a folder, a pattern with stars, or an address in an object store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from travaux.corpus.engine import OBJECT_STORES, Engine, is_object
from travaux.errors import RequestError
from travaux.intake import FoundFile, ManifestRow, Refused, find_files
from travaux.intake.files import KINDS_OF_FILE, is_bundle, stored_name
from travaux.model import DateBasis, PartialDate

_STARS = "*?["


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be taken in.

    Attributes:
        address: where it lies; name: the report's name, as `travaux.intake.FoundFile` has it, or the beginning of its reports'.
        size: in bytes. row: what the manifest beside it says, or None.
    """

    address: str
    name: str
    size: int
    row: ManifestRow | None = None

    @property
    def holds_many(self) -> bool:
        """Whether its ending says that it holds many reports."""
        return is_bundle(self.name)

    def told(self) -> dict[str, Any]:
        """As JSON has it; `file_told` takes it back."""
        return {"address": self.address, "name": self.name, "row": None if self.row is None else _row_told(self.row)}


def files_of(source: str, engine: Engine) -> Iterator[SourceFile | Refused]:
    """The files of a source in the order of their names; what cannot become reports is refused.

    Raises:
        RequestError: there is nothing, or it is no source.
    """
    found = False
    for one in _files_of(source, engine):
        found = True
        yield one
    if not found:
        remedy = "it must name files of a kind that is read, or a folder of them; /** at the end of a pattern takes all below"
        raise RequestError("no file that can be read is there", remedy=remedy, path=source)


def _files_of(source: str, engine: Engine) -> Iterator[SourceFile | Refused]:
    if is_object(source):
        yield from _objects(source, engine)
        return
    if "://" in source:
        remedy = f"download it first; object stores are named by {', '.join(OBJECT_STORES[:3])}…"
        raise RequestError("no source that can be read", remedy=remedy, path=source)
    path = Path(source)
    starred = not path.exists() and any(star in source for star in _STARS)
    for found in _matching(source) if starred else find_files([path]):
        if found.problem is not None or (found.row is not None and found.row.problem is not None):
            problem = found.problem or (found.row.problem if found.row else None)
            assert problem is not None
            yield Refused(found.name, str(found.path), problem)
        else:
            yield SourceFile(str(found.path.absolute()), found.name, found.path.stat().st_size, found.row)


def file_told(told: Mapping[str, Any], path: Path) -> FoundFile:
    """The file at a place on this machine, with the name and the manifest row it was told with."""
    return FoundFile(path, told["name"], None if told["row"] is None else _row_of(told["row"]))


def _matching(source: str) -> Iterator[FoundFile]:
    """Files that fit a pattern, named by their path below its part without stars; hidden ones and other kinds are left out.

    Raises:
        RequestError: it is no pattern.
    """
    pattern = Path(source)
    starred = next(place for place, part in enumerate(pattern.parts) if any(star in part for star in _STARS))
    root, parts = Path(*pattern.parts[:starred]), list(pattern.parts[starred:])
    if parts[-1] == "**":
        parts.append("*")  # all files below, as in an object store; by itself it means folders
    try:
        matches = sorted(path for path in root.glob("/".join(parts)) if path.is_file())
    except ValueError as error:
        raise RequestError(f"no pattern: {error}", remedy="** stands alone between two /", path=source) from None
    below = {path: path.relative_to(root) for path in matches}
    for found in find_files([path for path in matches if _is_meant(below[path], source)]):
        name = stored_name(below[found.path].as_posix()) if found.path in below else found.name
        yield replace(found, name=name)


def _is_meant(below: PurePath, source: str) -> bool:
    """Whether a file that fits a source is of a kind that is read, and not hidden; JSON files only where the source names them."""
    ending = below.suffix.casefold()
    kind = is_bundle(below.name) or (
        ending in KINDS_OF_FILE and (ending != ".json" or source.casefold().endswith(ending))
    )
    return kind and not any(part.startswith(".") for part in below.parts)


def _objects(source: str, engine: Engine) -> Iterator[SourceFile]:
    """Objects of a kind that is read, as in folders."""
    starred = any(star in source for star in _STARS)
    whole = not starred and (is_bundle(source) or PurePosixPath(source).suffix.casefold() in KINDS_OF_FILE)
    pattern = source if starred or whole else f"{source.rstrip('/')}/**"
    bare = next((source[:place] for place, letter in enumerate(source) if letter in _STARS), source)
    root = bare.rpartition("/")[0] if starred or whole else source.rstrip("/")
    for address, size in engine.found(pattern):
        name = address.removeprefix(root).lstrip("/")
        if _is_meant(PurePosixPath(name), source):
            yield SourceFile(address, name, size)


def _row_told(row: ManifestRow) -> dict[str, Any]:
    return asdict(replace(row, problem=None))


def _row_of(told: Mapping[str, Any]) -> ManifestRow:
    dates = {
        name: None if told[name] is None else PartialDate(**{**told[name], "basis": DateBasis(told[name]["basis"])})
        for name in ("published", "updated")
    }
    return ManifestRow(**{**told, **dates, "other": tuple((key, value) for key, value in told["other"])})
