"""Who may come in, and what each may do: the users file of a team's server.

The file is written by ``travaux users`` and may be edited by hand::

    users:
    - name: ana                     # what she signs in by
      role: review                  # read, review or edit
      signs: Ana Petrović           # how her judgements are signed; left out, it is the name
      password: $argon2id$v=19$…    # left out, she comes in by a server in front that says who she is

It is looked at anew whenever it has changed: a role counts at once, and who is removed is out at once.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from travaux.agenda.source import Loc, Source, SourceError, parse_source, read_source
from travaux.errors import RequestError, UnknownName

LONGEST_NAME = 64
HASH = re.compile(r"\$argon2id\$v=19\$m=\d{1,8},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{11,90}\$[A-Za-z0-9+/]{22,90}")
KEYS = ("name", "role", "signs", "password")
HEADING = """\
# Who may use this record by `travaux serve --users`, and as what: read, review or edit.
# `travaux users` writes this file anew; comments of yours would not stay. Keep it from others: chmod 600.
"""


class Role(StrEnum):
    """What somebody is to a record; each may do what those before it may."""

    READ = "read"
    REVIEW = "review"
    EDIT = "edit"


class Right(StrEnum):
    """What a page or a form needs."""

    LOOK = "look"
    JUDGE = "judge"
    """Judge statements, add missed ones, take back one's own judgements."""
    EDIT = "edit"
    """Edit the agenda, send in reports, take back anybody's judgements."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READ: frozenset({Right.LOOK}),
    Role.REVIEW: frozenset({Right.LOOK, Right.JUDGE}),
    Role.EDIT: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may come in.

    Attributes:
        name: what they sign in by; role: what they may do.
        signs: how their judgements are signed.
        password: argon2id hash; empty for who comes in by a server in front only.
    """

    name: str
    role: Role
    signs: str
    password: str = field(default="", repr=False)

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do."""
        return RIGHTS[self.role]


def folded(name: str) -> str:
    """A name as names are compared: case, width and spaces make no other person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_name(name: str) -> bool:
    """Whether somebody may be called so: 1 to 64 characters that can be seen, no space around them."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()


class People:
    """The people of a users file, as it is now."""

    def __init__(self, file: Path):
        self.file = file
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._found: dict[str, Person] = {}
        self._names: frozenset[str] = frozenset()

    def all(self) -> list[Person]:
        """Everybody, in the order of the file.

        Raises:
            RequestError: the file cannot be used; names line and remedy.
        """
        self._look()
        return list(self._found.values())

    def named(self, name: str) -> Person | None:
        """Who signs in by a name, however it is written, or None.

        Raises:
            RequestError: the file cannot be used. Nobody is let in by what it said before.
        """
        self._look()
        return self._found.get(folded(name))

    def is_taken(self, name: str) -> bool:
        """Whether somebody signs in or signs by a name."""
        self._look()
        return folded(name) in self._names

    def _look(self) -> None:
        with self._lock:
            try:
                status = self.file.stat()
            except OSError:
                self._stamp = None
                load_people(self.file)  # tells what is wrong
                raise
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if stamp == self._stamp:
                return
            self._stamp = None  # a file that cannot be used is told of each time
            people = load_people(self.file)
            self._found = {folded(one.name): one for one in people}
            self._names = frozenset(folded(name) for one in people for name in (one.name, one.signs))
            self._stamp = stamp


def load_people(file: Path) -> list[Person]:
    """Everybody of a users file, in its order.

    Raises:
        RequestError: it cannot be read or used; names file, line and remedy.
    """
    if not file.exists():
        told = "there is no such users file"
        raise RequestError(told, remedy=f"travaux users add {file} NAME --role edit makes it", path=file)
    try:
        source = parse_source(read_source(file))
    except SourceError as error:
        fault = error.faults[0]
        raise RequestError(fault.message, remedy=fault.remedy, path=file, line=fault.line) from None
    for fault in source.faults:
        raise RequestError(fault.message, remedy=fault.remedy, path=file, line=fault.line)
    return _checked(source, file)


def save_people(file: Path, people: Sequence[Person]) -> None:
    """Write a users file, whole or not at all; a new one may be read and written by its owner only.

    Raises:
        RequestError: it could not be read back, or cannot be written.
    """
    import yaml

    rows = [
        {
            "name": one.name,
            "role": str(one.role),
            **({"signs": one.signs} if one.signs != one.name else {}),
            **({"password": one.password} if one.password else {}),
        }
        for one in people
    ]
    text = HEADING + yaml.safe_dump({"users": rows}, allow_unicode=True, sort_keys=False, width=1000)
    _checked(parse_source(text), file)
    place = file.resolve()
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        mode = place.stat().st_mode & 0o777 if place.exists() else 0o600
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            draft.chmod(mode)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError(f"cannot be written: {reason}", path=file, remedy="check its folder") from error


@contextmanager
def edited(file: Path, *, new: bool = False) -> Iterator[list[Person]]:
    """The people of a file, to be changed in place and written back; two commands at once wait for one another.

    Args:
        new: the file need not be there yet.
    """
    from filelock import FileLock

    if not file.parent.is_dir():
        raise RequestError("there is no such folder", remedy="make it first", path=file.parent)
    try:
        with FileLock(file.with_name(f".{file.name}.lock"), timeout=10):
            people = [] if new and not file.exists() else load_people(file)
            yield people
            save_people(file, people)
    except OSError as error:  # the lock: no such folder, no permission, somebody else for too long
        reason = error.strerror or str(error)
        raise RequestError(f"cannot be written: {reason}", path=file, remedy="check its folder") from error


def place_of(people: Sequence[Person], name: str) -> int:
    """The place of somebody in a list of people.

    Raises:
        UnknownName: nobody signs in by that name.
    """
    for place, one in enumerate(people):
        if folded(one.name) == folded(name):
            return place
    known = ", ".join(one.name for one in people) or "nobody"
    raise UnknownName(f"nobody is called {name!r} here", remedy=f"there is {known}")


def _checked(source: Source, file: Path) -> list[Person]:
    def refuse(told: str, remedy: str, *loc: str | int) -> RequestError:
        return RequestError(told, remedy=remedy, path=file, line=source.line(loc))

    rows = source.data.get("users") if isinstance(source.data, dict) else None
    if not isinstance(rows, list) or not isinstance(source.data, dict) or len(source.data) != 1:
        raise refuse("this is no users file", "it has one key, users, with a list under it")
    found: list[Person] = []
    taken: dict[str, str] = {}
    for place, row in enumerate(rows):
        loc: Loc = ("users", place)
        if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
            raise refuse("this is nobody", "each has a name and a role, and may have signs and password", *loc)
        one = _person(row, refuse, loc)
        for name in {folded(one.name), folded(one.signs)}:
            if name in taken:
                told = f"{one.name} signs in or signs as {taken[name]} does"
                raise refuse(told, "names are compared without case; choose another", *loc)
            taken[name] = one.name
        found.append(one)
    return found


def _person(row: Mapping[str, Any], refuse: Any, loc: Loc) -> Person:
    for key in row:
        if key not in KEYS:
            raise refuse(f"nobody has a {key!r} here", f"one of {', '.join(KEYS)}", *loc, key)
    name = row.get("name", "")
    for key in ("name", "signs"):
        if not is_name(row.get(key, name)):
            told = f"{key} must have 1 to {LONGEST_NAME} characters that can be seen"
            raise refuse(told, "no space before or after", *loc, *((key,) if key in row else ()))
    if row.get("role") not in tuple(Role):
        raise refuse(f"the role of {name} is none", f"one of {', '.join(Role)}", *loc, "role")
    password = row.get("password", "")
    if password and not HASH.fullmatch(password):
        told = f"the password of {name} is no argon2id hash"
        raise refuse(told, f"travaux users password FILE {name} sets one", *loc, "password")
    return Person(name, Role(row["role"]), row.get("signs", name), password)
