"""A first agenda drafted from the reports themselves, for an analyst to edit.

1. Names: countries and bodies that texts name (``lexicon/countries.txt`` merges their variants), other organisations that
   act in the sentences, people with the office printed beside them.
2. Parties: those who are the source of a cue, who speaks most first; people go to the party their office names.
3. Options: what the cues are about, phrases that share telling words or are alike in meaning grouped, the most told first,
   written as propositions; the phrases themselves become the option's words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz

from travaux.model import Agenda, Issue, Option, Party, Person, Report
from travaux.reading.countries import countries
from travaux.reading.cues import cue_at
from travaux.reading.grouping import grouped, meanings
from travaux.reading.holders import source_of
from travaux.reading.linking import keys_of, stem, telling
from travaux.reading.mention import Mention
from travaux.reading.mentions import MentionFinder
from travaux.reading.names import Names
from travaux.reading.parse import Sentence, docs_of, recognise, sentences_of
from travaux.reading.table_model import TableModel, load_model, model_folder

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST_PARTIES = 12
MOST_OPTIONS = 24
LONGEST_PHRASE = 14
# Phrases this alike on average are one option: the mean of shared telling words and of likeness in meaning, or the former
# alone without an encoder. Chosen on training articles, training/measure_suggestion.py.
LIKENESS, LIKENESS_OF_WORDS = 0.15, 0.1
# Of more phrases than this only the ones told most are grouped; grouping takes the cube of their number.
MOST_PHRASES = 800


@cache
def roles() -> tuple[str, ...]:
    """Words of office, longest first."""
    lines = (files("travaux.reading") / "lexicon" / "roles.txt").read_text("utf-8").splitlines()
    return tuple(
        sorted((line for line in lines if line and not line.startswith("#")), key=lambda line: (-len(line), line))
    )


@dataclass
class Found:
    """A person as the reports name them: spellings, printed offices and parties, each counted."""

    spellings: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest of the commonest spellings."""
        return max(self.spellings, key=lambda spelling: (len(spelling.split()) > 1, self.spellings[spelling], spelling))


@dataclass(frozen=True, slots=True)
class Content:
    """What one cue is about.

    Attributes:
        text: its words. words: stem and printed lemma of each telling one, in order. says: the proposition they make.
        place: where its main word stands in the report.
    """

    text: str
    words: tuple[tuple[str, str], ...]
    says: str
    place: tuple[int, int]

    @property
    def keys(self) -> frozenset[str]:
        """The stems of its telling words."""
        return frozenset(key for key, _ in self.words)


def suggest_agenda(reports: Sequence[Report], title: str) -> Agenda:
    """Draft an agenda from reports; the same reports give the same draft.

    Args:
        reports: with their layout; those without evidence blocks add nothing.
        title: of the negotiation.

    Returns:
        An agenda that loads, unless nobody in the reports takes any position: then it has no parties or no issues.
    """
    sentences = [
        sentence for report in sorted(reports, key=lambda report: report.name) for sentence in sentences_of(report)
    ]
    recognise(docs_of(sentences))
    parties = named_parties(sentences)
    people = named_people(sentences, parties)
    draft = with_people(parties, people)
    names = Names(Agenda(title, tuple(draft.values()), ()))
    told = [pair for own in by_report(sentences) for pair in told_in(own, names)]
    spoken = Counter(party for source, _ in told for party in source.parties)
    contents = [content for _, content in told if content is not None]
    chosen = [draft[party_id] for party_id, _ in spoken.most_common() if party_id in draft][:MOST_PARTIES]
    return Agenda(title, tuple(chosen), tuple(issues_from(contents, names, load_model(model_folder()))))


def told_in(sentences: Sequence[Sentence], names: Names) -> Iterator[tuple[Mention, Content | None]]:
    """Sources of cues in one report's sentences, each with what its cue is about (None where that cannot be phrased)."""
    for sentence, mentions in zip(sentences, MentionFinder(names).find_all(sentences), strict=True):
        yield from positions_in(sentence, mentions, names)


