"""Meetings: who met, meets or may meet whom, where, when, and how far it has got.

A noun of meeting ("summit", "talks with", "telephone conversation") or a verb ("met", "received", "spoke by telephone with")
names one. Those who take part hang on it: subjects and objects, "with X", "between X and Y", "X's talks". A word of meeting
without anybody, or with one party and neither place nor day, names nothing that could be looked up, and is passed over.
Mentions of one meeting in one report become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from travaux.happening import Status
from travaux.model import BlockKind, Party, Report
from travaux.reading.happenings.days import TimeWords, base_day, day_meant, time_words
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.grammar import (
    after_preposition,
    clause_verb,
    conjuncts,
    negated,
    objects,
    subjects,
    token_at,
)
from travaux.reading.happenings.places import place_name, place_of
from travaux.reading.happenings.standing import Standing, standing_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.mentions import Mention, Names, last_name, party_words, role_words, speaker_words

if TYPE_CHECKING:
    from spacy.tokens import Token

WITH = ("with", "between", "of", "among", "involving", "by")
COUNTERPARTS = {"counterpart", "homologue", "colleague"}
SAME_NAME = 85.0
"""How alike, 0 to 100 by rapidfuzz's ratio, two last names of one party are when one is a misspelling: one letter in seven."""
_STATE = {"GPE", "LOC"}
_BY_PHONE = {"phone", "telephone", "telephonic", "video"}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who takes part: the name to show, and the party's id where there is one."""

    name: str
    party: str | None
    person: bool


@dataclass(slots=True)
class Told:
    """One mention of a meeting, before those of one meeting are brought together.

    Attributes:
        line: the sentence it stands in; trigger: the word that names it.
        answer: the sentence after, where the first is a question that it answers.
    """

    line: Line
    trigger: Token
    what: str
    form: str
    standing: Standing
    who: list[Somebody]
    place: str | None
    day: str | None
    when: str | None
    answer: Line | None = None

    @property
    def status(self) -> Status:
        """How far the meeting has got."""
        return self.standing.status


def meetings_told(lines: Sequence[Line], names: Names, report: Report) -> list[Told]:
    """Every meeting a report tells of, in order, each once."""
    found: list[Told] = []
    spoken: list[Somebody] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        doc = line.sentence.span.doc
        spoken += _somebodies([(doc[at], mention) for at, mention in line.mentions.items() if at < len(doc)], names)
        for told in _in_line(line, following, names, report, spoken):
            known = {one.name for one in told.who}
            meant = _counted_holders(told.trigger, spoken, names) or _theirs(told.trigger, spoken)
            told.who += [one for one in meant if one.name not in known]
            same = next((one for one in reversed(found) if is_same(one, told)), None)
            if same is None:
                found.append(told)
            else:
                _bring_together(same, told)
    return [one for one in found if is_enough(one)]


def is_enough(told: Told) -> bool:
    """Whether a mention says enough to be a meeting: two who take part, or one and a place or a day."""
    people = {one.name for one in told.who}
    where_or_when = told.place is not None or told.day is not None or told.when is not None
    definite = told.trigger.pos_ == "NOUN" and any(child.lower_ == "the" for child in told.trigger.children)
    named = told.line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or definite
    if told.place is not None and named and told.form in {"meeting", "summit", "talks", "conference"}:
        return True
    if told.form == "conference" and told.day is not None and named:
        return True
    if told.form == "visit":
        return bool(people) and (told.place is not None or len(people) > 1)
    return len(people) > 1 or (bool(people) and where_or_when) or (told.form == "summit" and where_or_when)


def is_same(one: Told, two: Told) -> bool:
    """Whether two mentions in one report are of one meeting: nobody and nothing in the way, and something in common."""
    if one.status is not two.status and Status.CANCELLED not in (one.status, two.status):
        return False
    if one.place and two.place and not _same_place(one.place, two.place):
        return False
    if one.day and two.day and not (one.day.startswith(two.day) or two.day.startswith(one.day)):
        return False
    first, second = {who.name for who in one.who}, {who.name for who in two.who}
    if first and second:
        shared = first & second
        return len(shared) > 1 or (bool(shared) and (first <= second or second <= first) and _near(one, two))
    return bool(one.place and two.place) or (_near(one, two) and one.form == two.form and bool(first or second))


def _near(one: Told, two: Told) -> bool:
    return abs(one.line.sentence.number - two.line.sentence.number) <= 3


