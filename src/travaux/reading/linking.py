"""Step 3: words of a sentence point to options of the agenda.

An option is named where a phrase of its `words` stands in the sentence (all its telling words within a short stretch,
in any order), or where most of what it `says` is told in other words. Words count as the same when they share a stem
(Snowball) or a group of ``lexicon/near_words.toml``. A word weighs the more the fewer options use it, so that
"Ukraine" says little on an agenda about Ukraine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import snowballstemmer

from travaux.model import Agenda, Option
from travaux.reading.cues import doings_of, negated, undoes
from travaux.reading.parse import Sentence, parsed
from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TELLING = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
# What light words beside a single telling one must be to belong to a phrase: "full withdrawal", "day one", "new round".
# A light noun ("state party") says less.
WEIGHING = {"ADJ", "NUM", "ADV"}
# Words of propositions that are too light to tell one option from another.
LIGHT = frozenset(
    {"be", "have", "do", "take", "make", "give", "get", "go", "come", "say", "other", "part", "such", "same", "own"}
    | {"more", "most", "only", "also", "state", "country", "side", "party", "new", "present", "whatever", "form"}
    | {
        "accord",
        "mr",
        "ms",
        "its",
        "all",
        "any",
        "some",
        "each",
        "very",
        "now",
        "then",
        "again",
        "first",
        "last",
        "next",
    }
)
# Share of a proposition's weight that a sentence must tell in its own words. Tuned on the training passages.
LEAST_OF_SAYS = 0.62
# Strength of words that belong to one option alone, from which they link to it. Tuned on the training passages.
LEAST_OF_OWN = 0.55
# A phrase of n telling words must stand within n + this many tokens.
SLACK = 5


@cache
def near_groups() -> dict[str, frozenset[str]]:
    """Stem to the groups of near words it belongs to."""
    raw = word_lists("near_words")
    groups: dict[str, set[str]] = {}
    for number, words in enumerate(raw["groups"]):
        for word in words:
            groups.setdefault(stem(word), set()).add(f"#{number}")
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def stemmer() -> snowballstemmer.basestemmer.BaseStemmer:
    """The English Snowball stemmer."""
    return snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """Stem of a word, lower case."""
    return str(stemmer().stemWord(word.lower()))


@cache
def keys_of(lemma: str) -> frozenset[str]:
    """What a word can be matched by: its stem and its groups."""
    root = stem(lemma)
    return frozenset({root}) | near_groups().get(root, frozenset())


def telling(token: Token) -> bool:
    """Whether a token says what is spoken of, rather than how."""
    return token.pos_ in TELLING and not token.is_stop and token.lemma_.lower() not in LIGHT and len(token.text) > 1


@dataclass(frozen=True, slots=True)
class Gone:
    """What is no more once a proposition has come true: keys of the words that name it, and of those that others hang on."""

    words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()

    def named_by(self, tokens: Sequence[Token]) -> bool:
        """Whether words name that and nothing else."""
        keys = [keys_of(token.lemma_) for token in tokens]
        return all(key & self.words for key in keys) and any(key & self.heads for key in keys)


def no_more(noun: Token) -> bool:
    """Whether a noun has "no more" or "no further" before it."""
    return any(child.dep_ == "amod" and negated(child) for child in noun.children)


def gone_in(says: Doc) -> Gone:
    """What is no more once a proposition has come true: the fence of "The fence is dismantled" and of "No fence is built"."""
    root = next((token for token in says if token.dep_ == "ROOT"), None)
    if root is None:
        return Gone()
    heads = [child for child in root.children if child.dep_ in {"dobj", "nsubjpass"}]
    none_at_all = negated(root) or any(map(no_more, heads))
    if not (undoes(root) or none_at_all):
        return Gone()
    if undoes(root) and not heads:  # "Hospitals stop hiring from agencies"
        heads = [child for child in root.children if child.dep_ == "xcomp"]
    heads = heads or [child for child in root.children if negated(root) and child.dep_ == "nsubj"]
    named = [token for head in heads for token in head.subtree if telling(token)]
    if none_at_all:  # "Nobody is dismissed", "No drones fly over the strait"
        named = [token for token in says if telling(token)]
        heads = [token for token in (*heads, root) if telling(token)]
    return Gone(
        frozenset(key for token in named for key in keys_of(token.lemma_)),
        frozenset(key for head in heads for key in keys_of(head.lemma_)),
    )


@dataclass(frozen=True)
class Phrase:
    """Words an option goes by: the keys of each telling word with its weight."""

    text: str
    words: tuple[tuple[frozenset[str], float], ...]
    whole: bool  # True for the agenda's own phrases, of which all must stand; False for what the option says

    @cached_property
    def weight(self) -> float:
        """Weight of all its words together."""
        return sum(weight for _, weight in self.words)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of all its words: where a sentence has none of them, the phrase does not stand."""
        return frozenset(key for keys, _ in self.words for key in keys)


