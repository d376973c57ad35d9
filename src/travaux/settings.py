"""What the environment sets. This is the one module that reads it; `SETTINGS` is the list documentation is made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name and what it does, in a sentence."""

    name: str
    says: str


SETTINGS = (
    Setting("TRAVAUX_RECORD", "The record a command works on where none is named."),
    Setting(
        "TRAVAUX_HOME",
        "Folder for what belongs to no record: the records built from folders that may not be written, and the name of "
        "the record used last. By default the user's data folder.",
    ),
    Setting("TRAVAUX_REVIEWER", "Who signs judgements where --by does not say. By default the user's login name."),
    Setting("NO_COLOR", "Anything but empty: no colour. Colour never carries meaning on its own."),
)


def home() -> Path:
    """The folder for what belongs to no record; it need not exist."""
    given = os.environ.get("TRAVAUX_HOME")
    if given:
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("travaux", appauthor=False))


def named_record() -> Path | None:
    """The record that the environment names, or None."""
    given = os.environ.get("TRAVAUX_RECORD")
    return Path(given).expanduser() if given else None


def reviewer() -> str | None:
    """Who signs judgements, or None where neither the environment nor the system says."""
    given = os.environ.get("TRAVAUX_REVIEWER", "").strip()
    if given:
        return given
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return None


def no_colour() -> bool:
    """Whether colour is unwanted, by the convention of no-color.org."""
    return bool(os.environ.get("NO_COLOR"))
