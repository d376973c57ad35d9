"""The cue lexicon (``lexicon/cues.toml``) and finding its entries at a token of a parsed sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from travaux.model import Act
from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


WOULD = frozenset({"would", "'d"})
LONGEST_PHRASE = 4
"""Words of the lexicon's longest entry."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word by which a position is told.

    Attributes:
        word: its lemma, with particle or preposition; word_class: verb, noun, adjective or verdict.
        stance: ``for``, ``against``, ``open`` or ``relay`` (speech that takes no side by itself).
        negated: what it makes of its content under negation: a stance, or ``none``.
    """

    word: str
    word_class: str
    stance: str
    act: Act
    speech: bool
    negated: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by class and word, the modals, the words that undo what stands below them and those that set it apart.

    Attributes:
        beginnings: first words of what has three words or more, and of what begins with a preposition.
    """

    cues: dict[tuple[str, str], Cue]
    modals: dict[str, Act]
    undo: frozenset[str]
    uphold: frozenset[str]
    alike: tuple[frozenset[str], ...]
    apart: frozenset[str]
    beginnings: frozenset[str]
    general_nouns: frozenset[str]
    general_pronouns: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships; of two entries for one word of one class the first counts."""
    raw = word_lists("cues")
    cues: dict[tuple[str, str], Cue] = {}
    for entry in raw["cue"]:
        for word in entry["words"]:
            cue = Cue(word, entry["class"], entry["stance"], Act(entry["act"]), entry["speech"], entry["negated"])
            cues.setdefault((entry["class"], word), cue)
    modals = {word: Act(entry["act"]) for entry in raw["modal"] for word in entry["words"]}
    return Lexicon(
        cues,
        modals,
        frozenset(raw["effects"]["undo"]),
        frozenset(raw["effects"]["uphold"]),
        tuple(frozenset(row) for row in raw["effects"]["alike"]),
        frozenset(raw["effects"]["apart"]),
        frozenset(
            phrase.split()[0]
            for phrase in (*raw["effects"]["undo"], *(word for _, word in cues))
            if len(phrase.split()) > 2 or phrase.startswith(("in ", "for "))
        ),
        frozenset(raw["general"]["nouns"]),
        frozenset(raw["general"]["pronouns"]),
    )


def with_particles(token: Token) -> list[str]:
    """The lemma with its particles and prepositions, longest first, then alone: "put up with", "rule out", "rule"."""
    lemma = token.lemma_.lower()
    joined = list[str]()
    for child in token.children:
        dep = child.dep_
        if dep in {"prt", "prep", "advmod"} and child.i > token.i:
            beside = f"{lemma} {child.lower_}"
            joined.append(beside)
            joined += [f"{beside} {below.lower_}" for below in child.children if below.dep_ in {"prep", "pobj"}]
        elif dep in {"acomp", "oprd"} or (dep == "dobj" and child.pos_ == "ADJ"):
            joined.append(f"{lemma} {child.lower_}")
        elif dep == "dobj" and child.pos_ == "NOUN":
            joined.append(f"{lemma} {child.lemma_.lower()}")
        elif dep == "ccomp" and any(below.dep_ == "mark" and below.lower_ == "that" for below in child.children):
            joined.append(f"{lemma} that")
    joined += longer_phrases(token, lemma)
    return [*sorted(joined, key=len, reverse=True), lemma]


def longer_phrases(token: Token, first: str) -> list[str]:
    """Phrases of the lexicon of three words or four that begin at a token, whichever way the parser hung their words."""
    if first not in lexicon().beginnings:
        return []
    words = [word.lower_ for word in token.doc[token.i + 1 : token.i + LONGEST_PHRASE]]
    return [" ".join([first, *words[:count]]) for count in range(LONGEST_PHRASE - 1, 1, -1)]


def cue_at(token: Token) -> Cue | None:
    """The cue a token is, by its part of speech; None where it is none. Kept with the parsed text, for it is asked often."""
    kept: dict[int, Cue | None] = token.doc.user_data.setdefault("travaux cues", {})
    if token.i not in kept:
        kept[token.i] = looked_up(token)
    return kept[token.i]


def is_speech(token: Token) -> bool:
    """Whether a word is one of speech, so that its subject vouches for what it tells."""
    cue = cue_at(token)
    return cue is not None and cue.speech


def looked_up(token: Token) -> Cue | None:
    """The cue a token is, looked up in the lexicon."""
    classes = classes_of(token)
    if not classes:
        return None
    told = phrase_beside(token) if "verb" in classes else None
    if told is not None:
        return told
    state = state_of(token) if "adjective" in classes and "verb" in classes else None
    if state is not None:
        return state
    found = with_particles(token)
    if "verb" in classes:
        if any(child.dep_ == "aux" and child.lower_ in WOULD for child in token.children):
            found.append(f"would {token.lemma_}")
            found += ["would rather" for child in token.children if child.lower_ in {"rather", "sooner"}]
    elif "noun" in classes:
        found += [f"{child.lower_} {token.lemma_.lower()}" for child in token.children if child.dep_ == "amod"]
    words = lexicon().cues
    for word in sorted(found, key=len, reverse=True):
        for word_class in classes:
            cue = words.get((word_class, word))
            if cue is not None:
                return cue
    return None


def classes_of(token: Token) -> tuple[str, ...]:
    """Classes of cues that a token can be one of, the likelier first; none for most parts of speech."""
    if token.pos_ in {"VERB", "AUX"}:
        participle = token.tag_ == "VBN" and token.dep_ in {"acomp", "ROOT", "conj"}
        return ("verb", "adjective") if participle else ("verb",)
    if token.pos_ in {"NOUN", "PROPN"}:
        return ("verdict", "noun") if token.dep_ == "attr" else ("noun",)
    if token.pos_ in {"ADJ", "ADV"} or (token.pos_ == "ADP" and token.lower_ in {"against", "for", "behind"}):
        return ("adjective", "verdict")
    return ()


def state_of(participle: Token) -> Cue | None:
    """The cue that a participle is where it tells how its subject is minded and not what is done to it: "is opposed to"."""
    if any(child.dep_ == "agent" for child in participle.children):
        return None
    told = [f"{participle.lower_} {child.lower_}" for child in participle.children if child.dep_ == "prep"]
    if told or any(child.dep_ == "xcomp" for child in participle.children):
        told.append(participle.lower_)
    return next((cue for words in told if (cue := lexicon().cues.get(("adjective", words))) is not None), None)


def phrase_beside(verb: Token) -> Cue | None:
    """The cue in a phrase that hangs on a verb: "is off the table", "came out in favour"."""
    words = lexicon().cues
    for child in verb.children:
        if child.i > verb.i and child.lower_ in lexicon().beginnings and child.pos_ in {"ADP", "ADV", "SCONJ"}:
            for phrase in [*longer_phrases(child, child.lower_), child.doc[child.i : child.i + 2].text.lower()]:
                cue = words.get(("verdict", phrase)) or words.get(("adjective", phrase))
                if cue is not None:
                    return cue
    return None


def undoes(token: Token) -> bool:
    """Whether a word undoes what stands below it ("end", "without", "give up"). Kept with the parsed text."""
    kept: dict[int, bool] = token.doc.user_data.setdefault("travaux undoing", {})
    if token.i not in kept:
        kept[token.i] = any(word in lexicon().undo for word in with_particles(token)) and not undoes_nothing(token)
    return kept[token.i]


def undoes_nothing(verb: Token) -> bool:
    """Whether a verb that undoes elsewhere does not here: "leave it as it is", "lift the duty to 45 per cent"."""
    lemma = verb.lemma_.lower()
    if lemma == "leave" and verb.pos_ == "VERB":
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
        out = any(child.i > verb.i and child.lower_ in {"out", "behind", "off", "alone"} for child in verb.children)
        state = any(
            child.i > verb.i
            and (child.dep_ in {"oprd", "acomp", "ccomp"} or child.lower_ in {"as", "in", "on", "at", "to"})
            for child in verb.children
        )
        return (state or passive) and not out
    raised = any(child.dep_ == "prep" and child.lower_ == "to" for child in verb.children)
    return lemma == "lift" and raised and any(child.dep_ == "dobj" for child in verb.children)


def upholds(token: Token) -> bool:
    """Whether a word keeps what stands below it as it is: "keep", "remain in force", "untouched"; not "he went on"."""
    cue = cue_at(token)
    spoken = cue is not None and cue.stance == "relay"
    if token.lemma_.lower() == "leave" and undoes_nothing(token):
        return True  # "leave it as it is"
    return not spoken and any(word in lexicon().uphold for word in with_particles(token))


def doings_of(token: Token) -> frozenset[int]:
    """Numbers of the lexicon's rows of words alike in which a word stands: "withdraw" and "pull out" stand in one."""
    words = frozenset((*with_particles(token), token.lower_))
    return frozenset(number for number, row in enumerate(lexicon().alike) if not row.isdisjoint(words))