def by_report(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences cut where their numbering starts anew, so that pronouns do not reach from one report into another."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and sentence.number <= run[-1].number:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def identity(name: str) -> str:
    """An id made from a name: lower case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "x"


def named_parties(sentences: Sequence[Sentence]) -> dict[str, Party]:
    """Countries, bodies and other organisations that the texts name, by id."""
    texts = [sentence.span.text for sentence in sentences]
    found: dict[str, Party] = {}
    for country in countries():
        used = [name for name in (country.name, *country.names) if any(names_in(name, text) for text in texts)]
        if used:
            party = Party(
                identity(country.name), country.name, country.kind, tuple(name for name in used if name != country.name)
            )
            found[party.id] = party
    taken = {name.lower() for party in found.values() for name in (party.name, *party.names)}
    bodies: Counter[str] = Counter()
    for sentence in sentences:
        for entity in sentence.span.ents:
            acts = entity.root.dep_ in {"nsubj", "nsubjpass", "poss"} or (
                entity.root.dep_ == "pobj" and entity.root.head.dep_ == "agent"
            )
            if entity.label_ == "ORG" and acts and cue_at(entity.root.head) is not None:
                bodies[re.sub(r"^(the|The)\s+|['’]s$", "", entity.text).strip()] += 1
    for name, count in bodies.most_common():
        if count >= 2 and name and not any(known in name.lower() for known in taken):
            found.setdefault(identity(name), Party(identity(name), name, "organisation"))
    return found


def names_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own; in a line of capitals no acronym is told from a word."""
    if name not in text or (name.isupper() and text.isupper()):
        return False
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def named_people(sentences: Sequence[Sentence], parties: dict[str, Party]) -> list[Found]:
    """People the texts name, spelling variants of one person merged, with the offices printed beside them."""
    people: list[Found] = []
    for sentence in sentences:
        for entity in sentence.span.ents:
            if entity.label_ != "PERSON":
                continue
            name = re.sub(r"['’]s?$", "", entity.text).strip()
            if len(name) < 3 or not name[0].isupper():
                continue
            person = next((person for person in people if same_person(name, person)), None)
            if person is None:
                person = Found()
                people.append(person)
            person.spellings[name] += 1
            beside = words_beside(entity.root, entity.start, entity.end)
            role = next((role for role in roles() if re.search(rf"\b{role}\b", beside.lower())), None)
            if role is not None:
                person.roles[role] += 1
                party = next(
                    (
                        party
                        for party in parties.values()
                        if any(names_in(name, beside) for name in (party.name, *party.names))
                    ),
                    None,
                )
                if party is not None:
                    person.parties[party.id] += 1
                else:
                    master = next(
                        (
                            other
                            for other in people
                            if other is not person
                            and other.parties
                            and any(names_in(name.split()[-1], beside) for name in other.spellings)
                        ),
                        None,
                    )
                    if master is not None:
                        person.parties[master.parties.most_common(1)[0][0]] += 1
    return people


def same_person(name: str, person: Found) -> bool:
    """Whether a spelling names a person already found: surnames alike, given names alike where both are printed."""
    for other in person.spellings:
        one, two = name.split(), other.split()
        # Transliterations differ in a letter or two: Zelenskyy and Zelensky, 94.
        if fuzz.ratio(one[-1].lower(), two[-1].lower()) < 88:
            continue
        if len(one) == 1 or len(two) == 1 or fuzz.ratio(one[0].lower(), two[0].lower()) >= 75:
            return True
    return False


def words_beside(root: Token, start: int, end: int) -> str:
    """The words of office around a name: before it in its phrase, in apposition to it, or the phrase it is in apposition to."""
    doc = root.doc
    around = [doc[min(root.left_edge.i, start) : start].text]
    around += [doc[child.left_edge.i : child.right_edge.i + 1].text for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        around.append(doc[root.head.left_edge.i : root.head.i + 1].text)
    return " ".join(around)


def with_people(parties: dict[str, Party], people: Sequence[Found]) -> dict[str, Party]:
    """The parties with the people whose printed office names them."""
    members: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if not person.parties:
            continue
        party = parties[person.parties.most_common(1)[0][0]]
        role = person.roles.most_common(1)[0][0]
        others = sorted({*person.spellings, *(spelling.split()[-1] for spelling in person.spellings)} - {person.name})
        members[party.id].append(Person(person.name, tuple(others), f"{role[:1].upper()}{role[1:]} of {party.name}"))
    return {party_id: replace(party, people=tuple(members[party_id])) for party_id, party in parties.items()}


def positions_in(
    sentence: Sentence, mentions: dict[int, Mention], names: Names
) -> Iterator[tuple[Mention, Content | None]]:
    """Sources of cues in a sentence, each with what its cue is about (None where that cannot be phrased)."""
    for token in sentence.span:
        cue = cue_at(token)
        if cue is None or cue.word_class == "verdict":
            continue
        source = source_of(token, mentions)
        if source is None or not source.parties:
            continue
        if cue.stance == "relay":
            yield source, None
            continue
        for root in contents_of(token):
            content = phrased(root, sentence, source, names)
            if content is not None:
                yield source, content


def contents_of(token: Token) -> list[Token]:
    """Tokens that what a cue is about hangs on: object, clause, or what its preposition takes, with what is coordinated."""
    roots: list[Token] = []
    for child in token.children:
        if child.dep_ in {"dobj", "xcomp", "ccomp", "nsubjpass", "acl"} and child.i != token.i:
            roots.append(child)
        elif child.dep_ == "prep" and child.lower_ in {"to", "for", "on", "of", "against", "with", "about", "in"}:
            roots.extend(below for below in child.children if below.dep_ in {"pobj", "pcomp"})
    # "Voiced support for X": the noun is a cue of its own and tells what it is about.
    roots = [root for root in roots if not (root.pos_ == "NOUN" and cue_at(root) is not None)]
    return roots + [below for root in roots for below in root.conjuncts if below.i > root.i]


def phrased(root: Token, sentence: Sentence, source: Mention, names: Names) -> Content | None:
    """A content as words and as a proposition; None where it is a pronoun, too long or says nothing of its own."""
    left_out = {"relcl", "advcl", "conj", "cc", "punct", "appos", "mark", "preconj"}
    kept = [token for token in root.subtree if not any(above.dep_ in left_out for above in path_to(token, root))]
    kept = [token for token in kept if not (token.dep_ == "det" and token.i == min(other.i for other in kept))]
    if not kept or len(kept) > LONGEST_PHRASE:
        kept = [token for token in kept if token.dep_ != "prep" or token.head.i == root.i][:LONGEST_PHRASE]
    told = {
        stem(token.lemma_): token.lemma_.lower()
        for token in kept
        if telling(token) and names.known.get(token.text) is None
    }
    subject = next((child for child in root.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if (
        not told
        or root.pos_ in {"PRON", "DET"}
        or root.ent_type_ in {"DATE", "TIME"}
        or (subject is not None and subject.pos_ == "PRON")
    ):
        return None
    text = joined(kept[1:] if kept[0].tag_ == "TO" and len(kept) > 1 else kept)
    return Content(text, tuple(told.items()), proposition(root, kept, source, names), sentence.place(root))


def path_to(token: Token, root: Token) -> Iterator[Token]:
    """The tokens from one up to, and without, the root of its phrase."""
    while token.i != root.i:
        yield token
        token = token.head


def joined(tokens: Sequence[Token]) -> str:
    """Tokens as printed, with one space where the text has white space or leaves words out."""
    following = [*tokens[1:], tokens[-1]]
    words = "".join(
        token.text + (" " if token.whitespace_ or after.i > token.i + 1 else "")
        for token, after in zip(tokens, following, strict=True)
    )
    return re.sub(r"\s+", " ", words).strip(" ,;:\"'“”")


IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
EVENTS = {"meeting", "summit", "talk", "conference", "visit", "negotiation", "election", "referendum", "vote", "round"}


def third_person(lemma: str) -> str:
    """The present tense that goes with he, she or it."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if re.search(r"(s|x|z|ch|sh|o)$", lemma):
        return lemma + "es"
    return re.sub(r"y$", "ies", lemma) if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def proposition(root: Token, kept: Sequence[Token], source: Mention, names: Names) -> str:
    """What would come true, as a sentence an analyst can improve."""
    if root.pos_ in {"VERB", "AUX"}:
        subject = next((child for child in root.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        rest = [token for token in kept if token.i > root.i]
        if subject is not None:
            who = joined([token for token in subject.subtree if token.dep_ not in {"relcl"}][:LONGEST_PHRASE])
            plural = subject.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in subject.children)
        else:
            party = names.agenda.party(source.parties[0])
            who, plural = (party.name if party is not None else "The party"), False
        passive = any(child.dep_ == "auxpass" for child in root.children)
        verb = (
            ("are " if plural else "is ") + root.text
            if passive
            else (root.lemma_ if plural else third_person(root.lemma_))
        )
        words = f"{who} {verb}" + (f" {joined(rest)}" if rest else "")
    else:
        plural = root.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in root.children)
        end = (
            ("take" if plural else "takes") + " place"
            if root.lemma_.lower() in EVENTS
            else ("are" if plural else "is") + " agreed"
        )
        words = f"{joined(kept)} {end}"
    return words[:1].upper() + words[1:]


def groups_of(contents: Sequence[Content], model: TableModel | None, least: float | None = None) -> list[list[Content]]:
    """Contents that are about one thing, by shared words and, with a model, by meaning; in a fixed order.

    Args:
        least: how alike groups must be to be joined, 0 to 1; as chosen on training articles unless told.
    """
    spread = spread_of(contents)
    ordered = sorted(contents, key=lambda c: (-sum(spread[key] for key in c.keys) / len(c.keys), c.text, c.place))
    ordered = ordered[:MOST_PHRASES]
    if not ordered:
        return []
    total = max(len(contents), 1)
    weight = {key: math.log(1 + total / count) for key, count in spread.items()}
    alike = np.array([[likeness(one, other, weight) for other in ordered] for one in ordered])
    alike = (alike + alike.T) / 2
    if model is not None:
        alike = (alike + meanings(model, [content.text for content in ordered])) / 2
    if least is None:
        least = LIKENESS if model is not None else LIKENESS_OF_WORDS
    return [[ordered[number] for number in group] for group in grouped(alike, least)]


def spread_of(contents: Sequence[Content]) -> Counter[str]:
    """How many contents have each telling stem."""
    return Counter(key for content in contents for key in content.keys)


def issues_from(contents: Sequence[Content], names: Names, model: TableModel | None) -> list[Issue]:
    """Contents grouped into options, the most told first, and options into issues by the thing they are about."""
    spread, groups = spread_of(contents), groups_of(contents, model)
    groups.sort(key=lambda group: (-len(group), group[0].text))
    told = [group for group in groups if len(group) > 1] or groups
    if len(told) < 5:
        told = groups
    issues: dict[str, list[Option]] = {}
    taken: set[str] = set()
    for group in told[:MOST_OPTIONS]:
        clearest = max(
            group,
            key=lambda content: (len(content.keys) if len(content.keys) <= 5 else 0, -len(content.says), content.says),
        )
        option_id = unused(identity(" ".join([word for _, word in clearest.words][-3:])), taken)
        words = list(
            dict.fromkeys(
                content.text for content in sorted(group, key=lambda content: (len(content.text), content.text))
            )
        )
        topic = dict(clearest.words)[max(clearest.keys, key=lambda key: (spread[key], key))]
        issues.setdefault(topic, []).append(Option(option_id, clearest.says, tuple(words[:6]), topic))
    return [
        Issue(
            identity(topic),
            topic[:1].upper() + topic[1:],
            tuple(replace(option, issue=identity(topic)) for option in options),
        )
        for topic, options in issues.items()
    ]


def unused(name: str, taken: set[str]) -> str:
    """A name nobody has yet, numbered where it has to be."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def likeness(one: Content, other: Content, weight: dict[str, float]) -> float:
    """Share of the lighter phrase's weight that both have; words count as one by stem or near-word group."""
    near = {key for mine in other.keys for key in keys_of(mine)}
    shared = sum(weight[key] for key in one.keys if keys_of(key) & near)
    return shared / max(min(sum(weight[key] for key in one.keys), sum(weight[key] for key in other.keys)), 1e-9)
