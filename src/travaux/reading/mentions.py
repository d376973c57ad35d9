"""Step 2: names, roles, bodies and pronouns become parties and the people who speak for them.

A mention is a noun phrase, known by the token its grammar hangs on. What makes one:

- a name of a party or person on the agenda ("Moscow", "Ms Zakharova");
- a body or official that a party's name modifies ("Turkish officials", "Russia's Foreign Ministry");
- an office, alone or with a party's name ("the Turkish president", "the foreign minister"): its holder on the agenda;
- a person the agenda does not know, tied to a party by the words beside the name ("Ann Lee, the British envoy");
- "both sides": the two parties last spoken of;
- a pronoun: he and she the person last spoken of, it and they the party.

Whoever cannot be tied to a party stays a mention without one: an anonymous source, a stranger. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from travaux.model import Agenda, Party, Person
from travaux.reading.parse import Sentence
from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PERSON_PRONOUNS = {"he", "she", "him", "her", "his", "himself", "herself", "i", "my", "me"}
PARTY_PRONOUNS = {"it", "its", "they", "their", "them", "itself", "themselves", "we", "our", "us"}
# Words of a role that say little about which office it is.
ROLE_STOP = {"of", "the", "and", "for", "to", "a", "an", "s", "in", "on", "mr", "ms", "mrs"}
OFFICE_WORDS = {
    "pm": "prime minister",
    "premier": "prime minister",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
}
LEADERS: tuple[tuple[str, ...], ...] = (
    ("president", "king", "queen", "emir", "sultan", "monarch", "pope"),
    ("prime minister", "chancellor", "taoiseach"),
)
"""Whom "the Turkish leader" means: the head of state where the agenda has one, else the head of government."""
STATE, GOVERNMENT = "head of state", "head of government"
BODIES = {"ministry", "department", "office", "embassy", "chancellery", "secretariat", "treasury", "agency", "commission",
          "presidency", "mission", "delegation", "directorate"}  # fmt: skip
"""Bodies that the role of one of their people names in full: "spokeswoman of the Russian Foreign Ministry"."""
AT_HOME = {"ministry", "government", "parliament", "cabinet", "leadership", "administration", "authority"}
"""Bodies that sit in the capital of their own party."""
PLAIN = {"government", "side", "country", "leadership", "capital", "nation", "state", "authority", "administration"}
"""Nouns that mean no more than their party: "the Turkish side"."""
DOCUMENTS = {"statement", "communique", "letter", "readout", "declaration", "note", "paper", "position"}
"""What somebody says in writing; its words are those of whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody a sentence speaks of.

    Attributes:
        parties: ids of the parties meant; more than one for "both sides", none for a stranger or unnamed source.
        person: full name where a person is meant, as the agenda has it or as given; None where only the party is.
        body: the words as given, where a body or unnamed group of the party is meant ("Turkish officials"), else None;
            beside a person, what that person wrote ("her letter"), which "it" goes on to mean.
        anonymous: True for a source nobody names.
        how: how it was recognised, in words a user reads.
        first, last: token numbers in the document, inclusive.
    """

    parties: tuple[str, ...]
    person: str | None
    body: str | None
    anonymous: bool
    how: str
    first: int
    last: int

    @property
    def speaker(self) -> str | None:
        """The codebook's speaker: person or body as given, None where only the party is named."""
        return self.person or self.body