@dataclass(frozen=True, slots=True)
class Link:
    """An option that a sentence speaks of.

    Attributes:
        option: its id; score: 0 to 1; text: the agenda's words that matched.
        tokens: numbers of the matching tokens in the document, in order.
        does_away: the option consists in doing away with what the words name ("the fence" of "The fence is dismantled"),
            so that a word of doing away above them is the option's own.
        of_what_goes: the words name nothing but what is no more once the option has come true, so that whoever is against it, or
            keeps it, tells a side on the option the other way round.
        doings: the ways of doing away by which the option is told elsewhere than in the words found, see `doings_of`.
    """

    option: str
    score: float
    text: str
    tokens: tuple[int, ...]
    does_away: bool = False
    of_what_goes: bool = False
    doings: frozenset[int] = frozenset()


Texts = Mapping[str, Sequence[tuple[str, Sequence[frozenset[str]], bool]]]
"""By option: each of its texts, the keys of its words, and whether it is a phrase of the agenda's own."""


def own_words(option: str, texts: Texts, names: Set[str]) -> dict[str, float]:
    """Keys that no other option uses and no party is named by, with their strength.

    A word of a short phrase of the agenda's own counts whole, one of a longer phrase or of the proposition less.
    """
    others = {
        key
        for other, parts in texts.items()
        if other != option
        for _, words, _ in parts
        for keys in words
        for key in keys
    }
    own: dict[str, float] = {}
    for _, words, whole in texts[option]:
        base = (1.0 if len(words) <= 2 else 0.6) if whole else 0.7
        for key in {key for keys in words for key in keys} - names - others:
            own[key] = max(own.get(key, 0.0), base * (0.8 if key.startswith("#") else 1.0))
    return own