def _same_place(one: str, two: str) -> bool:
    first, second = one.casefold(), two.casefold()
    return first in second or second in first


def _bring_together(first: Told, second: Told) -> None:
    """What a later mention adds to an earlier one."""
    richer = len(second.who) > len(first.who)
    first.who += [one for one in second.who if one.name not in {known.name for known in first.who}]
    first.place, first.day, first.when = first.place or second.place, first.day or second.day, first.when or second.when
    if second.status is Status.CANCELLED:
        first.standing = second.standing
    elif second.standing.denied and not first.standing.denied:
        first.standing, first.line, first.trigger, first.answer = (
            second.standing,
            second.line,
            second.trigger,
            second.answer,
        )
    elif richer:
        first.line, first.trigger, first.answer = second.line, second.trigger, second.answer


def _in_line(
    line: Line, following: Line | None, names: Names, report: Report, spoken: Sequence[Somebody]
) -> Iterable[Told]:
    for token in line.sentence.span:
        form = _form_of_noun(token) if token.pos_ in {"NOUN", "PROPN"} else _form_of_verb(token, line)
        if form is None:
            continue
        noun = token.pos_ in {"NOUN", "PROPN"}
        who = _who_of_noun(token, line, names) if noun else _who_of_verb(token, line, names, spoken)
        who = [one for place, one in enumerate(who) if one.name not in {before.name for before in who[:place]}]
        question = line.sentence.span.text.strip().endswith("?")
        answer = following if question and following and following.sentence.block == line.sentence.block else None
        standing = standing_of(token, answer.sentence.span.text if answer else "")
        place = _place(token, form, line)
        words = _time_of(token, line, report)
        # "Monday's meeting was cancelled" is of a day gone by; "the meeting set for Monday was cancelled" may lie ahead.
        gone = words is not None and report.text[words.end : words.end + 2] in {"'s", "’s"}
        ahead = standing.status is not Status.HELD and not (gone and standing.status is Status.CANCELLED)
        day = day_meant(words, base_day(report), ahead=ahead) if words else None
        when = report.text[words.start : words.end] if words else None
        yield Told(line, token, _what(token, form), form, standing, who, place, day, when, answer)


def _place(token: Token, form: str, line: Line) -> str | None:
    if form == "call":
        return None
    if token.pos_ == "VERB" and _is_talks_in_title(token, line):
        return next(place_name(one) for one in subjects(token) if one.ent_type_ in _STATE)
    return place_of(token, toward=form == "visit")


def _form_of_noun(token: Token) -> str | None:
    words = happening_words()
    lemma = token.lemma_.lower()
    form = words.meeting_nouns.get(lemma)
    if form is None or token.dep_ == "compound" or (token.pos_ == "PROPN" and token.ent_type_ in {"ORG", "PERSON"}):
        return None
    before = {child.lower_ for child in token.children if child.dep_ in {"compound", "amod", "nmod", "nummod"}}
    if lemma in words.needs_before and not before & words.needs_before[lemma]:
        return None
    if lemma == "conversation" and not before & _BY_PHONE:
        return "talks"
    if lemma == "talk" and token.tag_ == "NN" and not any(child.lower_ == "with" for child in token.children):
        return None
    if before & {"press", "news"} and "joint" not in before:
        return None
    if before & {"such", "any", "every"} or any(child.lower_ in {"such", "any"} for child in token.children):
        return None
    if lemma in {"meeting", "meetings"} and any(child.lower_ in {"minds"} for child in token.subtree):
        return None
    if before & _BY_PHONE:
        return "call" if before & {"phone", "telephone", "telephonic"} else "conference"
    return form


