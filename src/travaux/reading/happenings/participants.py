"""Who takes part in a meeting: those who hang on the word that names it, by the agenda's names.

"With X", "between X and Y", "X's talks", the subjects and objects of a verb. Whoever comes by an office or as a
group that no party's name stands with ("heads of delegation", "the Korean vice-minister") takes part by those words. A plural
with several parties before or behind it is each party's, "his Turkish counterpart" the holder of the same office, "their call"
and "they met" the two people spoken of last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from travaux.model import Party
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.grammar import after_preposition, conjuncts, objects, subjects
from travaux.reading.happenings.lands import is_land
from travaux.reading.happenings.masthead import PRINTED
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.mention import Mention
from travaux.reading.names import Names
from travaux.reading.offices import BODIES, last_name, party_words, role_words, speaker_words
from travaux.reading.officials import DOCUMENTS
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

MEALS = {"breakfast", "lunch", "dinner", "supper", "banquet"}
COUNTERPARTS = {"counterpart", "homologue", "colleague"}
GROUPS = {"two", "three", "four", "five", "six"}
SAME_NAME = 85.0
"""How alike, 0 to 100 by rapidfuzz's ratio, two last names of one party are when one is a misspelling: one letter in seven."""
STATE = {"GPE", "LOC"}
"""How the tagger marks places that may be parties."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who takes part: the name to show, and the party's id where there is one."""

    name: str
    party: str | None
    person: bool


def is_state(token: Token) -> bool:
    """Whether a word is a proper noun in the name of a state or a region; nothing else is looked up for it."""
    return token.pos_ == "PROPN" and (is_land(token.text) or kind_of(token) in STATE)


def people_among(tokens: Iterable[Token], line: Line) -> list[tuple[Token, Mention]]:
    """The mentions of somebody among words; a state's name counts, a bare place and a letter do not."""
    found = []
    for one in tokens:
        mention = line.mentions.get(one.i)
        if mention is None or (mention.anonymous and not mention.parties):
            mention = _unlisted(one)
        if mention is not None and one.lemma_.lower() not in DOCUMENTS:
            found.append((one, mention))
    return found


def _unlisted(noun: Token) -> Mention | None:
    """Somebody by an office or as a group of people whom no party's name stands with; None for any other word."""
    if noun.pos_ == "NUM" and noun.lower_ in GROUPS and noun.dep_ in {"nsubj", "nsubjpass"}:
        words = f"the {noun.lower_}"  # "The four are due to meet again"
        return Mention((), None, words, False, f"a group or office without a party: {words}", noun.i, noun.i)
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    named = [child for child in noun.children if child.dep_ == "compound" and child.pos_ == "PROPN"]
    if noun.pos_ == "PROPN" and named and noun.text.istitle() and kind_of(noun) in {"", "PERSON"}:
        first = named[0].i
        name = noun.doc[first : noun.i + 1].text
        if not PRINTED.isdisjoint(name.casefold().split()):
            return None  # "Harbour Live" at the head of a page
        return Mention((), name, None, False, "a name the agenda does not know", first, noun.i)
    family = noun.pos_ == "PROPN" and noun.text.endswith("s") and any(one.lower_ == "the" for one in noun.children)
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN" and noun.i == noun.sent.start:
        lemma = noun.lower_.removesuffix("s")  # a capital alone makes no name: "Negotiators of Peru met"
    if lemma not in happening_words().attenders and not family:
        return None
    told = (
        any(child.dep_ in {"amod", "compound", "nummod"} for child in noun.children) or noun.doc[noun.i - 1].text == "-"
    )
    body = lemma in speaker_words()["bodies"] | BODIES
    if noun.tag_ in {"NN", "NNP"} and not noun.lower_.endswith("s") and not body and not (told or _has_of(noun)):
        return None  # "the minister" alone is nobody that could be told from another
    if noun.dep_ in {"compound", "amod"} or any(child.lower_ in {"no", "any"} for child in noun.children):
        return None
    first, last = noun.left_edge.i, noun.i
    while first > noun.sent.start + 1 and noun.doc[first - 1].text == "-":
        first = noun.doc[first - 2].left_edge.i  # "the Korean vice-minister"
    for child in noun.children:
        behind = child.dep_ == "prep" and child.lower_ in {"of", "for", "from"} and child.i > noun.i
        if behind and not any(one.pos_ in {"VERB", "AUX"} for one in child.subtree):
            last = max(last, child.right_edge.i)
    dashes = [one for one in noun.doc[first : noun.i] if one.text in {"-", "–", "—"} and one.whitespace_]
    first = dashes[-1].i + 1 if dashes else first  # what stands before one is a dateline
    while first < noun.i and noun.doc[first].dep_ in {"det", "poss", "case", "punct", "advmod"}:
        first += 1
    words = noun.doc[first : last + 1].text
    return Mention((), None, words, False, f"a group or office without a party: {words}", first, last)


