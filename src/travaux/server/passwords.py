"""Passwords: what one must be, and its hash. A password itself is kept nowhere."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.extras import library

SHORTEST, LONGEST = 12, 256
"""Characters. Length is what counts; no kinds of characters are asked for (NIST SP 800-63B)."""


def check_password(password: str, *names: str) -> None:
    """Refuse a password that is quickly guessed.

    Raises:
        RequestError: too short, too long, one of the names, or few characters over and over.
    """
    folded = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise RequestError(f"a password has {SHORTEST} to {LONGEST} characters", remedy="several words make a good one")
    if len(set(folded)) < 5 or any(len(name) > 2 and folded.replace(name.casefold(), "") == "" for name in names):
        raise RequestError("this password is quickly guessed", remedy="several words make a good one")


def hashed(password: str) -> str:
    """The argon2id hash of a password, with the library's parameters (RFC 9106, low memory: 64 MiB, 3 passes).

    Raises:
        RequestError: the extra is not installed.
    """
    return str(_hasher().hash(_normal(password)))


def prepare() -> None:
    """Have ready what checking a password needs, so that the first attempt takes no longer than the others.

    Raises:
        RequestError: the extra is not installed.
    """
    _nobodys()


def is_password(password: str, hash_of: str) -> bool:
    """Whether a password is the one of a hash. Without a hash it takes as long, and is not."""
    argon2 = library("argon2", "team")
    try:
        _hasher().verify(hash_of or _nobodys(), _normal(password[:LONGEST]))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return bool(hash_of) and len(password) <= LONGEST


def _normal(password: str) -> str:
    """A password as keyboards of all kinds send it: composed or not, it is the same."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> Any:
    return library("argon2", "team").PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has: who tries a name that is not there waits as long as for one that is."""
    import secrets

    return hashed(secrets.token_urlsafe(32))
