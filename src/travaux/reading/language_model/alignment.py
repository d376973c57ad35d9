"""Step 5: where a quote stands in a report, exactly or but for typography; never by likeness.

Models retype what they quote: straight quotation marks for curly ones, a hyphen for a dash, one space for a line end. Two
texts that are equal once typography is folded are taken for the same words, and the report's own are stored. Words are never
bent: a quote with one other letter stands nowhere.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_GAP = 300
"""An answer may leave out words of one paragraph at an ellipsis, at most this many characters of them."""
SHORTEST_PART = 8
"""What stands before and after such an ellipsis has at least this many characters, so that it is found in one place."""

_SINGLE = "‘’‚‛′ʼ`´＇"
_DOUBLE = "“”„‟«»″〝〞＂"
_DASHES = "‐‑‒–—―−﹣－"
_PLAIN = {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-"), "…": "..."}


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands: code points into the text, half open, and how it was found.

    Attributes:
        how: ``exactly``; ``but for typography``; or ``with words left out``, where an ellipsis of the quote spans words.
    """

    start: int
    end: int
    how: str


class Folded:
    """A text with its typography folded, and the place of each folded character in it.

    White space is one space, quotation marks are straight, dashes are a hyphen without spaces around it, an ellipsis is
    three dots, invisible characters are gone, ligatures and full-width letters are plain, accents composed.

    Args:
        text: kept as it is; all places are code points into it.
    """

    def __init__(self, text: str):
        self.text = text
        characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

        def drop() -> None:
            characters.pop()
            self.starts.pop()
            self.ends.pop()

        for start, end in _clusters(text):
            for plain in _folded(text[start:end]):
                last = characters[-1] if characters else ""
                if plain == " " and last in (" ", "-", ""):
                    continue
                if plain == "-":
                    if last == " ":
                        drop()
                    if characters and characters[-1] == "-":
                        self.ends[-1] = end
                        continue
                if plain == "'" and last == "'":
                    characters[-1] = '"'
                    self.ends[-1] = end
                    continue
                characters.append(plain)
                self.starts.append(start)
                self.ends.append(end)
        while characters and characters[-1] == " ":
            drop()
        self.folded = "".join(characters)

    def places(self, folded_quote: str) -> Iterator[tuple[int, int]]:
        """Where a folded quote stands, as places in the text, in order; only where it begins and ends with whole words."""
        at = self.folded.find(folded_quote)
        while at >= 0:
            end = at + len(folded_quote)
            if self.is_whole(at, end):
                yield self.starts[at], self.ends[end - 1]
            at = self.folded.find(folded_quote, at + 1)

    def is_whole(self, at: int, end: int) -> bool:
        """Whether a folded stretch cuts no word, nor a sign that folds to several: "1" is not in "¼" (1⁄4)."""

        def left_out(near: int, step: int) -> bool:
            """Whether the sign that a folded character comes from has letters or digits on this side of it."""
            own, place = self.starts[near], near + step
            while 0 <= place < len(self.folded) and self.starts[place] == own:
                if self.folded[place].isalnum():
                    return True
                place += step
            return False

        return _is_whole(self.folded, at, end) and not left_out(at, -1) and not left_out(end - 1, 1)

    def place_of(self, position: int) -> int:
        """The folded place of a place in the text."""
        return bisect_left(self.starts, position)


def locate(quote: str, text: Folded) -> list[Located]:
    """Everywhere a quote stands in a text, in order; empty where it does not.

    1. as it is; 2. with typography folded; 3. without marks around it that the model may have added; 4. in parts, where the
    quote itself has an ellipsis for words it leaves out within one paragraph.

    Only whole words are found: ``able to accept`` does not stand in ``unable to accept``.
    """
    exact = list(_exact(quote, text.text))
    if exact:
        return [Located(start, end, "exactly") for start, end in exact]
    folded = Folded(quote).folded
    for candidate in (folded, _bare(folded)):
        found = list(text.places(candidate)) if candidate else []
        if found:
            return [Located(start, end, "but for typography") for start, end in found]
    return [Located(start, end, "with words left out") for start, end in _in_parts(folded, text)]


def _exact(quote: str, text: str) -> Iterator[tuple[int, int]]:
    if not quote or quote != quote.strip():
        return
    at = text.find(quote)
    while at >= 0:
        if _is_whole(text, at, at + len(quote)):
            yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _bare(folded: str) -> str:
    """A quote without the marks a model puts around it: quotation marks, dots of an ellipsis, a final full stop."""
    return folded.strip(" \"'").removeprefix("...").removesuffix("...").strip(" \"'").rstrip(".,;:").strip(" \"'")


def _in_parts(folded: str, text: Folded) -> Iterator[tuple[int, int]]:
    parts = [part.strip(" []()\"'") for part in folded.replace("[...]", "...").replace("(...)", "...").split("...")]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part) < SHORTEST_PART for part in parts):
        return
    for start, end in text.places(parts[0]):
        reached = end
        for part in parts[1:]:
            following = _next(part, reached, text)
            if following is None:
                break
            reached = following
        else:
            yield start, reached


def _next(part: str, after: int, text: Folded) -> int | None:
    """Where a part that follows within reach in the same paragraph ends."""
    limit = min(after + LONGEST_GAP, len(text.text))
    first, last = text.place_of(after), text.place_of(limit) + len(part)
    at = text.folded.find(part, first, last)
    while at >= 0:
        end = at + len(part)
        if text.is_whole(at, end) and "\n" not in text.text[after : text.starts[at]]:
            return text.ends[end - 1]
        at = text.folded.find(part, at + 1, last)
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    cut_before = start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start])
    cut_after = end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end])
    return not cut_before and not cut_after


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) != 0


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """A letter with the combining marks that follow it, as places."""
    start = 0
    while start < len(text):
        end = start + 1
        # Bounded, since a text of nothing but marks would else be one cluster.
        while end < len(text) and end - start < 8 and unicodedata.combining(text[end]):
            end += 1
        yield start, end
        start = end


def _folded(cluster: str) -> str:
    """What a cluster is folded to: nothing, or characters without typography."""
    if len(cluster) == 1:
        if cluster in _PLAIN:
            return _PLAIN[cluster]
        if cluster.isspace():
            return " "
        if cluster.isascii() and cluster.isprintable():
            return cluster
        if unicodedata.category(cluster).startswith("C"):  # invisible: joiners, direction marks, tags, controls
            return ""
    plain = unicodedata.normalize("NFKC", cluster)
    return "".join(_PLAIN.get(character, " " if character.isspace() else character) for character in plain)