def _has_of(noun: Token) -> bool:
    return any(child.dep_ == "prep" and child.lower_ in {"of", "for"} for child in noun.children)


def whom_seen(verb: Token, line: Line) -> list[tuple[Token, Mention]]:
    """The people somebody "saw", where this is to meet them: no party, no "saw her leave", no "saw him as"."""
    if any(child.dep_ in {"ccomp", "xcomp", "oprd", "acomp"} for child in verb.children):
        return []
    if any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children):
        return []
    doers = people_among(subjects(verb), line)
    seen = people_among(objects(verb), line)
    persons = [(one, mention) for one, mention in seen if mention.person or (not mention.parties and mention.body)]
    return persons if any(mention.person or not mention.parties for _, mention in doers) else []


def _family(token: Token, names: Names) -> list[Somebody]:
    """The people of the agenda whom a plural of their last name means: "the two Daltons"."""
    members = [
        Somebody(person.name, party.id, True)
        for party in names.agenda.parties
        for person in party.people
        if last_name(person.name) == token.text[:-1]
    ]
    return members if len(members) > 1 else []


def somebodies(found: Iterable[tuple[Token, Mention]], names: Names) -> list[Somebody]:
    who: list[Somebody] = []
    for token, mention in found:
        several = _several(token, names)
        counterpart = _counterpart(token, mention, who, names)
        if several:
            who += several
        elif counterpart is not None:
            who.append(counterpart)
        elif mention.person is not None and _is_counted(token):
            who.append(Somebody(_group_words(token), None, False))
        elif mention.person is not None and not mention.parties:
            who.append(_misspelt(mention.person, names))
        elif mention.person is not None:
            party_id = mention.parties[0] if mention.parties else None
            who.append(Somebody(_as_on_agenda(mention.person, party_id, names), party_id, True))
        elif not mention.parties and mention.body is not None:
            who += _family(token, names) or [Somebody(mention.body, None, False)]
        else:
            for party_id in mention.parties:
                party = names.agenda.party(party_id)
                if party is not None:
                    body = mention.body if mention.body and token.pos_ == "NOUN" else None
                    who.append(Somebody(body or party.name, party_id, False))
    return who


def _is_counted(token: Token) -> bool:
    """Whether a plural office has a number, and so is no one holder: "the three heads of government"."""
    return token.tag_ in {"NNS", "NNPS"} and any(child.dep_ == "nummod" for child in token.children)


def _group_words(token: Token) -> str:
    goals = [child for child in token.children if child.dep_ == "prep" and child.lower_ in {"of", "for"}]
    return token.doc[token.left_edge.i : (goals[0].right_edge.i if goals else token.i) + 1].text


def _several(token: Token, names: Names) -> list[Somebody]:
    """Whom a plural with several parties before it means: "the American and Russian presidents", "Ukrainian and U.S. officials".

    An office gives its holders, any other group the words with each party's adjective; none where one party stands before it.
    """
    if token.tag_ not in {"NNS", "NNPS"} or token.lemma_.lower() not in speaker_words()["agents"]:
        return []
    behind = _of_several(token, names)
    if behind:
        return behind
    first = [child for child in token.children if child.dep_ in {"amod", "compound", "nmod", "poss"}]
    before = [one for child in first for one in conjuncts(child)]
    named = [(one, party) for one in before if (party := _party_of_word(one, names)) is not None]
    if len({party.id for _, party in named}) < 2:
        return []
    held = [(party, names.holder([token.lemma_], party)) for _, party in named]
    if token.lemma_.lower() in speaker_words()["offices"] and all(person is not None for _, person in held):
        return [Somebody(person.name, party.id, True) for party, person in held if person is not None]
    kept = " ".join(
        one.text for one in token.lefts if one.dep_ in {"amod", "compound"} and _party_of_word(one, names) is None
    )
    return [Somebody(" ".join(f"{one.text} {kept} {token.text}".split()), party.id, False) for one, party in named]


