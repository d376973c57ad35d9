"""Step 2: names, roles, bodies and pronouns become parties and the people who speak for them.

A mention is a noun phrase, known by the token its grammar hangs on. What makes one:

- a name of a party or person on the agenda ("Moscow", "Ms Zakharova");
- a body or official that a party's name modifies ("Turkish officials", "Russia's Foreign Ministry");
- the last word of a party's name, once it has been spoken of ("the council"), or what it was said to be ("the campaign");
- an office, alone or with a party's name ("the Turkish president", "the foreign minister"): its holder on the agenda, or whoever
  was last spoken of with it; on a party's own paper "the Government" is its own, see `letterheads`;
- a person the agenda does not know, tied to a party by the words beside the name ("Ann Lee, the British envoy");
- "both sides": the two parties last spoken of;
- a first person: whoever is quoted, see `first_persons`; in an interview whoever answers, see `interviews`;
- a pronoun: he and she the person last spoken of, named or by office alone, it and they the party; no official is an "it",
  nor are officials.

Whoever cannot be tied to a party stays a mention without one: an anonymous source, a stranger. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from travaux.reading.carrying_on import carry_on
from travaux.reading.descriptions import Descriptions, stands_alone
from travaux.reading.first_persons import Quoting, is_main
from travaux.reading.interviews import Interview, interview_in
from travaux.reading.letterheads import is_own_word, issuer_of
from travaux.reading.names import Known, Names
from travaux.reading.offices import (
    end_of_office,
    is_holder,
    is_office,
    last_name,
    name_of,
    office_of,
    party_words,
    person_beside,
    phrase_from,
    role_words,
    speaker_words,
    titled,
)
from travaux.reading.parse import Sentence
from travaux.reading.pronouns import (
    FIRST_PERSONS,
    NUMBERS,
    PARTY_PRONOUNS,
    PERSON_PRONOUNS,
    PRONOUNS,
    REFLEXIVES,
    SINGLE_PRONOUNS,
    SUBJECTS,
    THIRD_PERSONS,
    Salience,
    group_phrase,
    is_filler,
    is_of_other_subject,
    is_thing,
    itself,
    latest_first,
    likeliest,
    may_mean,
    meaning,
    subjects_above,
)
from travaux.reading.titles import Titles

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

AT_HOME = {"ministry", "government", "parliament", "cabinet", "leadership", "administration", "authority"}
"""Bodies that sit in the capital of their own party."""
BEHALF = re.compile(
    r"(?:^|; )\W*([A-ZÀ-Þ][\w'’.-]*(?: (?:(?:of|and|the) )?[A-ZÀ-Þ][\w'’.-]*){0,4}),? (?:speaking )?(?:for|on behalf of)(?: the)? ?$"
)
"""Whoever speaks at the head of a sentence, up to the party spoken for."""
BODIES_OF_MANY = {"company", "union", "organisation"}
"""Kinds of party that are no one person's."""
FIRMS = {"company", "firm", "bank", "lender", "carrier", "operator", "manufacturer", "insurer", "utility", "developer"}
"""Bodies that do business, of two that were named the likelier ones."""
CHAIRS = {"chair", "chairman", "chairwoman", "chairperson", "moderator", "facilitator"}
"""Who presides over a meeting, where the words do not say whose chair it is."""
PLAIN = {"government", "side", "country", "leadership", "capital", "nation", "state", "authority", "administration"}
"""Nouns that mean no more than their party: "the Turkish side"."""
DOCUMENTS = {"statement", "communique", "letter", "readout", "declaration", "note", "paper", "position"}
"""What somebody says in writing; its words are those of whoever wrote it."""
WATERS = {"Ocean", "Sea", "Seas", "Gulf", "Strait", "Straits", "Channel", "Bay", "Peninsula", "Desert", "Mountains"}
"""Behind a party's name they make the name of a place."""
REGIONS = {"Latin", "Central", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western"}
"""Before a party's name they make the name of another place: "Latin America", "South Korea"."""
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ'’.-]+)*(?:,[^—–:;]{0,40}?)?(?:\s*\([^()]{1,30}\))?\s+(?:[—–]|--?)\s+(?=[\"“‘'A-ZÀ-Þ0-9])"
)
"""Where a report was sent from, in capitals, before a dash: nobody is spoken of by it."""


