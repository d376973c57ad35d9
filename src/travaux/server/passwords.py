"""Passwords: what one must be, and its hash. A password itself is kept nowhere."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from travaux.errors import RequestError

SHORTEST, LONGEST = 12, 256
"""Characters. Length is what counts; no kinds of characters are asked for (NIST SP 800-63B)."""

HASHER = PasswordHasher()


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
    """The argon2id hash of a password, with the library's parameters (RFC 9106, low memory: 64 MiB, 3 passes)."""
    return HASHER.hash(_normal(password))


def prepare() -> None:
    """Have ready what checking a password needs, so that the first attempt takes no longer than the others."""
    _nobodys()


def is_password(password: str, hash_of: str) -> bool:
    """Whether a password is the one of a hash. Without a hash it takes as long, and is not."""
    try:
        HASHER.verify(hash_of or _nobodys(), _normal(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(hash_of) and len(password) <= LONGEST


def _normal(password: str) -> str:
    """A password as keyboards of all kinds send it: composed or not, it is the same."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has: who tries a name that is not there waits as long as for one that is."""
    return hashed(secrets.token_urlsafe(32))
