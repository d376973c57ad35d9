"""spaCy's attribute rules with a memory: the same parts of speech, forms and lemmas in a quarter of the time.

Nearly all of its rules look at one word alone, at its tag, its dependency and whether it is one of a few words. What they do
is asked of spaCy once for each kind of word; only the few rules of several words are asked of every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

ASKED: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
"""What a rule of one word may ask of it to be remembered."""


class RememberedRules:
    """Does to a parsed text what an attribute ruler does.

    Args:
        ruler: a loaded pipeline's `AttributeRuler`; its rules stay as they are from here on.
    """

    def __init__(self, ruler: Any) -> None:
        from spacy.matcher import Matcher

        self.ruler = ruler
        self.vocab = ruler.vocab
        self.alone, self.several = Matcher(self.vocab), Matcher(self.vocab)
        self.asked: list[Any] = []
        """What rules of one word ask of its letters in lower case: a word, or spaCy's conditions on it."""
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                matcher = self.alone if is_remembered(pattern) else self.several
                matcher.add(str(number), [pattern])
                if matcher is self.alone and "LOWER" in pattern[0]:
                    self.asked.append(pattern[0]["LOWER"])
        self.words: dict[int, int] = {}
        """By a word in lower case: itself where a rule asks for it, else 0."""
        self.known: dict[tuple[int, int, int, int], tuple[int, ...]] = {}
        """By kind of word: numbers of the rules that hold for it."""

    def __call__(self, doc: Doc) -> Doc:
        """Set what the rules say about each word; of two that say the same thing otherwise the later one holds, as in spaCy."""
        matches: list[tuple[int, int, int, int]] = []
        for at, (lower, tag, dependency, space) in enumerate(doc.to_array(ASKED).tolist()):
            kind = self.word(lower), tag, dependency, space
            if kind not in self.known:
                self.known[kind] = tuple(self.rules_of(doc, at))
            matches += [(rule, 0, at, at + 1) for rule in self.known[kind]]
        if len(self.several):
            found = self.several(doc, allow_missing=True)
            matches += [(int(self.vocab.strings[name]), 0, start, end) for name, start, end in found]
        matches.sort()
        self.ruler.set_annotations(doc, matches)
        return doc

    def word(self, lower: int) -> int:
        """A word where a rule asks for it, 0 for any other: those are alike to all rules."""
        if lower not in self.words:
            letters = self.vocab.strings[lower]
            self.words[lower] = lower if any(asks_for(letters, asked) for asked in self.asked) else 0
        return self.words[lower]

    def rules_of(self, doc: Doc, at: int) -> Iterator[int]:
        """Numbers of the rules of one word that hold for a token, as spaCy finds them in a text of it alone."""
        from spacy.tokens import Doc

        token = doc[at]
        alone = Doc(self.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        yield from sorted(int(self.vocab.strings[name]) for name, _, _ in self.alone(alone, allow_missing=True))


def is_remembered(pattern: list[Mapping[str, Any]]) -> bool:
    """Whether a rule looks at one word alone, and at nothing that the memory does not know of it."""
    return len(pattern) == 1 and pattern[0].keys() <= set(ASKED)


def asks_for(word: str, asked: Any) -> bool:
    """Whether a rule that asks this of a word in lower case may tell it from others.

    Args:
        asked: a word, or conditions by spaCy's names for them; conditions not known here count as telling every word.
    """
    if not isinstance(asked, Mapping):
        return bool(word == asked)
    return all(
        word in value if name == "IN" else re.search(value, word) is not None if name == "REGEX" else True
        for name, value in asked.items()
    )