Name = tuple[int, Known, int, int]
"""A name of the agenda in a sentence: head token, what the name stands for, first and last token."""


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
        of_many: whether it is the name of a company, union or other body, which is no "he" however like a person's it is.
    """

    parties: tuple[str, ...]
    person: str | None
    body: str | None
    anonymous: bool
    how: str
    first: int
    last: int
    of_many: bool = False

    @property
    def speaker(self) -> str | None:
        """The codebook's speaker: person or body as given, None where only the party is named."""
        return self.person or self.body


class MentionFinder:
    """Finds the mentions of one report, sentence by sentence, in order."""

    def __init__(self, names: Names, letterhead: str = "") -> None:
        """Ready for the first sentence.

        Args:
            letterhead: the report's first lines; where one is a party's letterhead, the report is that party's own.
        """
        self.names = names
        self.salience = Salience()
        self.kinds = {party.id: party.kind for party in names.agenda.parties}
        self.own_paper = self.issuer(letterhead)
        self.descriptions = Descriptions()
        self.titles = Titles({one.name: one.role for party in names.agenda.parties for one in party.people})
        self.quoting = Quoting(author=self.own_paper)
        self.interview: Interview | None = None
        self.chair: Mention | None = None
        self.named_before: list[Mention] = []
        self.lexicon = speaker_words()

    def issuer(self, head: str) -> Mention | None:
        """Whose letterhead the head of a report has: "EUROPEAN COMMISSION", "OFFICE OF THE PRESIDENT OF SERBIA"."""
        found = issuer_of(head, self.names)
        if found is None:
            return None
        known, line = found
        return Mention((known.party,), None, None, False, f"letterhead: {line}", 0, 0)

    def find_all(self, sentences: Iterable[Sentence]) -> list[dict[int, Mention]]:
        """Mentions of each sentence; whom a "we" means may be told by a sentence after its own."""
        sentences = list(sentences)
        self.interview = interview_in(sentences)
        named = [self.named_tokens(sentence) for sentence in sentences]
        for names in named:
            self.salience.times.update({known.party for _, known, _, _ in names})
        found = [self.find(sentence, names) for sentence, names in zip(sentences, named, strict=True)]
        self.quoting.end()
        if self.own_paper is not None:
            # On its own paper a party holds what is said of nobody: "The increase settled in October stands."
            for sentence, here in zip(sentences, found, strict=True):
                first = sentence.first_word()
                if first is not None and not here and any(map(is_main, sentence.span)):
                    here[first.i] = meaning(first, self.own_paper)
        carry_on(sentences, found)
        return found

    def find(self, sentence: Sentence, named: Sequence[Name]) -> dict[int, Mention]:
        """Mentions of a sentence by the document's number of the token their grammar hangs on; `named` are its names."""
        span = sentence.span
        found: dict[int, Mention] = {}
        if self.interview is not None and self.interview.begins_answer(sentence):
            self.salience.person = self.interview.guest
        for head, known, first, last in named:
            mention, at = self.widen(span.doc[head], known, first, last)
            if mention is not None and (at not in found or (mention.person and (known.person or not found[at].person))):
                found[at] = mention
        self.strangers(sentence, found)
        self.by_last_word(sentence, found)
        self.by_description(sentence, found)
        self.offices(sentence, found)
        self.on_behalf(sentence, found)
        self.bare_groups(sentence, found)
        self.former_and_latter(sentence, found)
        before = self.salience.so_far()
        order = sorted(found)
        for token in span:
            if token.i in found:
                continue
            pronoun = self.pronoun(token, found, order, before)
            if pronoun is not None:
                found[token.i] = pronoun
        if self.interview is not None:
            self.interview.meet(sentence, found)
            self.interview.resolve(sentence, found)
        self.quoting.resolve(sentence, found)
        self.descriptions.hear(sentence, found)
        self.titles.hear(sentence, found)
        self.saw_chair(sentence, found)
        for at in order:
            self.salience.saw(found[at], span.doc[at])
        self.salience.times.update({party for mention in found.values() for party in mention.parties})
        named_here = {found[at].parties: found[at] for at in order if found[at].parties}
        self.named_before = list(named_here.values()) if len(named_here) == 2 else self.named_before
        subject = next((at for at in sorted(found) if span.doc[at].dep_ in SUBJECTS), None)
        if subject is not None and span.doc[subject].lower_ not in FIRST_PERSONS:
            # The grammatical subject is what the next sentence's "he" most likely means.
            self.salience.saw(found[subject], span.doc[subject])
        return found

    def named_tokens(self, sentence: Sentence) -> list[Name]:
        """Names of the agenda in a sentence: head token, what the name stands for, first and last token."""
        if self.names.pattern is None:
            return []
        span, found = sentence.span, []
        dateline = DATELINE.match(span.text)
        for match in self.names.pattern.finditer(span.text):
            if dateline is not None and match.end() <= dateline.end() and not self.names.is_own(match.group()):
                continue
            part = span.char_span(match.start(), match.end(), alignment_mode="expand")
            if part is None or not len(part):
                continue
            known = self.names.known.get(re.sub(r"\s+", " ", match.group()))
            if known is not None and not self.names_another(part, known):
                found.append((part.root.i, known, part.start, part.end - 1))
        return found

    @staticmethod
    def names_another(part: Span, known: Known) -> bool:
        """Whether a party's name is only part of another: "Indian" of the "Indian Ocean", "Union" of the "European Union".

        Nor is a place meant by whose newspaper or station something is told in: "a London daily".
        """
        following = part.doc[part.end] if part.end < len(part.doc) else None
        if known.person is not None or following is None:
            return False
        if part.root.head.lemma_.lower() in speaker_words()["media"] and part.root.dep_ in {"amod", "compound", "nmod"}:
            return True
        longer = any(
            entity.label_ == "PERSON" and entity.start == part.start and entity.end > part.end
            for entity in part.sent.ents
        )
        before = part.doc[part.start - 1] if part.start > part.sent.start else None
        other = before is not None and (
            before.text in REGIONS or (part.text.lower() in speaker_words()["bodies"] and before.pos_ == "PROPN")
        )
        return longer or other or (following.text in WATERS and not following.is_sent_start)

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
        named = f"named: {head.doc[first : last + 1].text}"
        party = Mention(
            (known.party,), None, None, False, named, first, last, self.kinds[known.party] in BODIES_OF_MANY
        )
        modified = head.head
        describes = head.dep_ in {"amod", "compound", "poss", "nmod"} and modified.pos_ in {"NOUN", "PROPN"}
        if not describes:
            return replace(party, body=phrase_from(head.left_edge, last) if is_office(head) else None), head.i
        elsewhere = head.dep_ == "poss" and modified.lemma_.lower() in self.lexicon["others"]
        if modified.lemma_.lower() in self.lexicon["agents"] and modified.ent_type_ != "PERSON" and not elsewhere:
            return self.body(modified, known.party, min(first, modified.left_edge.i), modified.i), modified.i
        if head.dep_ == "poss":
            # "Kyiv's request": the party stays a mention of its own, hanging on its own name.
            return party, head.i
        if modified.ent_type_ == "PERSON" or modified.pos_ == "PROPN":
            stranger = self.person_text(modified)
            if stranger is not None and modified.ent_type_ == "PERSON":
                return Mention(
                    (known.party,), stranger, None, False, "named with the party", first, modified.i
                ), modified.i
        # "Russian ammonia" is a thing; "Ukrainian demands" are the party's (a cue noun asks for its modifier).
        return Mention((known.party,), None, None, False, f"named: {head.text}", first, last), head.i

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
        of_body = owner.body if owner is not None and owner.person is None else None
        if holder is not None and of_body and not role_words(of_body) - party_words(party) <= role_words(holder.role):
            holder = None  # the embassy's spokesman is not the president's
        last = max(last, end_of_office(noun))
        named = self.names.full_name(words, party) or self.names.body_of(owner, noun.lemma_)
        text = named or phrase_from(noun.left_edge, last)
        if of_body and not named and any(child.lower_ in PARTY_PRONOUNS for child in noun.lefts):
            text = f"{' '.join(words)} of {of_body}"
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
            # The tagger may take half a name that the agenda has for somebody else: "Harold" of "Harold DAGGETT".
            found_already = any(
                entity.start <= at < entity.end or (one.person is not None and one.first <= entity.start <= one.last)
                for at, one in found.items()
            )
            if entity.label_ != "PERSON" or found_already:
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
            presides = titled(entity, CHAIRS)
            if not parties and not presides and titled(entity, self.lexicon["offices"]):
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
            if presides:
                self.chair = found[root.i]

        for token in sentence.span:
            if token.pos_ == "PROPN" and token.i not in found and token.ent_type_ != "PERSON":
                known = self.salience.named.get(token.text)
                if known is not None and known.person != token.text:
                    told = f"named before as {known.person}"
                    found[token.i] = Mention(known.parties, known.person, None, False, told, token.i, token.i)

    def parties_below(self, token: Token, found: dict[int, Mention]) -> list[str]:
        """Parties named in the words that hang on a token."""
        return [party for below in token.subtree if below.i in found for party in found[below.i].parties]

    def by_last_word(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Parties by the last word of their name: "the union", "the makers", "the council's chair"."""
        if sentence.words.isdisjoint(self.names.heads):
            return
        for token in sentence.span:
            if token.lower_ not in self.names.heads or token.i == sentence.span.start or token.nbor(-1).lower_ != "the":
                continue
            describes = token.dep_ in {"compound", "nmod"} and token.head.lemma_.lower() in self.lexicon["agents"]
            noun = token.head if describes else token
            if token.i in found or noun.i in found or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            party = self.names.called(token, self.salience_at(token, found))
            if party is None:
                continue
            if describes:
                found[noun.i] = self.body(noun, party, noun.left_edge.i, noun.i)
            else:
                told = f"“the {token.text}” is {party}"
                found[token.i] = Mention((party,), None, None, False, told, token.left_edge.i, token.i)

    def by_description(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Parties by what the report has said that they are: "the campaign", "the lender"."""
        nouns = self.lexicon["bodies_too"] | self.descriptions.parties.keys()
        if sentence.words.isdisjoint(nouns):
            return
        for token in sentence.span:
            if token.lemma_.lower() not in nouns or token.i in found or not stands_alone(token):
                continue
            party = self.descriptions.meant(token) or self.body_just_named(token, found)
            if party is not None:
                told = f"the {token.text} that {party} is"
                found[token.i] = Mention((party,), None, None, False, told, token.left_edge.i, token.i, of_many=True)

    def body_just_named(self, token: Token, found: Mapping[int, Mention]) -> str | None:
        """The party last spoken of, where it is a body of the kind that a subject names: "The campaign asks" after "Debt Watch"."""
        if token.lemma_.lower() not in self.lexicon["bodies_too"] or token.dep_ not in SUBJECTS:
            return None
        last = self.salience_at(token, found).ids[-2:]
        many = [party for party in last if self.kinds[party] in BODIES_OF_MANY]
        firms = [party for party in many if self.kinds[party] == "company"]
        return next(reversed(firms or many if token.lemma_.lower() in FIRMS else many), None)

    def offices(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Offices without a party's name beside them: "the foreign minister", "his spokesman", "the ministry"."""
        for token in sentence.span:
            if token.i in found or token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ == "PERSON":
                continue
            if token.lemma_.lower() not in self.lexicon["agents"] or token.dep_ in {"compound", "amod"}:
                continue
            if self.is_somebody_elses(token) or not is_holder(token):
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
                mention = self.presiding(token) or self.office_in_discourse(token, self.salience_at(token, found))
                if mention is not None:
                    found[token.i] = mention
            if token.i not in found and token.lemma_.lower() in self.lexicon["anonymous"] and self.unnamed(token):
                words = token.doc[token.left_edge.i : token.i + 1].text.strip()
                found[token.i] = Mention((), None, words, True, f"unnamed source: {words}", token.left_edge.i, token.i)

    def is_somebody_elses(self, noun: Token) -> bool:
        """Whether somebody is told of by whose counterpart, guest or ally he is: "his guests", "allies of Russia"."""
        if noun.lemma_.lower() not in self.lexicon["others"]:
            return False
        return any(child.dep_ == "poss" or (child.dep_ == "prep" and child.lower_ == "of") for child in noun.children)

    def presiding(self, token: Token) -> Mention | None:
        """Whom "the chair" means once a report has said who presides; of a meeting it is seldom a party's."""
        if self.chair is None or token.lemma_.lower() not in CHAIRS:
            return None
        return replace(self.chair, how=f"presides: {self.chair.speaker}", first=token.left_edge.i, last=token.i)

    def saw_chair(self, sentence: Sentence, found: Mapping[int, Mention]) -> None:
        """Remember who presides: "in the chair was Ms Ruiz", "Ms Ruiz chaired the session"."""
        people = [at for at in found if found[at].person is not None]
        if not people or sentence.words.isdisjoint({"chair", "preside"}):
            return
        for token in sentence.span:
            if token.lemma_.lower() in {"chair", "preside"} and token.pos_ == "VERB":
                here = [at for at in people if sentence.span.doc[at].head == token]
            elif token.lower_ == "chair" and token.head.lower_ == "in":
                here = people
            else:
                continue
            if len(here) == 1:
                self.chair = found[here[0]]

    @staticmethod
    def owning(noun: Token) -> set[str]:
        """Prepositions that say whose a body is: "the ministry in Moscow" is Moscow's, the embassy there is not."""
        return {"of", "from", "for", "in"} if noun.lemma_.lower() in AT_HOME else {"of", "from", "for"}

    def owner_meant(self, token: Token, found: Mapping[int, Mention]) -> Mention | None:
        """Whom a possessive pronoun before an office means: "his spokesman", "its ministry"."""
        pronoun = next((child for child in token.children if child.dep_ == "poss" and child.lower_ in PRONOUNS), None)
        return self.antecedent(pronoun, self.salience_at(token, found)) if pronoun is not None else None

    def salience_at(self, token: Token, found: Mapping[int, Mention]) -> Salience:
        """Who was spoken of last as seen from a word: the sentence's own mentions before it, its subject most of all."""
        here = self.salience.so_far()
        before = sorted(at for at in found if at < token.left_edge.i and found[at].parties)
        subjects = [at for at in before if token.doc[at].dep_ in SUBJECTS]
        for at in [*before, *subjects[:1]]:
            here.saw(found[at], token.doc[at])
        return here

    def office_in_discourse(self, token: Token, salience: Salience) -> Mention | None:
        """The holder of an office among the parties spoken of; else the one holder on the agenda.

        Of several holders it is the one of the party on whose paper the report stands, else the person last spoken of, else the one of
        the party named at the report's head, else one whom the report has named, else that of the party last spoken of.
        """
        words = office_of(token)
        text = token.doc[token.left_edge.i : token.i + 1].text
        counted = any(child.dep_ == "nummod" for child in token.children)
        if token.lemma_.lower() in self.lexicon["offices"] and not is_office(token) and not counted:
            return None  # "the ministers" are several
        holders = {
            party.id: person.name
            for party in self.names.agenda.parties
            if (person := self.names.holder(words, party)) is not None
        }
        titled_last = self.titles.last_with(words, salience) if is_office(token) and self.own_paper is None else None
        if titled_last is not None:
            return replace(titled_last, how=f"office: {text}", first=token.left_edge.i, last=token.i)
        spoken = [party for party in reversed(salience.ids) if party in holders]
        meant = self.likeliest_holder(holders, spoken, salience) if spoken or len(holders) == 1 else None
        if meant is not None:
            return Mention((meant,), holders[meant], None, False, f"office: {text}", token.left_edge.i, token.i)
        if is_office(token) and salience.ids:
            last = end_of_office(token)
            text = token.doc[token.left_edge.i : last + 1].text
            told = f"office of the party last spoken of: {text}"
            return Mention((self.likely_state(token, salience),), None, text, False, told, token.left_edge.i, last)
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
            "group",
            "movement",
            "faction",
        }
        # "The European Union" is a body of its own, and nobody's where the agenda doesn't have it.
        own_name = token.lemma_.lower() not in {"ministry", "government"} and any(
            child.dep_ in {"compound", "amod", "poss"} and child.pos_ == "PROPN" for child in token.lefts
        )
        lemma = token.lemma_.lower()
        if lemma not in generic or own_name or counted:
            return None
        body = text if lemma == "ministry" else None
        own = self.own_paper
        if own is not None and is_own_word(lemma, self.kinds[own.parties[0]]):
            told = f"{text}, on its own paper"
            return Mention(own.parties, None, body, False, told, token.left_edge.i, token.i)
        if not salience.ids:
            return None
        told = f"body of the party last spoken of: {text}"
        return Mention((self.likely_state(token, salience),), None, body, False, told, token.left_edge.i, token.i)

    def likely_state(self, noun: Token, salience: Salience) -> str:
        """The party last spoken of; of the states where only they have such ("the ministry"), of the companies for "the company"."""
        lemma = noun.lemma_.lower()
        kind = "state" if lemma in self.lexicon["of_states"] else lemma
        fitting = [party for party in salience.ids if self.kinds[party] == kind]
        return (fitting or salience.ids)[-1]

    def likeliest_holder(self, holders: Mapping[str, str], spoken: Sequence[str], salience: Salience) -> str:
        """Whose holder of an office is meant, as a party's id; see `office_in_discourse`.

        Args:
            holders: names of those who hold it, by party. spoken: those of the parties that were spoken of, the last one first.
        """
        person = salience.person
        paper = self.own_paper.parties if self.own_paper is not None else ()
        last = [party for party in person.parties if holders.get(party) == person.person] if person is not None else []
        last = last if person is not None and person.person is not None else []
        head = self.quoting.author.parties if self.quoting.author is not None else ()
        named = {one.person for one in self.salience.named.values()}
        known = [party for party in spoken if holders[party] in named]
        return next(party for party in (*paper, *last, *head, *known, *spoken, *holders) if party in holders)

    @staticmethod
    def on_behalf(sentence: Sentence, found: dict[int, Mention]) -> None:
        """Whoever speaks for a party in a bulletin: "KUWAIT, for the ARAB GROUP, objected", "Samoa, on behalf of the islands,"."""
        doc, end = sentence.span.doc, sentence.span.end
        for at in sorted(found):
            party = found[at]
            behalf = BEHALF.search(doc[sentence.span.start : party.first].text)
            closed = party.last + 1 < end and doc[party.last + 1].text in {",", "("}
            if behalf is None or not closed or not party.parties or party.person is not None:
                continue
            name = doc.char_span(sentence.span.start_char + behalf.start(1), sentence.span.start_char + behalf.end(1))
            if name is None or any(name.start <= other < name.end for other in found):
                continue
            told = f"speaks for {party.parties[0]}"
            found[name.root.i] = Mention(party.parties, None, name.text, False, told, name.start, name.end - 1)

    def bare_groups(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """ "Both sides", "the three governments" and the like mean so many of the parties spoken of, and not who says so of them."""
        if sentence.words.isdisjoint(NUMBERS.keys() | {"both", "neither"}):
            return
        for token in sentence.span:
            counted = group_phrase(token)
            if counted is None or counted[0].root.i in found:
                continue
            phrase, number = counted
            before = [at for at in sorted(found) if at < phrase.start]
            tellers = {party for at in subjects_above(token, before) for party in found[at].parties}
            here = [party for at in before for party in found[at].parties if party not in tellers]
            spoken = [party for party in self.salience.ids if party not in tellers]
            group = self.group([*spoken, *here], phrase, number)
            if len(group) < number:
                group = self.group([*self.salience.ids, *here, *tellers], phrase, number)
            if len(group) == number:
                told = f"the {number} parties spoken of: {phrase.text}"
                found[phrase.root.i] = Mention(
                    tuple(sorted(group)), None, None, False, told, phrase.start, phrase.end - 1
                )

    def group(self, parties: Sequence[str], phrase: Span, number: int) -> list[str]:
        """So many of the parties: "both" and "both presidents" are the two just named, "both sides" those the report is about."""
        just_named = number == 2 and (len(phrase) == 1 or phrase.root.lemma_.lower() in self.lexicon["offices"])
        return latest_first(parties)[:2] if just_named else self.salience.principals(parties, number)

    def former_and_latter(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """ "The former" and "the latter", where they act, are the first and the second of the last two that a sentence named."""
        if sentence.words.isdisjoint({"former", "latter"}):
            return
        for token in sentence.span[1:]:
            acts = token.dep_ == "nsubj" and token.head.pos_ == "VERB"
            alone = token.lower_ in {"former", "latter"} and token.nbor(-1).lower_ == "the" and acts
            if not alone or token.i in found or not self.named_before:
                continue
            meant = self.named_before[token.lower_ == "latter"]
            told = f"the {token.lower_} of the two named before"
            found[token.i] = replace(meant, how=told, first=token.i - 1, last=token.i)

    def pronoun(
        self, token: Token, found: dict[int, Mention], order: Sequence[int], before: Salience
    ) -> Mention | None:
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
        fitting = [at for at in order if at < token.i and self.may_stand_for(token, found[at], token.doc[at])]
        if not fitting and is_of_other_subject(token, found):
            return None
        meant = found[likeliest(token, fitting)] if fitting else self.antecedent(token, before)
        return None if meant is None else meaning(token, meant)

    @staticmethod
    def may_stand_for(pronoun: Token, mention: Mention, token: Token) -> bool:
        """Whether a pronoun may mean a mention earlier in its sentence, which hangs on a token."""
        return (
            may_mean(pronoun.lower_, mention, token)
            and not mention.anonymous
            and (token.head != pronoun.head or pronoun.dep_ == "poss")
            and token.dep_ in {"nsubj", "nsubjpass", "poss", "agent", "pobj", "appos", "conj", "ROOT"}
        )

    def antecedent(self, token: Token, salience: Salience) -> Mention | None:
        """The person (he, she) or party (it, they) last spoken of."""
        if token.lower_ in PERSON_PRONOUNS:
            return salience.person
        return salience.thing if token.lower_ in SINGLE_PRONOUNS else salience.party
