"""What the environment sets. This is the one module that reads it; `SETTINGS` is the list documentation is made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


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
    Setting(
        "TRAVAUX_DB",
        "Where the databases of records are: postgresql+psycopg://user@server/database, or sqlite for a file in the record's "
        "folder, which is the default. The password may also come from PGPASSWORD or ~/.pgpass. See docs/teams.md.",
    ),
    Setting(
        "PGPASSWORD", "The password for the PostgreSQL server, where TRAVAUX_DB holds none; PostgreSQL's own variable."
    ),
    Setting("TRAVAUX_REVIEWER", "Who signs judgements where --by does not say. By default the user's login name."),
    Setting(
        "TRAVAUX_LLM_KEY",
        "The key for a language model's server, with --base-url or --model. Without it the provider's own variable counts "
        "(OPENAI_API_KEY and the like), for that provider only; then the system's keyring, service travaux.",
    ),
    Setting(
        "TRAVAUX_CONTACT",
        "An address or page of yours that servers are told when pages and feeds are fetched, so that they can write to you.",
    ),
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


def named_database() -> str:
    """Where the environment wants the databases of records; empty where it says nothing."""
    return os.environ.get("TRAVAUX_DB", "").strip()


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


def contact() -> str:
    """Whom a server may write to about our requests; empty where nobody is named."""
    given = os.environ.get("TRAVAUX_CONTACT", "").strip()
    return given if given.isascii() and given.isprintable() else ""


def no_colour() -> bool:
    """Whether colour is unwanted, by the convention of no-color.org."""
    return bool(os.environ.get("NO_COLOR"))


def one_thread_each() -> dict[str, str]:
    """The environment for processes that work side by side: each computes in one thread, so that they do not crowd each other."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    return {**os.environ, **dict.fromkeys(names, "1")}


def ask_nobody_home() -> None:
    """Keep libraries from telling their makers that they are used, and from drawing bars; to be called before they are imported."""
    quiet = {
        "DO_NOT_TRACK": "true",
        "SCARF_NO_ANALYTICS": "true",
        "DAFT_ANALYTICS_ENABLED": "0",
        "RAY_USAGE_STATS_ENABLED": "0",
        "DAFT_PROGRESS_BAR": "0",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    }
    os.environ.update(quiet)


def llm_key(account: str) -> str | None:
    """The key for a language model's server, from the environment, else from the system's keyring; None without one.

    Args:
        account: under which the keyring holds it for the service ``travaux``: a provider's name, or a server's host.
    """
    given = os.environ.get("TRAVAUX_LLM_KEY", "").strip()
    if given:
        return given
    try:
        import keyring
        import keyring.errors
    except ImportError:  # the extra `keyring` is not installed
        return None
    try:
        return keyring.get_password("travaux", account) or None
    except keyring.errors.KeyringError:  # locked, or none on this machine
        return None


def _password_in(address: str) -> str:
    try:
        parts = urlsplit(address)
        return unquote(parts.password or "") or dict(parse_qsl(parts.query)).get("password", "")
    except ValueError:
        return ""


def secrets() -> tuple[str, ...]:
    """Values of the environment that must never be written down: keys, tokens, passwords; the longest first."""
    marks = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")
    found = {value.strip() for name, value in os.environ.items() if name.upper().endswith(marks)}
    found |= {os.environ.get("PGPASSWORD", "").strip(), _password_in(named_database())}
    return tuple(sorted((value for value in found if len(value) >= 8), key=lambda value: (-len(value), value)))
