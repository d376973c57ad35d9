"""Answers kept by the content of what was asked, so that asking again costs nothing; one small file each.

A file's name is the digest of the request: model, server, every word of the prompt and the passage. A file holds the answer
and the tokens it took, never a key, an address with a password, or the request itself. Deleting the folder loses no
statement, only the money to ask again.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from travaux.reading.language_model.prompt import Message

FOLDER = Path("llm") / "answers"
"""Where in a record's folder the answers lie."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model answered.

    Attributes:
        text: word for word, keys taken out; model: as the server names itself.
        input_tokens, output_tokens: as the server counts them, over all rounds; 0 where it does not say.
    """

    text: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0


def request_digest(messages: Sequence[Message], model: str, server: str) -> str:
    """The digest a request's answer is kept under: 64 hexadecimal digits of SHA-256 over its content.

    Args:
        server: the address asked, without anything secret; empty where the provider's name says it.
    """
    content = [model, server, [[message.role, message.content] for message in messages]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode("ascii")).hexdigest()


def messages_digest(messages: Sequence[Message]) -> str:
    """The digest of what is asked, whoever answers: 16 hexadecimal digits."""
    return request_digest(messages, "", "")[:16]


class AnswerCache:
    """Answers in a folder, which need not exist; several processes may use one.

    Args:
        folder: made when the first answer is kept; None keeps answers in memory only.
    """

    def __init__(self, folder: Path | None):
        self.folder = folder
        self._kept: dict[str, Answered] = {}

    def get(self, digest: str) -> Answered | None:
        """The answer kept for a request, or None; a damaged file counts as none."""
        if digest in self._kept or self.folder is None:
            return self._kept.get(digest)
        try:
            data = json.loads(self._place(digest).read_text("utf-8"))
            text, model = data["text"], data["model"]
            tokens = int(data["input_tokens"]), int(data["output_tokens"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Answered(text, model, *tokens) if isinstance(text, str) and isinstance(model, str) else None

    def put(self, digest: str, answered: Answered) -> None:
        """Keep an answer; it is there whole or not at all, and a disk that is full costs only the saving."""
        if self.folder is None:
            self._kept[digest] = answered
            return
        place = self._place(digest)
        draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                with draft.open("x", encoding="utf-8", newline="") as file:
                    json.dump(asdict(answered), file, ensure_ascii=True, sort_keys=True)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(place)
            finally:
                draft.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        assert self.folder is not None  # callers look first
        return self.folder / digest[:2] / f"{digest}.json"