class OptionIndex:
    """The options of one agenda, ready to be found in sentences."""

    def __init__(self, agenda: Agenda) -> None:
        self.options = agenda.options
        names = {
            key
            for party in agenda.parties
            for name in (party.name, *party.names)
            for word in name.split()
            for key in keys_of(word)
        }
        self.does_away: dict[str, bool] = {}
        self.gone: dict[str, Gone] = {}
        self.doings: dict[str, frozenset[int]] = {}
        # Phrases of the agenda that carry the doing away in themselves, and so mean the whole option.
        self.undoing: set[tuple[str, str]] = set()
        used: Counter[str] = Counter()
        texts: dict[str, list[tuple[str, list[frozenset[str]], bool]]] = {}
        for option in self.options:
            own = list(self.texts(option))
            docs = list(parsed(text for text, _ in own))
            texts[option.id] = [
                (doc.text, self.words(doc, whole, names), whole) for doc, (_, whole) in zip(docs, own, strict=True)
            ]
            # "The fence is dismantled", "Ships sail without permits": options that consist in something's absence.
            *phrases, says = docs
            self.does_away[option.id] = any(undoes(token) and token.dep_ in {"ROOT", "prep"} for token in says)
            self.gone[option.id] = gone_in(says)
            self.doings[option.id] = frozenset(doing for token in says for doing in doings_of(token))
            self.undoing.update((option.id, doc.text) for doc in phrases if any(undoes(token) for token in doc))
            used.update({key for _, words, _ in texts[option.id] for keys in words for key in keys})
        self.count = max(len(self.options), 1)
        self.used = used
        self.own_words = {option_id: own_words(option_id, texts, names) for option_id in texts}
        self.phrases: dict[str, list[Phrase]] = {
            option_id: [
                Phrase(text, tuple((keys, self.weight(keys)) for keys in words), whole)
                for text, words, whole in found
                if words
            ]
            for option_id, found in texts.items()
        }

    def texts(self, option: Option) -> Iterable[tuple[str, bool]]:
        """The option's phrases, and what it says."""
        yield from ((words, True) for words in option.words)
        yield option.says, False

    def words(self, doc: Doc, whole: bool, names: Set[str]) -> list[frozenset[str]]:
        """Keys of the telling words of a parsed text; of all its words where none is telling but names of parties.

        "Without Russia" is not named wherever Russia is. Nor is "full withdrawal" by its one telling word alone.
        """
        chosen = [token for token in doc if telling(token)]
        if whole and len(chosen) == 1:
            chosen = [token for token in doc if token in chosen or token.pos_ in WEIGHING]
        if not chosen or (whole and all(keys_of(token.lemma_) & names for token in chosen)):
            chosen = [token for token in doc if token.is_alpha]
        return [keys_of(token.lemma_) for token in chosen]

    def weight(self, keys: frozenset[str]) -> float:
        """How much a word tells one option from the others: rarer on the agenda, heavier."""
        spread = min(self.used[key] for key in keys)
        return math.log(1 + self.count / max(spread, 1)) + 0.1

    def links(self, sentence: Sentence) -> list[Link]:
        """Options a sentence speaks of, best first."""
        tokens = [token for token in sentence.span if not token.is_punct and not token.is_space]
        keys = [keys_of(token.lemma_) for token in tokens]
        present: dict[str, list[int]] = {}
        for place, found in enumerate(keys):
            for key in found:
                present.setdefault(key, []).append(place)
        links: list[Link] = []
        for option in self.options:
            best: Link | None = None
            for phrase in self.phrases[option.id]:
                link = self.match(option.id, phrase, tokens, present)
                if link is not None and (best is None or link.score > best.score):
                    best = link
            if best is None and not present.keys().isdisjoint(self.own_words[option.id]):
                best = self.by_own_words(option.id, tokens, keys)
            if best is not None:
                doc = sentence.span.doc
                bare = not any(undoes(doc[at]) for at in best.tokens)
                alone = self.does_away[option.id] and bare and (option.id, best.text) not in self.undoing
                doings = self.doings[option.id] if bare else frozenset()
                gone = bare and self.gone[option.id].named_by([doc[at] for at in best.tokens])
                links.append(replace(best, does_away=alone, of_what_goes=gone, doings=doings))
        return sorted(links, key=lambda link: -link.score)

    def match(self, option: str, phrase: Phrase, tokens: Sequence[Token], present: dict[str, list[int]]) -> Link | None:
        """Where a phrase stands in a sentence, or None."""
        here = present.keys()
        if here.isdisjoint(phrase.keys):
            return None
        share = sum(weight for keys, weight in phrase.words if not here.isdisjoint(keys)) / phrase.weight
        if share < (LEAST_OF_SAYS if not phrase.whole else 0.999 if len(phrase.words) < 4 else 0.8):
            return None  # most phrases stand in no sentence; where the others' words stand is looked up for them alone
        places = [sorted({place for key in keys for place in present.get(key, ())}) for keys, _ in phrase.words]
        if phrase.whole:
            window = self.closest([found for found in places if found], len(phrase.words) + SLACK)
            if window is None:
                return None
            return Link(
                option, min(1.0, 0.7 + 0.1 * len(window)), phrase.text, tuple(tokens[place].i for place in window)
            )
        matched = sum(bool(found) for found in places)
        if matched < 2:
            return None
        return Link(option, 0.9 * share, phrase.text, tuple(sorted({tokens[found[0]].i for found in places if found})))

    def by_own_words(self, option: str, tokens: Sequence[Token], keys: Sequence[frozenset[str]]) -> Link | None:
        """A link by words that belong to this option alone on the whole agenda ("ammonia"), however it is phrased."""
        own = self.own_words[option]
        found = [
            (token, max(own[key] for key in its & own.keys()))
            for token, its in zip(tokens, keys, strict=True)
            if its & own.keys() and telling(token)
        ]
        if not found:
            return None
        strength = sum(
            weight for _, weight in {token.lemma_.lower(): (token, weight) for token, weight in found}.values()
        )
        if strength < LEAST_OF_OWN:
            return None
        score = min(0.6, 0.3 + 0.1 * strength)
        return Link(
            option,
            score,
            ", ".join(dict.fromkeys(token.text for token, _ in found)),
            tuple(token.i for token, _ in found),
        )

    def closest(self, places: Sequence[Sequence[int]], reach: int) -> tuple[int, ...] | None:
        """One place for each word so that all stand within reach of one another, or None."""
        if not places:
            return None
        rarest = min(places, key=len)
        best: tuple[int, tuple[int, ...]] | None = None
        for at in rarest:
            chosen = tuple(sorted({min(found, key=lambda place: abs(place - at)) for found in places}))
            width = chosen[-1] - chosen[0]
            if width <= reach and (best is None or width < best[0]):
                best = (width, chosen)
        return best[1] if best else None