def _form_of_verb(token: Token, line: Line) -> str | None:
    if token.pos_ != "VERB":
        return None
    if _is_talks_in_title(token, line):
        return "talks"
    lemma = token.lemma_.lower()
    if lemma in {"say", "tell", "assure", "inform", "discuss", "ask", "repeat"} and _is_by_phone(token):
        return "call" if _people([*objects(token), *after_preposition(token, "to", "with")], line) else None
    if lemma in {"face", "address", "meet"} and any(
        one.lemma_ in {"press", "reporter", "journalist"} for one in objects(token)
    ):
        return (
            "conference"
            if len({mention.person for _, mention in _people(subjects(token), line)} - {None}) > 1
            else None
        )
    rule = happening_words().meeting_verbs.get(lemma)
    if rule is None or (negated(token) and lemma != "meet"):
        return None
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children)
    by_phone = any(one.lower_ in _BY_PHONE for one in token.subtree)
    if rule.get("by_phone") and not by_phone:
        return None
    if any(one.lemma_.lower() in happening_words().status["refused"] for one in _rulers(token)):
        return None
    if lemma == "send" and (objects(token) or not _goal(token)):
        return None
    if rule.get("particle") and not any(child.lower_ == rule["particle"] for child in token.children):
        return None
    if rule.get("place_needed") and place_of(token) is None:
        return None
    if rule.get("passive") and not passive and rule["form"] == "visit" and not rule.get("object"):
        # "whom he expects in Türkiye": the one who is expected is the object.
        return rule["form"] if _people(objects(token), line) and _goal(token) else None
    if rule.get("person") and not _people(objects(token), line) and not passive:
        return None
    if rule.get("object") and rule["form"] == "meeting" and not rule.get("person"):
        others = _people(objects(token), line) or _people(after_preposition(token, "with"), line)
        several = len({one.i for one in subjects(token)}) > 1 or any(
            one.tag_ in {"NNS", "PRP"} for one in subjects(token)
        )
        if not others and (objects(token) or not several):
            return None
    if rule.get("with") and not rule.get("object"):
        partners = _people([*_partners(token), *after_preposition(token, "to")], line)
        if not partners or (token.lemma_ == "speak" and not by_phone and not _partners(token)):
            return None
        return "call" if by_phone else str(rule["form"])
    if rule["form"] == "visit" and _goal(token) is None:
        return None
    return "call" if by_phone and rule["form"] != "visit" else str(rule["form"])


def _rulers(verb: Token) -> list[Token]:
    """The verbs that a verb is the complement of: "refused to meet"."""
    found, at = [], verb
    while at.dep_ in {"xcomp", "pcomp", "prep"} and at.head != at:
        at = at.head
        found.append(at)
    return found


def _is_by_phone(verb: Token) -> bool:
    return any(one.lower_ in _BY_PHONE for one in after_preposition(verb, "by", "over", "in"))


def _is_talks_in_title(token: Token, line: Line) -> bool:
    """Whether the grammar took the noun of "Paris talks on a force" for a verb, as it does in headlines."""
    headline = line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING}
    return headline and token.lower_ == "talks" and any(one.ent_type_ in _STATE for one in subjects(token))


def _goal(verb: Token) -> str | None:
    """Where a verb of going leads: after "to" or "in", or the place that is its object."""
    named = next((place for one in after_preposition(verb, "to", "in", "at") if (place := place_name(one))), None)
    return named or next((place_name(one) for one in objects(verb) if one.ent_type_ in _STATE), None)


def _people(tokens: Iterable[Token], line: Line) -> list[tuple[Token, Mention]]:
    """The mentions of somebody among words; a state's name counts, a bare place does not."""
    found = [(one, line.mentions[one.i]) for one in tokens if one.i in line.mentions]
    return [(one, mention) for one, mention in found if mention.parties or not mention.anonymous]


def _somebodies(found: Iterable[tuple[Token, Mention]], names: Names) -> list[Somebody]:
    who: list[Somebody] = []
    for token, mention in found:
        several = _several(token, names)
        counterpart = _counterpart(token, mention, who, names)
        if several:
            who += several
        elif counterpart is not None:
            who.append(counterpart)
        elif mention.person is not None:
            party_id = mention.parties[0] if mention.parties else None
            who.append(Somebody(_as_on_agenda(mention.person, party_id, names), party_id, True))
        else:
            for party_id in mention.parties:
                party = names.agenda.party(party_id)
                if party is not None:
                    body = mention.body if mention.body and token.pos_ == "NOUN" else None
                    who.append(Somebody(body or party.name, party_id, False))
    return who


def _several(token: Token, names: Names) -> list[Somebody]:
    """Whom a plural with several parties before it means: "the American and Russian presidents", "Ukrainian and U.S. officials".

    An office gives its holders, any other group the words with each party's adjective; none where one party stands before it.
    """
    if token.tag_ not in {"NNS", "NNPS"} or token.lemma_.lower() not in speaker_words()["agents"]:
        return []
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


def _party_of_word(token: Token, names: Names) -> Party | None:
    known = names.known.get(token.text)
    return names.agenda.party(known.party) if known is not None and known.person is None else None


