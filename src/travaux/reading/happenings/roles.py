"""Who somebody is by a report's words: the office that stands beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from travaux.happening import Fact, FactKind
from travaux.model import Report
from travaux.reading.countries import countries
from travaux.reading.identity import identified_fact
from travaux.reading.line import Line
from travaux.reading.mention import Mention
from travaux.reading.names import Names
from travaux.reading.offices import end_of_office, party_words, role_words, speaker_words, without_article

if TYPE_CHECKING:
    from spacy.tokens import Token

OFFICE_WORDS = {"minister", "president", "premier", "chancellor", "secretary", "commissioner", "governor", "mayor", "king", "chair",
  "chairman", "chairwoman", "ambassador", "envoy", "spokesman", "spokeswoman", "commander", "director", "secretary-general",
  "vice-president", "negotiator", "chief", "head", "executive", "representative"}  # fmt: skip
# Words in names of nations that may name an office or its field as well.
_NO_NATION = {"state", "house", "of", "the", "and", "new", "white", "south", "north", "central", "general"}
_FORMER = {"former", "ex", "ex-", "erstwhile", "onetime"}


def roles_told(lines: Sequence[Line], names: Names, report: Report) -> list[Fact]:
    """The offices that a report gives to people by name, each office of a person once, in the order of the text."""
    found: dict[tuple[str, str, bool], Fact] = {}
    for line in lines:
        for person, office, former in _in_line(line):
            if (person, office, former) in found:
                continue
            if _fits(person, office, names) or _stands_before(person, office, line):
                found[person, office, former] = _fact(person, office, former, line, report)
    return list(found.values())


def _stands_before(person: str, office: str, line: Line) -> bool:
    """Whether a report itself puts an office right before the name of somebody: no grammar can mistake that."""
    surname = person.split()[-1]
    named = rf"(?<![\w’'-]){re.escape(office)} (?:[A-ZÀ-Þ][\w'’-]*\.? ){{0,3}}?{re.escape(surname)}(?!\w)"
    return " " in office and re.search(named, line.sentence.span.text) is not None


def _fits(person: str, office: str, names: Names) -> bool:
    """Whether an office is not that of another party: a name of one beside somebody of another is a slip of the grammar."""
    own = next((party for party in names.agenda.parties if any(one.name == person for one in party.people)), None)
    if own is None:
        return True
    words = set(re.findall(r"[a-z]+", office.lower()))
    others = [party for party in names.agenda.parties if party.id != own.id and words & party_words(party)]
    return not others or bool(words & party_words(own))


def _in_line(line: Line) -> Iterator[tuple[str, str, bool]]:
    for mention in line.mentions.values():
        if mention.person is None:
            continue
        if mention.how.startswith("office: "):
            words = mention.how.removeprefix("office: ")
            if line.sentence.span.doc[mention.last].tag_ in {"NNS", "NNPS"}:
                continue  # "the three presidents" says of none who they are
            if not re.search(r"\b(his|her|their|its|counterpart)\b", words, re.IGNORECASE):
                yield mention.person, _plain(words), _is_former(words)
            continue
        if mention.how.startswith("“"):
            continue  # a pronoun gives nobody an office
        state = _state_behind(mention, line)
        yield from ((mention.person, _plain(words) + state, _is_former(words)) for words in _beside(mention, line))


def _state_behind(mention: Mention, line: Line) -> str:
    """The state right behind a name, as " of Chile": whose office stands before it; empty where there is none."""
    doc = line.sentence.span.doc
    behind = doc[mention.last + 1 : mention.last + 3]
    return (
        f" of {behind[1].text}"
        if len(behind) > 1 and behind[0].lower_ == "of" and behind[1].lower_ in nation_words()
        else ""
    )


_GENERAL_BEFORE = re.compile(
    r"(?P<office>\bsecretary\s*-\s*general),\s*(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?\s+)?$", re.IGNORECASE
)
_GENERAL_BEHIND = re.compile(
    r"\s*,\s*(?:the\s+)?(?:new\s+|its\s+)?(?P<office>secretary\s*-\s*general)\b", re.IGNORECASE
)


def _beside(mention: Mention, line: Line) -> Iterator[str]:
    """The words of an office right before a name, or in apposition to it."""
    doc = line.sentence.span.doc
    name = doc[mention.first : mention.last + 1]
    first = name.start
    while first > line.sentence.span.start and _is_title(doc[first - 1], doc[first]):
        first -= 1
    # "Trump's special envoy Steve Witkoff": what stands before the possessive is somebody else's.
    owners = [one.i for one in doc[first : name.start] if one.tag_ == "POS"]
    first = owners[-1] + 1 if owners else first
    words = doc[first : name.start].text.strip()
    before = doc[first : name.start]
    plural = any(one.tag_ in {"NNS", "NNPS"} and one.lemma_.lower() in OFFICE_WORDS for one in before)
    if words and not plural and any(one.lemma_.lower() in OFFICE_WORDS for one in before):
        yield words
    for head in {name.root.i, *(one.i for one in name)}:
        for child in doc[head].children:
            if (
                child.dep_ == "appos"
                and child.lemma_.lower() in speaker_words()["offices"]
                and child.tag_ in {"NN", "NNP"}
            ):
                yield doc[child.left_edge.i : end_of_office(child) + 1].text
    around = (
        _GENERAL_BEFORE.search(doc[max(line.sentence.span.start, first - 6) : name.start].text + " "),
        _GENERAL_BEHIND.match(doc[name.end : name.end + 10].text),
    )
    yield from (found["office"] for found in around if found is not None)
    root = name.root
    if root.dep_ == "appos" and root.head.lemma_.lower() in speaker_words()["offices"] and root.head.i < name.start:
        yield doc[root.head.left_edge.i : end_of_office(root.head) + 1].text


def _is_title(word: Token, following: Token) -> bool:
    """Whether a word before a name belongs to its title: "German", "Foreign", "Minister", "Former", "U.S."."""
    if word.text in {"-", "."} and following.i - word.i == 1:
        return word.text == "-"
    if word.lower_ in _FORMER or word.lemma_.lower() in OFFICE_WORDS:
        return True
    if word.lower_ in {"'s", "’s", "of", "for"}:
        return word.lower_ in {"'s", "’s"}
    return word.pos_ in {"PROPN", "ADJ", "NOUN"} and word.ent_type_ != "PERSON" and not word.is_punct


@cache
def nation_words() -> frozenset[str]:
    """The words that name nations, lower case: they tell whose minister somebody is, not of what."""
    states = (one for one in countries() if one.kind in {"", "state"})
    words = {word for one in states for name in (one.name, *one.names) for word in re.findall(r"[a-z]+", name.lower())}
    return frozenset(words - _NO_NATION)


def _plain(words: str) -> str:
    return without_article(" ".join(words.split()))


def _is_former(words: str) -> bool:
    return bool(re.match(r"(the\s+)?(\w+(?:'s|’s)?\s+)?(former|ex-|erstwhile|onetime)", words, re.IGNORECASE))


def _fact(person: str, office: str, former: bool, line: Line, report: Report) -> Fact:
    start, end = line.sentence.start, line.sentence.end
    qualities = tuple(sorted(role_words(office) - nation_words()))
    quote = report.text[start:end]
    return identified_fact(
        Fact("", report.name, report.id, start, end, quote, FactKind.ROLE, person, qualities, office, former=former)
    )
