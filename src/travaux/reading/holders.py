"""Who holds what a cue tells: its subject, the agent of a passive, the possessor of a noun, the judge of a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from travaux.reading.mention import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# "Is said to oppose": a verb that only tells what its subject does.
REPORTED = {
    "say",
    "report",
    "understand",
    "believe",
    "know",
    "think",
    "rumour",
    "rumor",
    "allege",
    "quote",
    "cite",
    "describe",
}
# Who is brought to accept has accepted.
PREVAILED_ON = {"persuade", "convince", "force", "oblige", "compel", "induce"}
SUBJECT_ACTS = REPORTED | PREVAILED_ON
# Words after which a possessor judges: "in Kyiv's eyes".
EYES = {"eye", "view", "opinion", "judgement", "judgment", "book"}


def source_of(token: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who holds what a cue tells: its subject, agent, possessor, or the subject of the verb it hangs on."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return noun_source(token, mentions)
    if token.pos_ in {"ADJ", "ADV", "ADP"}:
        verb = token.head
        return verb_source(verb, mentions) if verb.pos_ in {"VERB", "AUX"} else None
    return verb_source(token, mentions)


def verb_source(verb: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Subject of an active verb or agent of a passive, climbing over conjunctions and open clauses."""
    seen = 0
    while seen < 6:
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children) or (
            verb.tag_ == "VBN"
            and verb.dep_ in {"acl", "relcl"}
            and not any(child.dep_ in {"nsubj", "aux"} for child in verb.children)
        )
        # "Supported by X and opposed by Y": the second is as passive as the first.
        passive = passive or (verb.tag_ == "VBN" and any(child.dep_ == "agent" for child in verb.children))
        if passive:
            told_of = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
            if told_of is not None and seen and verb.lemma_.lower() in SUBJECT_ACTS:
                return mention_of(told_of, mentions, verb)
            for child in verb.children:
                if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
                    found = mention_below(child, mentions)
                    if found is not None:
                        return found
            if told_of is not None or (seen and any(child.dep_ == "auxpass" for child in verb.children)):
                return None  # who is asked to accept has not accepted
        for child in verb.children:
            if child.dep_ == "nsubj":
                return mention_of(child, mentions, verb)
        if (
            verb.dep_ in {"conj", "xcomp", "advcl", "acl", "ccomp", "pcomp", "prep", "dep", "parataxis"}
            and verb.head.i != verb.i
        ):
            if verb.dep_ in {"acl", "relcl"} and verb.head.i in mentions:
                return mentions[verb.head.i]
            following = verb.head
            while following.pos_ in {"ADP", "ADJ", "NOUN"} and following.head.i != following.i:
                if following.pos_ == "NOUN":
                    return noun_source(following, mentions)
                following = following.head
            verb = following
            seen += 1
            continue
        break
    return None


def beside(word: Token | None) -> list[Token]:
    """Participles that name others beside somebody, or beside a deed: "supported by X", "backed by X and opposed by Y"."""
    if word is None:
        return []
    found = []
    waiting = [one for one in word.children if one.dep_ in {"acl", "relcl", "advcl", "conj"} and one.tag_ == "VBN"]
    while waiting:
        verb = waiting.pop(0)
        waiting += [one for one in verb.children if one.dep_ == "conj" and one.tag_ == "VBN"]
        own = any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in verb.children)
        if not own and any(map(is_by, verb.children)):
            found.append(verb)
    return found


def is_by(word: Token) -> bool:
    """Whether a word below a participle says by whom."""
    return word.dep_ in {"agent", "prep"} and word.lower_ == "by"


def mention_of(token: Token, mentions: Mapping[int, Mention], verb: Token) -> Mention | None:
    """The mention a subject is; a relative pronoun means the noun its clause hangs on."""
    if token.i in mentions:
        return mentions[token.i]
    if token.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        return mentions.get(verb.head.i)
    for child in token.children:
        if child.dep_ in {"appos"} and child.i in mentions:
            return mentions[child.i]
    if token.ent_type_ != "PERSON":
        # "Moscow's position", "the Kremlin's line": the possessor holds it.
        return next(
            (
                mentions[child.i]
                for child in token.children
                if child.dep_ in {"poss", "amod", "compound"} and child.i in mentions
            ),
            None,
        )
    return None


def mention_below(preposition: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """The mention a preposition takes."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            return mention_of(child, mentions, preposition)
    return None


def noun_source(noun: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who a noun of stance belongs to: "Kyiv's demand", "Russian demands", "opposition from Berlin", "voiced support"."""
    owner = owner_of(noun, mentions)
    if owner is not None:
        return owner
    head = noun.head
    if noun.dep_ in {"dobj", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        return verb_source(head, mentions)
    if noun.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"}:
        return noun_source(head, mentions)
    if noun.dep_ == "pobj" and head.head.pos_ in {"VERB", "AUX"} and head.lower_ in {"with", "in", "to"}:
        return verb_source(head.head, mentions)
    return None


def owner_of(noun: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Whose a noun is by the words below it: "Kyiv's eyes", "the eyes of Kyiv"."""
    for child in noun.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i in mentions:
            return mentions[child.i]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of", "among", "in"}:
            found = mention_below(child, mentions)
            if found is not None:
                return found
    return None


def minded(participle: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who is as a participle tells: the subject of "is opposed to", or of the verb that it completes."""
    for child in participle.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            return mention_of(child, mentions, participle)
    return verb_source(participle.head, mentions) if participle.dep_ in {"acomp", "oprd", "conj"} else None


def judge_of(verb: Token, word: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Whose judgement a joined verdict is, where it says so: "unacceptable to Kyiv", "for Kyiv", "in Kyiv's eyes"."""
    for preposition in (*word.children, *verb.children):
        if preposition.dep_ != "prep":
            continue
        judges = [owner_of(below, mentions) for below in preposition.children if below.lemma_.lower() in EYES]
        if preposition.lower_ in {"to", "for"}:
            judges.insert(0, mention_below(preposition, mentions))
        found = next((judge for judge in judges if judge is not None), None)
        if found is not None:
            return found
    return None


def same(one: Mention, other: Mention) -> bool:
    """Whether two mentions can speak for the same position."""
    return bool(set(one.parties) & set(other.parties)) or (one.person is not None and one.person == other.person)