def _as_on_agenda(name: str, party_id: str | None, names: Names) -> str:
    """A person's name as the agenda spells it, where the party has somebody whose last name is all but the same."""
    party = names.agenda.party(party_id) if party_id is not None else None
    if party is None or name in {person.name for person in party.people}:
        return name
    spellings = {last_name(known): person.name for person in party.people for known in (person.name, *person.names)}
    match = process.extractOne(last_name(name), spellings, scorer=fuzz.ratio, score_cutoff=SAME_NAME)
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


def _counted_holders(noun: Token, spoken: Sequence[Somebody], names: Names) -> list[Somebody]:
    """Who "the three presidents" are: as many holders of that office as were named before in the report, the last ones."""
    offices = speaker_words()["offices"]
    for one in (noun, *noun.subtree):
        number = next((child for child in one.children if child.dep_ == "nummod"), None)
        if one.tag_ not in {"NNS", "NNPS"} or one.lemma_.lower() not in offices or number is None:
            continue
        wanted = number_value(number.text)
        holders = {
            person.name for party in names.agenda.parties if (person := names.holder([one.lemma_], party)) is not None
        }
        latest = list({who.name: who for who in reversed(spoken) if who.name in holders}.values())
        if wanted is not None and len(latest) >= wanted:
            return latest[: int(wanted)]
    return []


def _theirs(noun: Token, spoken: Sequence[Somebody]) -> list[Somebody]:
    """The two people last spoken of, of two parties, for "their meeting"."""
    if not any(child.dep_ == "poss" and child.lower_ == "their" for child in noun.children):
        return []
    return _last_two(spoken)


def _last_two(spoken: Sequence[Somebody]) -> list[Somebody]:
    """The last person spoken of and the last before of another party; nobody where there are no two."""
    people = list({one.name: one for one in reversed(spoken) if one.person}.values())
    other = next((one for one in people[1:] if one.party != people[0].party), None)
    return [other, people[0]] if other is not None else []


def _who_of_noun(noun: Token, line: Line, names: Names) -> list[Somebody]:
    found = _hanging_on(noun, line)
    verb = clause_verb(noun)
    # "Between X and Y" and "of X and Y" name all who take part; "with Y" leaves one to be found.
    closed = any(one.lower_ in {"between", "among", "of"} and _people(_below(one), line) for one in _prepositions(noun))
    if verb is None or noun.dep_ not in {"dobj", "pobj", "attr", "conj", "nsubj", "nsubjpass"}:
        return _somebodies(found, names)
    words, lemma = happening_words().status, verb.lemma_.lower()
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        found += _people(after_preposition(verb, "with", "between", "among"), line)
    elif not closed or lemma in {"attend", "join", "host", "hold"}:
        light = lemma in words["light"] | words["planned"] | words["proposed"] | words["cancelled"]
        role = noun if noun.dep_ != "pobj" else noun.head
        going = happening_words().meeting_verbs.get(lemma, {}).get("place", False) and role.lower_ in {
            "to",
            "for",
            "at",
        }
        beside = role.dep_ == "prep" and role.lower_ in {"during", "at", "in", "for", "to"} and len(found) < 2
        if (light and role.lower_ not in {"after", "before", "since", "following"}) or going or beside:
            found = _people(subjects(verb), line) + found + _people(after_preposition(verb, "with"), line)
            if lemma == "invite":
                found += _people(objects(verb), line)
    return _somebodies(found, names)


def _prepositions(noun: Token) -> list[Token]:
    """The prepositions that name who takes part, on a noun or on "held" beside it ("held in Sochi between X and Y")."""
    own = [child for child in noun.children if child.dep_ == "prep"]
    held = [child for child in noun.children if child.dep_ == "acl" and child.lemma_.lower() in {"hold", "have"}]
    deeper = [
        one for child in held for one in child.subtree if one.dep_ == "prep" and one.lower_ in {"between", "with"}
    ]
    loose = [one for child in own for one in child.subtree if one.lower_ == "between" and one is not child]
    return [*(one for one in own if one.lower_ in WITH), *deeper, *loose]


def _below(preposition: Token) -> list[Token]:
    """What stands after a preposition, with what is joined to it and what is joined to its adjectives."""
    found = [one for child in preposition.children if child.dep_ == "pobj" for one in conjuncts(child)]
    adjectives = [child for one in found for child in one.children if child.dep_ in {"compound", "amod"}]
    return [*found, *(one for child in adjectives for one in conjuncts(child))]