def _of_several(token: Token, names: Names) -> list[Somebody]:
    """Whom a plural means behind which several parties stand: "envoys of Chile and Peru", each party's by the same words."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "from", "for"}:
            # "For the union and for the owners"
            joined = [child, *(one for one in child.children if one.dep_ == "conj" and one.pos_ == "ADP")]
            goals = [
                one for each in joined for below in each.children if below.dep_ == "pobj" for one in conjuncts(below)
            ]
            named = [(one, party) for one in goals if (party := _party_of_word(one, names)) is not None]
            if len({party.id for _, party in named}) > 1:
                kept = [one.text for one in token.lefts if one.dep_ in {"amod", "compound"}]
                words = " ".join([*kept, token.text, child.text])
                return [Somebody(f"{words} {party.name}", party.id, False) for _, party in named]
    return []


def _party_of_word(token: Token, names: Names) -> Party | None:
    full = token.doc[min((one.i for one in token.lefts if one.dep_ == "compound"), default=token.i) : token.i + 1].text
    known = names.known.get(token.text) or names.known.get(full)
    return names.agenda.party(known.party) if known is not None and known.person is None else None


def _misspelt(name: str, names: Names) -> Somebody:
    """A person without a party: somebody of the agenda whose full name is all but the same, else by the name as given."""
    people = {person.name: (person.name, party.id) for party in names.agenda.parties for person in party.people}
    match = process.extractOne(name, list(people), scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    if match is None:
        return Somebody(name, None, True)
    known, party_id = people[match[0]]
    return Somebody(known, party_id, True)


def _as_on_agenda(name: str, party_id: str | None, names: Names) -> str:
    """A person's name as the agenda spells it, where the party has somebody whose last name is all but the same."""
    party = names.agenda.party(party_id) if party_id is not None else None
    if party is None or name in {person.name for person in party.people}:
        return name
    spellings = {last_name(known): person.name for person in party.people for known in (person.name, *person.names)}
    match = process.extractOne(last_name(name), list(spellings), scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    return spellings[match[0]] if match is not None else name


def _counterpart(token: Token, mention: Mention, others: Sequence[Somebody], names: Names) -> Somebody | None:
    """Whom "his Turkish counterpart" means: the holder in that party of the other's office."""
    party = names.agenda.party(mention.parties[0]) if mention.parties else None
    if party is None or token.lemma_.lower() not in COUNTERPARTS:
        return None
    for other in reversed(others):
        own = names.agenda.party(other.party) if other.party is not None else None
        person = next((one for one in own.people if one.name == other.name), None) if own is not None else None
        if own is None or person is None or own.id == party.id:
            continue
        holder = names.holder(sorted(role_words(person.role) - party_words(own)), party)
        if holder is not None:
            return Somebody(holder.name, party.id, True)
    return None


def counted_holders(noun: Token, spoken: Sequence[Somebody], names: Names) -> list[Somebody]:
    """Who "the three presidents" are: those whom an option of the agenda names, else the last so many spoken of before.

    Only holders of that office count, and as many as are told.
    """
    offices = speaker_words()["offices"]
    for one in (noun, *noun.subtree):
        number = next((child for child in one.children if child.dep_ == "nummod"), None)
        if one.tag_ not in {"NNS", "NNPS"} or one.lemma_.lower() not in offices or number is None:
            continue
        wanted = number_value(number.text)
        holders = {
            person.name: Somebody(person.name, party.id, True)
            for party in names.agenda.parties
            if (person := names.holder([one.lemma_], party)) is not None
        }
        for option in names.agenda.options:
            named = names.named_people(option.says)
            if len(named) == wanted and named <= holders.keys():
                return [holder for name, holder in holders.items() if name in named]
        latest = list({who.name: who for who in reversed(spoken) if who.name in holders}.values())
        if wanted is not None and len(latest) >= wanted:
            return latest[: int(wanted)]
    return []


def theirs(noun: Token, spoken: Sequence[Somebody]) -> list[Somebody]:
    """The two people last spoken of, of two parties, for "their meeting"."""
    if not any(child.dep_ == "poss" and child.lower_ == "their" for child in noun.children):
        return []
    return _last_two(spoken)


def _last_two(spoken: Sequence[Somebody]) -> list[Somebody]:
    """The last person spoken of and the last before of another party; nobody where there are no two."""
    people = list({one.name: one for one in reversed(spoken) if one.person}.values())
    other = next((one for one in people[1:] if one.party != people[0].party), None)
    return [other, people[0]] if other is not None else []


def _last_parties(spoken: Sequence[Somebody]) -> list[Somebody]:
    """The last two spoken of that are of two parties; the last one alone where there is no other."""
    latest = list({one.party: one for one in reversed(spoken) if one.party is not None}.values())
    return latest[1::-1]


def partners_of(verb: Token) -> list[Token]:
    """Those a verb is done with: "spoke with X", "spoke by telephone with X", "were received by X"."""
    found = after_preposition(verb, "with", "by", "alongside")
    lower = [below for child in verb.children if child.dep_ == "prep" for below in child.children]
    return [*found, *(one for below in lower for one in after_preposition(below, "with"))]


def who_of_verb(verb: Token, line: Line, names: Names, spoken: Sequence[Somebody]) -> list[Somebody]:
    rule: Mapping[str, object] = happening_words().meeting_verbs.get(verb.lemma_.lower(), {"form": "call"})
    # "Back from Lima, Ms Lee recalls": who is back is who does what follows.
    tokens = _actors(verb.head if verb.pos_ == "ADV" else verb)
    if not (rule["form"] == "visit" and rule.get("place") and not rule.get("passive")):
        tokens = tokens + objects(verb)
    tokens += [one for each in objects(verb) if each.pos_ == "NOUN" for one in after_preposition(each, "with")]
    tokens = [*tokens, *partners_of(verb), *after_preposition(verb, "between", "among")]
    if verb.lemma_.lower() in {"come", "go"}:
        tokens += [one for one, mention in people_among(after_preposition(verb, "to"), line) if mention.person]
    if verb.lemma_ in {"speak", "talk"} or not rule.get("object"):
        tokens += after_preposition(verb, "to") if rule["form"] in {"talks", "call"} else []
    people = [pair for pair in people_among(tokens, line) if not _is_goal(pair[0], verb)]
    who = somebodies(people, names)
    if any(token.lower_ == "they" for token in tokens) and not any(one.person for one in who):
        # "They are to meet again": the two people spoken of, not the party that the pronoun was taken for.
        pair = _last_two(spoken) or _last_parties(spoken)
        others = [one for one in who if one.party is None]  # "They will bring the negotiators together"
        return [*pair, *others] if pair else who
    pronouns = [token for token, _ in people if token.pos_ == "PRON" and token.dep_ in {"pobj", "dobj", "dative"}]
    if pronouns and len({one.name for one in who}) == 1 and who[0].person:
        # "He will talk to him" speaks of two people, whatever the pronouns were taken for.
        other = next((one for one in reversed(spoken) if one.person and one.name != who[0].name), None)
        who += [other] if other is not None else []
    return who


def _actors(verb: Token) -> list[Token]:
    """The subjects of a verb; "he" in a clause joined to another is that clause's subject ("X met Y, and he hosts Z")."""
    own = subjects(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "PROPN" and own and own[0].head == verb:
        # "Lee, who leads the union, and her son sat down": the grammar joins the verb to the name.
        return [verb.head, *own]
    if verb.dep_ == "conj" and own and own[0].tag_ == "PRP" and own[0].head == verb:
        earlier = [one for one in verb.head.children if one.dep_ in {"nsubj", "nsubjpass"}]
        if earlier and kind_of(earlier[0]) == "PERSON":
            return [earlier[0], *own[1:]]
    return own


def _is_goal(token: Token, verb: Token) -> bool:
    return (
        token.dep_ == "pobj" and token.head.lower_ in {"to", "in", "at"} and token.head.head == verb and is_state(token)
    )