@cache
def speaker_words() -> dict[str, frozenset[str]]:
    """The word lists of ``lexicon/speakers.toml``."""
    raw = word_lists("speakers")
    return {name: frozenset(words) for name, words in raw.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What a name on the agenda stands for."""

    party: str
    person: Person | None


class Names:
    """The names of one agenda, ready to be found in text."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.known: dict[str, Known] = {}
        for party in agenda.parties:
            for name in (party.name, *party.names):
                self.add(name, Known(party.id, None))
            for person in party.people:
                for name in (person.name, *person.names):
                    self.add(name, Known(party.id, person))
        spellings = sorted(self.known, key=lambda name: (-len(name), name))
        alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in spellings)
        self.pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if spellings else None

    def add(self, name: str, known: Known) -> None:
        """Take a spelling; the first party that claims it keeps it. "the Kremlin" is found as "Kremlin" too."""
        bare = re.sub(r"^(the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
        spellings = {name.strip(), bare, bare[:1].upper() + bare[1:]}
        if len(bare) > 3:
            # Conference bulletins print parties in capitals.
            spellings.add(bare.upper())
        for spelling in sorted(spellings):
            if len(spelling) > 1:
                self.known.setdefault(spelling, known)

    def holder(self, words: Iterable[str], party: Party) -> Person | None:
        """The one person of a party whose office has all these words; None where there is none or more than one.

        "The president" is the President, not the spokesman of the President; "the Foreign Ministry" is nobody's office.
        """
        told = " ".join(words)
        wanted = role_words(told)
        holders = [
            person
            for person in party.people
            if wanted <= role_words(person.role) and wanted & role_words(" ".join(offices_in(person.role)))
        ]
        if len(holders) > 1:
            exact = {word for word in told.lower().split() if word.startswith("spokes")}
            shortest = [person for person in holders if role_words(person.role) - wanted <= party_words(party)]
            spelt = [person for person in holders if exact and exact <= set(person.role.lower().split())]
            holders = shortest or spelt or holders
        if not holders and told.lower() in {"leader", STATE, GOVERNMENT}:
            return self.leader(told.lower(), party)
        return holders[0] if len(holders) == 1 else None

    def leader(self, told: str, party: Party) -> Person | None:
        """The head of state or of government whom "the leader" of a party means."""
        state, government = LEADERS
        asked = {STATE: (state,), GOVERNMENT: (government,)}
        for offices in asked.get(told, LEADERS):
            found = [holder for office in offices if (holder := self.holder((office,), party)) is not None]
            if found:
                return found[0]
        return None

    def full_name(self, words: Iterable[str], party: Party) -> str | None:
        """A body of a party as the role of one of its people names it in full: "Russian Foreign Ministry"."""
        wanted = role_words(" ".join(words)) - party_words(party)
        bodies = (body_in(person.role) for person in party.people)
        return next((body for body in bodies if body and role_words(body) - party_words(party) == wanted), None)

    def body_of(self, owner: Mention | None, noun: str) -> str | None:
        """The body that somebody speaks for, by the role on the agenda, where it is of the kind asked for."""
        people = (person for party in self.agenda.parties for person in party.people)
        bodies = (body_in(person.role) for person in people if owner is not None and person.name == owner.person)
        return next((body for body in bodies if body and body.split()[-1].lower() == noun.lower()), None)


def is_filler(token: Token) -> bool:
    """Whether "it" only fills the place of the subject: "it is worth noting that …", "it is clear"."""
    clauses = {"acomp", "ccomp", "xcomp", "csubj"}
    return (
        token.dep_ == "nsubj"
        and token.head.lemma_ == "be"
        and any(child.dep_ in clauses for child in token.head.children)
    )


def role_words(role: str) -> set[str]:
    """The words that tell one office from another, lower case, with near words brought together."""
    for short, long in OFFICE_WORDS.items():
        role = re.sub(rf"\b{short}\b", long, role, flags=re.IGNORECASE)
    return {word for word in re.findall(r"[a-z]+", role.lower()) if word not in ROLE_STOP}


def offices_in(role: str) -> list[str]:
    """The words that say what somebody is, without whose or where: "spokesman" of "spokesman of the President"."""
    parts = re.split(r",|;|\band\b", role)
    return [re.split(r"\s(?:of|for|to|at|in)\s", part.strip(), maxsplit=1)[0].split(" ")[-1] for part in parts]


def body_in(role: str) -> str | None:
    """The body that a role belongs to, where it names one in full."""
    found = re.search(r"\s(?:of|for|at)\s(?:the\s)?(.+)$", role)
    return found.group(1) if found and found.group(1).split()[-1].lower() in BODIES else None


def office_of(noun: Token) -> list[str]:
    """The words of an office or body: what describes the noun, the noun, and "of state" behind a head."""
    words = [child.text for child in noun.lefts if child.dep_ in {"compound", "amod"}] + [noun.lemma_]
    if noun.lemma_.lower() == "head":
        after = noun.doc[noun.i + 1 : noun.i + 3].text.lower()
        words += after.split() if f"head {after}" in {STATE, GOVERNMENT} else []
    return words


def party_words(party: Party) -> set[str]:
    """The words of a party's own names, lower case."""
    return {word for name in (party.name, *party.names) for word in re.findall(r"[a-z]+", name.lower())}


def person_beside(noun: Token) -> tuple[str, int] | None:
    """Name and last token of the person who stands right after an office, or whom it describes.

    "Its head of delegation Ingrid Stokke", "their spokesman, Curtis Baptiste,", "Australia's trade minister Helen Marsden".
    """
    end = end_of_office(noun)
    for entity in noun.sent.ents:
        if entity.label_ != "PERSON":
            continue
        apart = entity.start - end - 1
        comma = apart == 1 and noun.doc[end + 1].text == ","
        apposed = entity.root.dep_ == "appos" and entity.root.head.i == noun.i
        if (apart == 0 or comma) and (apposed or (apart == 0 and noun.dep_ in {"compound", "nmod", "amod"})):
            return name_of(entity), entity.end - 1
    return None


def name_of(person: Span) -> str:
    """A person's name as given, without the mark of the possessive."""
    return re.sub(r"('s|’s)$", "", person.text).strip()


def last_name(name: str) -> str:
    """The last word of a name."""
    return (name.split() or [""])[-1]


def titled(person: Span, offices: Collection[str]) -> bool:
    """Whether an office stands right before a name: "Energy Minister Curtis Ramlogan"."""
    return person.start > person.sent.start and person.doc[person.start - 1].lemma_.lower() in offices


def end_of_office(noun: Token) -> int:
    """Last token of an office's name: "the director of the state company", "the minister responsible for trade"."""
    last = noun.i
    for child in noun.rights:
        belongs = child.dep_ == "prep" and child.lower_ in {"of", "for", "to", "from"}
        if child.i != last + 1 or not (belongs or child.lower_ == "responsible"):
            break
        end = child.i
        for token in noun.doc[child.i : child.right_edge.i + 1]:
            aside = token.dep_ in {"relcl", "acl", "appos"} or token.pos_ in {"VERB", "AUX"}
            if aside or (token.is_punct and token.text != "-"):
                break
            end = token.i
        if end == child.i:
            break
        last = end
    return last


@dataclass
class Salience:
    """Who was spoken of last, for pronouns, bare offices and last names; carried through the sentences of one report.

    Attributes:
        person, party: the last of each; ids: parties by when they were last spoken of, the latest at the end.
        named: the last mention of a person by the last word of the name.
    """

    person: Mention | None = None
    party: Mention | None = None
    ids: list[str] = field(default_factory=list)
    named: dict[str, Mention] = field(default_factory=dict)

    def saw(self, mention: Mention) -> None:
        """Remember a mention as the latest."""
        if mention.person:
            self.person = mention
            self.named[last_name(mention.person)] = mention
        if mention.body or (mention.parties and not mention.person):
            self.party = mention
        for party in mention.parties:
            if party in self.ids:
                self.ids.remove(party)
            self.ids.append(party)

    def so_far(self) -> Salience:
        """Who was spoken of last as of now, to look back at or go on from; last names are not carried along."""
        return Salience(self.person, self.party, list(self.ids))


class MentionFinder:
    """Finds the mentions of one report, sentence by sentence, in order."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.salience = Salience()
        self.lexicon = speaker_words()

    def find(self, sentence: Sentence) -> dict[int, Mention]:
        """Mentions of a sentence by the document's number of the token their grammar hangs on."""
        span = sentence.span
        found: dict[int, Mention] = {}
        named = self.named_tokens(sentence)
        for head, known, first, last in named:
            mention, at = self.widen(span.doc[head], known, first, last)
            if mention is not None and (at not in found or (mention.person and not found[at].person)):
                found[at] = mention
        self.strangers(sentence, found)
        self.offices(sentence, found)
        self.bare_groups(sentence, found)
        before = self.salience.so_far()
        order = sorted(found)
        for token in span:
            if token.i in found:
                continue
            pronoun = self.pronoun(token, found, order, before)
            if pronoun is not None:
                found[token.i] = pronoun
        last_subject: Mention | None = None
        for at in order:
            subject = span.doc[at].dep_ in {"nsubj", "nsubjpass"}
            self.salience.saw(found[at])
            if subject and last_subject is None:
                last_subject = found[at]
        if last_subject is not None:
            # The grammatical subject is what the next sentence's "he" most likely means.
            self.salience.saw(last_subject)
        return found

    def named_tokens(self, sentence: Sentence) -> list[tuple[int, Known, int, int]]:
        """Names of the agenda in a sentence: head token, what the name stands for, first and last token."""
        if self.names.pattern is None:
            return []
        span, found = sentence.span, []
        for match in self.names.pattern.finditer(span.text):
            part = span.char_span(match.start(), match.end(), alignment_mode="expand")
            if part is None or not len(part):
                continue
            known = self.names.known.get(re.sub(r"\s+", " ", match.group()))
            if known is not None:
                found.append((part.root.i, known, part.start, part.end - 1))
        return found

    def widen(self, head: Token, known: Known, first: int, last: int) -> tuple[Mention | None, int]:
        """From a name to the noun phrase it makes: "Russian" in "Russian officials" means the officials.

        Returns:
            The mention and its token; the mention is None where the name only describes a thing ("Russian ammonia").
        """
        if known.person is not None:
            at = head
            while at.dep_ in {"compound", "flat", "nmod"} and at.head.ent_type_ == "PERSON" and at.head.pos_ == "PROPN":
                at = at.head
            mention = Mention(
                (known.party,), known.person.name, None, False, f"named: {known.person.name}", first, last
            )
            return mention, at.i
        modified = head.head
        describes = head.dep_ in {"amod", "compound", "poss", "nmod"} and modified.pos_ in {"NOUN", "PROPN"}
        if not describes:
            body = head.doc[head.left_edge.i : last + 1].text.strip() if self.is_office(head) else None
            return Mention(
                (known.party,), None, body, False, f"named: {head.doc[first : last + 1].text}", first, last
            ), head.i
        if modified.lemma_.lower() in self.lexicon["agents"] and modified.ent_type_ != "PERSON":
            return self.body(modified, known.party, min(first, modified.left_edge.i), modified.i), modified.i
        if head.dep_ == "poss":
            # "Kyiv's request": the party stays a mention of its own, hanging on its own name.
            return Mention(
                (known.party,), None, None, False, f"named: {head.doc[first : last + 1].text}", first, last
            ), head.i
        if modified.ent_type_ == "PERSON" or modified.pos_ == "PROPN":
            stranger = self.person_text(modified)
            if stranger is not None and modified.ent_type_ == "PERSON":
                return Mention(
                    (known.party,), stranger, None, False, "named with the party", first, modified.i
                ), modified.i
        # "Russian ammonia" is a thing; "Ukrainian demands" are the party's (a cue noun asks for its modifier).
        return Mention((known.party,), None, None, False, f"named: {head.text}", first, last), head.i

    def is_office(self, noun: Token) -> bool:
        """Whether a noun is the office of one person: "the governor", not "the governors"."""
        return noun.lemma_.lower() in self.lexicon["offices"] and noun.tag_ in {"NN", "NNP"}

    def body(self, noun: Token, party_id: str, first: int, last: int, owner: Mention | None = None) -> Mention:
        """A noun that stands for a party: an office with its holder on the agenda, or a body as given.

        Args:
            owner: whose it is: "her ministry" is the one that her role names.
        """
        party = self.names.agenda.party(party_id)
        assert party is not None
        beside = person_beside(noun)
        if beside is not None:
            name, last = beside
            known = self.names.known.get(name)
            full = known.person.name if known is not None and known.person is not None else name
            return Mention((party_id,), full, None, False, "named beside the office", first, last)
        words = [word for word in office_of(noun) if word.lower() not in party_words(party)]
        holder = self.names.holder(words, party)
        last = max(last, end_of_office(noun))
        named = self.names.full_name(words, party) or self.names.body_of(owner, noun.lemma_)
        text = named or noun.doc[noun.left_edge.i : last + 1].text.strip()
        if holder is not None and noun.tag_ in {"NN", "NNP"}:
            return Mention((party_id,), holder.name, None, False, f"office: {text}", first, last)
        body = None if noun.lemma_.lower() in PLAIN | DOCUMENTS else text
        anonymous = noun.lemma_.lower() in self.lexicon["anonymous"] and noun.ent_type_ != "PERSON"
        return Mention(
            (party_id,), None, body, anonymous and self.unnamed(noun), f"body of the party: {text}", first, last
        )

    def unnamed(self, noun: Token) -> bool:
        """Whether the words around a source say that it is not named."""
        around = noun.sent.text.lower()
        marked = any(mark in around for mark in self.lexicon["anonymous_marks"])
        senior = any(
            child.lower_ in {"senior", "unnamed", "anonymous", "one", "two", "several"} for child in noun.lefts
        )
        if noun.lemma_.lower() in self.lexicon["unnamed"]:
            before = {child.lower_ for child in noun.lefts}
            indefinite = bool(before & {"a", "an", "another"})
            return marked or senior or indefinite or (noun.tag_ in {"NNS", "NNPS"} and "the" not in before)
        return marked or (senior and noun.lemma_.lower() != "minister")

    def person_text(self, token: Token) -> str | None:
        """Full name as given around a token that spaCy takes for part of a person's name."""
        for entity in token.doc.ents:
            if entity.label_ == "PERSON" and entity.start <= token.i < entity.end:
                return name_of(entity)
        return None

    def strangers(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """People the agenda does not know, tied to a party by an apposition, a title or an affiliation."""
        for entity in sentence.span.ents:
            if entity.label_ != "PERSON" or any(entity.start <= at < entity.end for at in found):
                continue
            root = entity.root
            near = [
                child
                for child in root.children
                if child.dep_ in {"appos", "compound", "prep", "nmod", "amod", "poss", "relcl"}
            ]
            if root.dep_ == "appos":
                near.append(root.head)
            parties = [party for child in near for party in self.parties_below(child, found)]
            if root.dep_ == "appos" and root.head.i in found:
                parties = list(found[root.head.i].parties) or parties
            if not parties and titled(entity, self.lexicon["offices"]):
                parties = self.salience_at(entity[0], found).ids[-1:]
            name = name_of(entity)
            earlier = self.salience.named.get(last_name(name))
            if parties:
                found[root.i] = Mention(
                    (parties[0],),
                    name,
                    None,
                    False,
                    "tied to the party by the words beside the name",
                    entity.start,
                    entity.end - 1,
                )
            elif earlier is not None:
                found[root.i] = Mention(
                    earlier.parties,
                    earlier.person,
                    None,
                    False,
                    f"named before as {earlier.person}",
                    entity.start,
                    entity.end - 1,
                )
            else:
                found[root.i] = Mention(
                    (), name, None, False, "a person the agenda does not know", entity.start, entity.end - 1
                )

        for token in sentence.span:
            if token.pos_ == "PROPN" and token.i not in found and token.ent_type_ != "PERSON":
                known = self.salience.named.get(token.text)
                if known is not None and known.person != token.text:
                    told = f"named before as {known.person}"
                    found[token.i] = Mention(known.parties, known.person, None, False, told, token.i, token.i)

    def parties_below(self, token: Token, found: dict[int, Mention]) -> list[str]:
        """Parties named in the words that hang on a token."""
        return [party for below in token.subtree if below.i in found for party in found[below.i].parties]

    def offices(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Offices without a party's name beside them: "the foreign minister", "his spokesman", "the ministry"."""
        for token in sentence.span:
            if token.i in found or token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ == "PERSON":
                continue
            if token.lemma_.lower() not in self.lexicon["agents"] or token.dep_ in {"compound", "amod"}:
                continue
            below = [
                party
                for child in token.children
                if child.dep_ == "prep" and child.lower_ in self.owning(token)
                for party in self.parties_below(child, found)
            ]
            owner = next(
                (found[child.i] for child in token.children if child.dep_ == "poss" and child.i in found), None
            )
            if owner is None or not owner.parties:
                owner = self.owner_meant(token, found) if not below else None
            parties = list(owner.parties) if owner is not None else below
            definite = any(child.lower_ == "the" for child in token.lefts)
            if owner is not None and owner.person is not None and token.lemma_.lower() in DOCUMENTS:
                told = f"the words of {owner.person}"
                last = end_of_office(token)
                words = token.doc[token.left_edge.i : last + 1].text
                found[token.i] = Mention(owner.parties, owner.person, words, False, told, token.left_edge.i, last)
            elif parties:
                found[token.i] = self.body(token, parties[0], token.left_edge.i, token.i, owner)
            elif definite:
                mention = self.office_in_discourse(token, self.salience_at(token, found))
                if mention is not None:
                    found[token.i] = mention
            if token.i not in found and token.lemma_.lower() in self.lexicon["anonymous"] and self.unnamed(token):
                words = token.doc[token.left_edge.i : token.i + 1].text.strip()
                found[token.i] = Mention((), None, words, True, f"unnamed source: {words}", token.left_edge.i, token.i)

    @staticmethod
    def owning(noun: Token) -> set[str]:
        """Prepositions that say whose a body is: "the ministry in Moscow" is Moscow's, the embassy there is not."""
        return {"of", "from", "for", "in"} if noun.lemma_.lower() in AT_HOME else {"of", "from", "for"}

    def owner_meant(self, token: Token, found: Mapping[int, Mention]) -> Mention | None:
        """Whom a possessive pronoun before an office means: "his spokesman", "its ministry"."""
        pronouns = PERSON_PRONOUNS | PARTY_PRONOUNS
        pronoun = next((child for child in token.children if child.dep_ == "poss" and child.lower_ in pronouns), None)
        return self.antecedent(pronoun, self.salience_at(token, found)) if pronoun is not None else None

    def salience_at(self, token: Token, found: Mapping[int, Mention]) -> Salience:
        """Who was spoken of last as seen from a word: the sentence's own mentions before it, its subject most of all."""
        here = self.salience.so_far()
        before = sorted(at for at in found if at < token.left_edge.i and found[at].parties)
        subjects = [at for at in before if token.doc[at].dep_ in {"nsubj", "nsubjpass"}]
        for at in [*before, *subjects[:1]]:
            here.saw(found[at])
        return here

    def office_in_discourse(self, token: Token, salience: Salience) -> Mention | None:
        """The holder of an office among the parties spoken of, the last one first; else the one holder on the agenda."""
        words = office_of(token)
        text = token.doc[token.left_edge.i : token.i + 1].text
        for party_id in reversed(salience.ids):
            party = self.names.agenda.party(party_id)
            holder = self.names.holder(words, party) if party is not None else None
            if holder is not None:
                return Mention((party_id,), holder.name, None, False, f"office: {text}", token.left_edge.i, token.i)
        holders = [
            (party.id, person)
            for party in self.names.agenda.parties
            if (person := self.names.holder(words, party)) is not None
        ]
        if len(holders) == 1:
            return Mention(
                (holders[0][0],), holders[0][1].name, None, False, f"office: {text}", token.left_edge.i, token.i
            )
        if self.is_office(token) and salience.ids:
            last = end_of_office(token)
            text = token.doc[token.left_edge.i : last + 1].text
            told = f"office of the party last spoken of: {text}"
            return Mention((salience.ids[-1],), None, text, False, told, token.left_edge.i, last)
        generic = {
            "ministry",
            "government",
            "union",
            "country",
            "kingdom",
            "republic",
            "bloc",
            "organisation",
            "organization",
            "company",
        }
        if token.lemma_.lower() in generic and salience.ids:
            body = text if token.lemma_.lower() == "ministry" else None
            return Mention(
                (salience.ids[-1],),
                None,
                body,
                False,
                f"body of the party last spoken of: {text}",
                token.left_edge.i,
                token.i,
            )
        return None

    def bare_groups(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """ "Both sides" and the like mean the two parties last spoken of."""
        span = sentence.span
        lowered = span.text.lower()
        for phrase in self.lexicon["both"]:
            at = lowered.find(phrase)
            if at < 0:
                continue
            part = span.char_span(at, at + len(phrase), alignment_mode="expand")
            here = [party for mention in found.values() for party in mention.parties]
            pair = list(dict.fromkeys(reversed([*self.salience.ids, *here])))[:2]
            if part is not None and len(pair) == 2:
                found[part.root.i] = Mention(
                    tuple(sorted(pair)),
                    None,
                    None,
                    False,
                    f"the two parties last spoken of: {phrase}",
                    part.start,
                    part.end - 1,
                )

    def pronoun(
        self, token: Token, found: dict[int, Mention], order: Sequence[int], before: Salience
    ) -> Mention | None:
        """Whom a pronoun means: a mention earlier in its sentence, else the one last spoken of before."""
        lowered = token.lower_
        if token.pos_ not in {"PRON", "DET"} or lowered not in PERSON_PRONOUNS | PARTY_PRONOUNS:
            return None
        if lowered == "it" and (token.dep_ == "expl" or is_filler(token)):
            return None
        in_quotes = lowered in {"i", "my", "me", "we", "our", "us"}
        for at in reversed([at for at in order if at < token.i]):
            candidate = found[at]
            fits = (
                candidate.person is not None
                if lowered in PERSON_PRONOUNS
                else candidate.parties and (candidate.person is None or candidate.body is not None)
            )
            same_clause = token.doc[at].head == token.head
            if (
                fits
                and not candidate.anonymous
                and (not same_clause or token.dep_ == "poss")
                and token.doc[at].dep_ in {"nsubj", "nsubjpass", "poss", "agent", "pobj", "appos", "conj", "ROOT"}
            ):
                return Mention(
                    candidate.parties,
                    candidate.person,
                    candidate.body,
                    False,
                    f"“{token.text}” after {candidate.speaker or candidate.parties[0]}",
                    token.i,
                    token.i,
                )
        latest = before.person or before.party if in_quotes else self.antecedent(token, before)
        if latest is None:
            return None
        who = latest.speaker or (latest.parties[0] if latest.parties else "somebody")
        return Mention(
            latest.parties,
            latest.person,
            latest.body,
            latest.anonymous,
            f"“{token.text}” after {who}",
            token.i,
            token.i,
        )

    def antecedent(self, token: Token, salience: Salience) -> Mention | None:
        """The person (he, she) or party (it, they) last spoken of."""
        return salience.person if token.lower_ in PERSON_PRONOUNS else salience.party