def _hanging_on(noun: Token, line: Line) -> list[tuple[Token, Mention]]:
    """Those who hang on a noun of meeting: "with X", "between X and Y", "X's", "the Trump-Putin summit"."""
    tokens: list[Token] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            tokens += [one for one in child.subtree if one.ent_type_ not in _STATE or child.dep_ == "poss"]
        elif child.dep_ in {"acl", "relcl"} and child.lemma_.lower() in {"involve", "bring", "include"}:
            tokens += objects(child)
    return _people([*tokens, *(one for preposition in _prepositions(noun) for one in _below(preposition))], line)


def _partners(verb: Token) -> list[Token]:
    """Those a verb is done with: "spoke with X", "spoke by telephone with X", "were received by X"."""
    found = after_preposition(verb, "with", "by", "alongside")
    lower = [below for child in verb.children if child.dep_ == "prep" for below in child.children]
    return [*found, *(one for below in lower for one in after_preposition(below, "with"))]


def _who_of_verb(verb: Token, line: Line, names: Names, spoken: Sequence[Somebody]) -> list[Somebody]:
    rule: Mapping[str, object] = happening_words().meeting_verbs.get(verb.lemma_.lower(), {"form": "call"})
    tokens = _actors(verb)
    if not (rule["form"] == "visit" and rule.get("place") and not rule.get("passive")):
        tokens = tokens + objects(verb)
    tokens = [*tokens, *_partners(verb)]
    if verb.lemma_ in {"speak", "talk"} or not rule.get("object"):
        tokens += after_preposition(verb, "to") if rule["form"] in {"talks", "call"} else []
    people = [pair for pair in _people(tokens, line) if not _is_goal(pair[0], verb)]
    who = _somebodies(people, names)
    if any(token.lower_ == "they" for token, _ in people) and not any(one.person for one in who):
        # "They are to meet again": the two people spoken of, not the party that the pronoun was taken for.
        pair = _last_two(spoken)
        return pair or who
    pronouns = [token for token, _ in people if token.pos_ == "PRON" and token.dep_ in {"pobj", "dobj", "dative"}]
    if pronouns and len({one.name for one in who}) == 1 and who[0].person:
        # "He will talk to him" speaks of two people, whatever the pronouns were taken for.
        other = next((one for one in reversed(spoken) if one.person and one.name != who[0].name), None)
        who += [other] if other is not None else []
    return who


def _actors(verb: Token) -> list[Token]:
    """The subjects of a verb; "he" in a clause joined to another is that clause's subject ("X met Y, and he hosts Z")."""
    own = subjects(verb)
    if verb.dep_ == "conj" and own and own[0].tag_ == "PRP" and own[0].head == verb:
        earlier = [one for one in verb.head.children if one.dep_ in {"nsubj", "nsubjpass"}]
        if earlier and earlier[0].ent_type_ == "PERSON":
            return [earlier[0], *own[1:]]
    return own


def _is_goal(token: Token, verb: Token) -> bool:
    return (
        token.ent_type_ in _STATE
        and token.dep_ == "pobj"
        and token.head.lower_ in {"to", "in", "at"}
        and token.head.head == verb
    )


def _time_of(token: Token, line: Line, report: Report) -> TimeWords | None:
    """The time words that belong to a meeting: those that hang on it, else on its clause's verb, else none."""
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    if not words:
        return None
    verb = clause_verb(token)
    beside = token.dep_ == "pobj" and token.head.lower_ in {"after", "since", "following", "before", "from"}
    for top in (token, None if beside else verb):
        if top is None:
            continue
        for one in words:
            at = token_at(line, one.start)
            if at is not None and _reaches(at, top, token):
                return one
    return None


def _reaches(token: Token, top: Token, trigger: Token) -> bool:
    """Whether a word hangs on another with no verb between ("set for" beside a meeting is none), and on no other meeting."""
    at = token
    while at != top:
        if at.head == at:
            return False
        at = at.head
        beside = at.dep_ == "acl" and at.head == trigger
        other = at != trigger and at.lemma_.lower() in happening_words().meeting_nouns
        if at != top and ((at.pos_ == "VERB" and not beside) or other):
            return False
    return True


def _what(token: Token, form: str) -> str:
    if token.pos_ == "VERB":
        return form
    first = min((one.left_edge.i for one in token.lefts if one.dep_ in {"compound", "amod", "nummod"}), default=token.i)
    return token.doc[first : token.i + 1].text