SOONER, FARTHEST = frozenset({"rather", "sooner", "better"}), 10
"""What a "than" belongs to, and how many words before it stands at most."""


def sets_apart(token: Token) -> bool:
    """Whether a word ends a phrase that sets apart what comes after it: "rather than", "in place of"."""
    if token.pos_ not in {"ADP", "SCONJ", "CCONJ"}:
        return False
    if token.lower_ == "than" and any(
        word.lower_ in SOONER for word in token.doc[max(0, token.i - FARTHEST) : token.i]
    ):
        return True
    if token.lower_ == "than" and token.i > 0 and token.nbor(-1).lower_ in {"fewer", "less", "other"}:
        return True
    if token.lower_ == "over" and token.head.lemma_.lower() in {"prefer", "preference"}:
        return True
    if (
        token.lower_ == "to"
        and token.head.lemma_ == "prefer"
        and any(part.dep_ == "dobj" for part in token.head.children)
    ):
        return True
    phrase = [word.lower_ for word in token.doc[max(0, token.i - 2) : token.i + 1]]
    return " ".join(phrase[-2:]) in lexicon().apart or " ".join(phrase) in lexicon().apart


def passed_over(token: Token) -> bool:
    """Whether a word is joined to another that is wanted in its place: "war" in "peace rather than war", "than pay"."""
    if any(word.lower_ == "than" and word.dep_ in {"mark", "prep", "cc"} and sets_apart(word) for word in token.lefts):
        return True
    if token.dep_ != "conj":
        return False
    joining = [word for word in token.head.children if word.dep_ == "cc" and word.i < token.i]
    return bool(joining) and sets_apart(joining[-1])


