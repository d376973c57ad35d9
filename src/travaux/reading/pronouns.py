"""Whom pronouns and "both sides" may mean: persons and things, one and many, and who was spoken of last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from travaux.reading.cues import cue_at
from travaux.reading.offices import is_one_person, last_name, speaker_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from travaux.reading.mention import Mention

PERSON_PRONOUNS = {"he", "she", "him", "her", "his", "himself", "herself", "i", "my", "me"}
PARTY_PRONOUNS = {"it", "its", "they", "their", "them", "itself", "themselves", "we", "our", "us"}
SINGLE_PRONOUNS = {"it", "its", "itself"}
REFLEXIVES = {"himself", "herself", "itself", "themselves"}
FIRST_PERSONS = {"i", "me", "my", "myself", "we", "us", "our", "ourselves"}
PRONOUNS = PERSON_PRONOUNS | PARTY_PRONOUNS
THIRD_PERSONS = PRONOUNS - FIRST_PERSONS
SUBJECTS = {"nsubj", "nsubjpass"}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


@dataclass
class Salience:
    """Who was spoken of last, for pronouns, bare offices and last names; carried through the sentences of one report.

    Attributes:
        person, party, thing: the last whom "he", "they" and "it" may mean.
        ids: parties by when they were last spoken of, the latest at the end.
        times: how many sentences of the report name each party or its people, and how many spoke of it so far.
        named: the last mention of a person by the last word of the name.
    """

    person: Mention | None = None
    party: Mention | None = None
    thing: Mention | None = None
    ids: list[str] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    named: dict[str, Mention] = field(default_factory=dict)

    def saw(self, mention: Mention, token: Token) -> None:
        """Remember a mention and its token as the latest."""
        if mention.person:
            self.named[last_name(mention.person)] = mention
        if may_mean("he", mention, token):
            self.person = mention
        if may_mean("they", mention, token):
            self.party = mention
        if may_mean("it", mention, token):
            self.thing = mention
        for party in mention.parties:
            if party in self.ids:
                self.ids.remove(party)
            self.ids.append(party)

    def so_far(self) -> Salience:
        """Who was spoken of last as of now, to look back at or go on from; last names are not carried along."""
        return Salience(self.person, self.party, self.thing, list(self.ids), self.times)

    def principals(self, parties: Iterable[str], number: int = 2) -> list[str]:
        """So many of some parties as the report is most about, the latest first where as much.

        Args:
            parties: ids by when they were last spoken of, the latest at the end.
        """
        return sorted(latest_first(parties), key=lambda party: -self.times[party])[:number]


def latest_first(parties: Iterable[str]) -> list[str]:
    """Each of some parties once, the last spoken of first, where the latest was at the end."""
    return list(dict.fromkeys(reversed(list(parties))))


def may_mean(pronoun: str, mention: Mention, token: Token) -> bool:
    """Whether a pronoun in lower case may mean a mention that hangs on a token.

    Who holds an office is a person, whether named or not; "officials" are no "it". A party's name may be anything: "the United
    States" is an "it", "the Greens" are not always.
    """
    if token.lower_ in PRONOUNS:  # it goes on meaning what it meant: no "it" after a "he"
        alike = (pronoun in PERSON_PRONOUNS) is (token.lower_ in PERSON_PRONOUNS)
        return alike and (pronoun not in SINGLE_PRONOUNS or token.lower_ in SINGLE_PRONOUNS)
    official = mention.body is not None and mention.person is None and is_one_person(token)
    if pronoun in PERSON_PRONOUNS:
        taken_for_one = mention.body is None and token.ent_type_ == "PERSON" and not mention.of_many
        return mention.person is not None or official or taken_for_one
    if not mention.parties or official or (mention.person is not None and mention.body is None):
        return False
    return pronoun not in SINGLE_PRONOUNS or mention.body is None or token.tag_ not in {"NNS", "NNPS"}


def meaning(pronoun: Token, meant: Mention) -> Mention:
    """The mention that a pronoun makes of the one that it means."""
    who = meant.speaker or (meant.parties[0] if meant.parties else "somebody")
    return replace(meant, how=f"“{pronoun.text}” after {who}", first=pronoun.i, last=pronoun.i)


def likeliest(pronoun: Token, fitting: Sequence[int]) -> int:
    """Which of the mentions that a pronoun may mean it does: the subject of a clause that its own hangs on, else the nearest subject.

    "Washington, a tenant in Djibouti, has let it be known that it opposes the pier."
    """
    subjects = [at for at in fitting if pronoun.doc[at].dep_ in SUBJECTS]
    return (subjects_above(pronoun, fitting) or subjects or fitting)[-1]


def subjects_above(token: Token, places: Iterable[int]) -> list[int]:
    """Those of some tokens that are subjects of a verb that a word hangs on, at whatever remove."""
    above = {over.i for over in token.ancestors}
    return [at for at in places if token.doc[at].dep_ in SUBJECTS and token.doc[at].head.i in above]


def group_phrase(token: Token) -> tuple[Span, int] | None:
    """The words that mean parties by their number alone, known by their first, and how many: "both sides", "the three camps"."""
    noun, doc = token.head, token.doc
    word = token.lower_
    if word in {"both", "neither"} and token.dep_ in SUBJECTS:
        below = [child for child in token.children if child.dep_ == "prep"]
        return (doc[token.i : token.i + 1], 2) if not below else None
    behind = {child.lower_ for child in noun.children if child.i == token.i + 1}
    number = next((NUMBERS[one] for one in behind & NUMBERS.keys()), 0) if word in {"the", "all"} else 0
    number = 2 if word in {"both", "neither"} else number
    named = noun.lemma_.lower() in speaker_words()["agents"] | speaker_words()["pairs"]
    if not number or not named or noun.i < token.i:
        return None
    # "Both governments of the Gulf", "both presidents and premiers" are others than the two last spoken of.
    further = any(child.dep_ in {"conj", "prep", "relcl"} and child.i > noun.i for child in noun.children)
    return None if further else (doc[token.i : noun.i + 1], number)


def itself(reflexive: Token) -> Token | None:
    """The word that a reflexive goes back to: the noun right before it ("the lender itself"), else the subject of its verb."""
    if reflexive.i > reflexive.sent.start:
        before = reflexive.nbor(-1)
        if before.pos_ in {"NOUN", "PROPN"} and reflexive.dep_ not in {"dobj", "pobj", "dative"}:
            return before
    for over in reflexive.ancestors:
        subject = next((child for child in over.children if child.dep_ in SUBJECTS), None)
        if subject is not None and subject.i < reflexive.i:
            relative = subject.lower_ in {"who", "which", "that"} and over.dep_ == "relcl"
            return over.head if relative else subject
    return None


def is_thing(token: Token) -> bool:
    """Whether "it" or "them" stands where parties seldom do: what is rejected, judged or let be, "it is a start"."""
    words, above = speaker_words(), token.head
    if token.dep_ in {"dobj", "pobj", "dative"}:
        verb = above.pos_ in {"VERB", "AUX"}
        return above.lemma_.lower() not in words["to_somebody"] if verb else above.lower_ in words["to_things"]
    if token.dep_ not in SUBJECTS or token.lower_ not in SINGLE_PRONOUNS:
        return False
    if above.pos_ not in {"VERB", "AUX"} or (above.dep_ == "ccomp" and above.head.lemma_ in {"let", "leave"}):
        return True  # "finds it elegant", "let it lapse"
    named = [child for child in above.children if child.dep_ == "attr"]
    return above.lemma_ == "be" and bool(named) and all(cue_at(child) is None for child in named)


def is_of_other_subject(pronoun: Token, mentions: Container[int]) -> bool:
    """Whether a pronoun goes back to a subject above it that is none of the parties: "Delegates left it as they found it".

    Things are passed over: "a treaty about waste would do for it".

    Args:
        mentions: numbers of the tokens that are known to mean somebody.
    """
    if pronoun.lower_ in PERSON_PRONOUNS:
        return False
    words = speaker_words()
    several = pronoun.lower_ not in SINGLE_PRONOUNS
    return any(
        child.dep_ in SUBJECTS
        and child.i < pronoun.i
        and child.i not in mentions
        and (child.tag_ in {"NNS", "NNPS"}) is several
        and child.lemma_.lower() in words["agents"] | words["bodies"] | words["persons"]
        for over in pronoun.ancestors
        for child in over.children
    )


def is_filler(token: Token) -> bool:
    """Whether "it" only fills the place of the subject: "it is worth noting that …", "it is clear"; "it is open to talks" does not."""
    if token.dep_ != "nsubj" or token.head.lemma_ != "be":
        return False
    said = [child for child in token.head.children if child.dep_ in {"acomp", "ccomp", "xcomp", "csubj"}]
    return bool(said) and not any(
        child.dep_ == "acomp" and (cue := cue_at(child)) is not None and cue.word_class != "verdict" for child in said
    )


def meant_by(token: Token, found: dict[int, Mention], order: Sequence[int], before: Salience) -> Mention | None:
    """Whom a pronoun means: a mention earlier in its sentence, else the one last spoken of before."""
    lowered = token.lower_
    if token.pos_ not in {"PRON", "DET"} or lowered not in THIRD_PERSONS:
        return None
    if lowered == "it" and (token.dep_ == "expl" or is_filler(token)):
        return None
    if lowered in {"it", "them"} and is_thing(token):
        return None
    if lowered in REFLEXIVES:
        meant_by = itself(token)
        return None if meant_by is None or meant_by.i not in found else meaning(token, found[meant_by.i])
    fitting = [at for at in order if at < token.i and may_stand_for(token, found[at], token.doc[at])]
    if not fitting and is_of_other_subject(token, found):
        return None
    meant = found[likeliest(token, fitting)] if fitting else antecedent(token, before)
    return None if meant is None else meaning(token, meant)


def may_stand_for(pronoun: Token, mention: Mention, token: Token) -> bool:
    """Whether a pronoun may mean a mention earlier in its sentence, which hangs on a token."""
    return (
        may_mean(pronoun.lower_, mention, token)
        and not mention.anonymous
        and (token.head != pronoun.head or pronoun.dep_ == "poss")
        and token.dep_ in {"nsubj", "nsubjpass", "poss", "agent", "pobj", "appos", "conj", "ROOT"}
    )


def antecedent(token: Token, salience: Salience) -> Mention | None:
    """The person (he, she) or party (it, they) last spoken of."""
    if token.lower_ in PERSON_PRONOUNS:
        return salience.person
    return salience.thing if token.lower_ in SINGLE_PRONOUNS else salience.party