NEVER = {"point", "time", "circumstance", "case", "account", "condition", "price", "event", "stage"}
NOBODY = frozenset({"nothing", "nobody", "none"})
COMPARED = frozenset(
    {"more", "fewer", "less", "further", "later", "higher", "lower", "longer", "earlier", "sooner", "greater", "larger"}
)
NEGATORS = {"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "nothing", "nobody", "none"}


def negated(token: Token) -> bool:
    """Whether a word is negated by a word of its own: "did not agree", "no plan", "no longer wants"."""
    count = sum(negates(child, token) for child in token.children)
    count += nobody(token)
    return count % 2 == 1


def negates(child: Token, token: Token) -> bool:
    """Whether one word below another negates it."""
    if compares(child):
        return False
    if child.dep_ == "neg":
        return True
    if child.lower_ in NEGATORS and child.dep_ in {"det", "advmod", "preconj", "cc"}:
        return child.i < token.i
    if child.lower_ == "longer":
        return any(below.lower_ == "no" for below in child.children)
    shared = child.dep_ == "prep" and child.lower_ in {"with", "by", "from", "for"}
    if shared and any(below.dep_ == "pobj" and nobody(below) for below in child.children):
        return True
    if child.dep_ == "prep" and child.i < token.i:
        # "At no point did it agree", "will under no circumstances pay".
        return any(
            below.dep_ == "pobj" and below.lemma_ in NEVER and any(part.lower_ == "no" for part in below.children)
            for below in child.children
        )
    return negates_above(child)


def nobody(word: Token) -> bool:
    """Whether a pronoun denies what it stands in for: "accept nothing", not "nothing less than" and "all or nothing"."""
    if word.lower_ not in NOBODY or word.pos_ not in {"PRON", "NOUN"}:
        return False
    before = word.nbor(-1).lower_ if word.i > 0 else ""
    after = word.nbor().lower_ if word.i + 1 < len(word.doc) else ""
    return before != "or" and after not in {"less", "but", "except", "short", "other", "against", "more", "to"}


def compares(negator: Token) -> bool:
    """Whether a "no" only sets a limit: "no more than ten", "not later than May"."""
    doc = negator.doc
    if negator.lower_ not in {"no", "not"} or negator.i + 2 >= len(doc):
        return False
    return doc[negator.i + 1].lower_ in COMPARED and doc[negator.i + 2].lower_ == "than"


def negates_above(child: Token) -> bool:
    """Whether a subject or object has a "no" of its own, which negates its verb: "no party agreed", "sees no reason"."""
    if child.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    # "Not ten cents would be freed", "not one party agreed".
    if nobody(child) or (child.lower_ == "neither" and child.pos_ == "PRON"):
        return True
    counted = any(below.dep_ == "nummod" and below.i > 0 and below.nbor(-1).lower_ == "not" for below in child.children)
    return counted or any(
        below.lower_ in {"no", "neither"} and below.dep_ == "det" and not compares(below) for below in child.children
    )


def longer(token: Token) -> bool:
    """Whether a word has "longer" beside it: negated, it tells what was so once and is not now."""
    return any(child.lower_ == "longer" for child in token.children)
