"""Which words name a meeting, and of which form: nouns, verbs, and phrases such as "spent two hours under one roof"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from travaux.model import BlockKind
from travaux.reading.happenings.acts_together import is_act_together, speaks_before_body
from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.happenings.deliberations import is_asked_in, is_deliberation
from travaux.reading.happenings.grammar import after_preposition, is_future, negated, objects, subjects
from travaux.reading.happenings.participants import MEALS, is_state, partners_of, people_among, whom_seen
from travaux.reading.happenings.places import place_name, place_of
from travaux.reading.happenings.sittings import is_sitting
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.mention import Mention
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

BY_PHONE = {"phone", "telephone", "telephonic", "video"}
_AT_ONE_TABLE = re.compile(
    r"\b(?:under (?:one|the same|a single) roof|(?:a)?round (?:the|a|one) table|(?:at|in) (?:one|the same) (?:table|room)|closeted"
    r"|huddled|face to face|across (?:the|a) table from|in talks)\b",
    re.IGNORECASE,
)
WRITTEN = frozenset(
    "letter message statement post note mail e-mail email interview speech write telegram debate radio broadcast hearing".split()
)
_EVENTS = {"workshop", "seminar", "symposium", "retreat", "briefing"}
_INDOORS = {"table", "room", "hall", "roof", "hotel", "talk", "negotiation", "session", "meeting", "link"}
_BESIDE_ONE_ANOTHER = re.compile(
    r"(?:\w+ ){0,3}(?:opposite|with|to|across from|across the table from|beside|next to|alongside|facing) (?:each other|one another)\b"
)
_TOGETHER = {"sit", "negotiate", "confer", "dine", "eat"}
"""What people do with each other who meet; those who speak to each other may do so in many ways."""
_ON_THE_LINE = re.compile(r"\bon the (?:phone|telephone|line)\b", re.IGNORECASE)


def form_of_noun(token: Token) -> str | None:
    """The form of meeting that a noun names; None for a noun that names none."""
    words = happening_words()
    lemma = token.lemma_.lower()
    if token.lower_ == "meet" and token.tag_ == "NN" and token.dep_ == "pobj" and place_of(token) is not None:
        return "meeting"  # "the governors of the agency meet in Vienna"
    form = words.meeting_nouns.get(lemma)
    # Bulletins print what sits in capitals: "The PLENARY heard the chairs".
    alone = token.text.isupper() and not any(one.dep_ == "compound" for one in token.children)
    named = token.pos_ == "PROPN" and not alone
    if form is None or token.dep_ == "compound" or (named and kind_of(token) in {"ORG", "PERSON"}):
        return None
    if is_told_by_another(token):
        return None
    before = {child.lower_ for child in token.children if child.dep_ in {"compound", "amod", "nmod", "nummod"}}
    if lemma in words.needs_before and not before & words.needs_before[lemma] and not _is_told_as_one(token):
        return None
    if lemma == "conversation" and not before & BY_PHONE:
        return "talks"
    if lemma == "talk" and token.tag_ == "NN" and not any(child.lower_ == "with" for child in token.children):
        return None
    told = any(child.dep_ in {"det", "poss", "amod", "compound"} for child in token.children)
    if lemma in MEALS and (
        (token.dep_ == "pobj" and not told) or token.head.lemma_.lower() in {"eat", "skip", "miss", "cook"}
    ):
        return None
    if before & {"press", "news"} and "joint" not in before:
        return None
    if before & {"such", "any", "every", "trading", "training", "recording", "photo"}:
        return None
    if any(child.lower_ in {"such", "any"} for child in token.children):
        return None
    if lemma in {"meeting", "meetings"} and any(child.lower_ in {"minds"} for child in token.subtree):
        return None
    if before & BY_PHONE:
        return "call" if before & {"phone", "telephone", "telephonic"} else "conference"
    return form


def _is_told_as_one(noun: Token) -> bool:
    """Whether a noun that names much else names a meeting: "round of talks", "the May round", "a call with X"."""
    lemma = noun.lemma_.lower()
    if inner_noun(noun) is not None:
        return True
    if lemma in _EVENTS and noun.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        words = happening_words().status  # what is held, planned or called off is no carpenter's
        verbs = [noun.head, *(child for child in noun.head.children if child.dep_ == "xcomp")]
        done = {one.lemma_.lower() for one in verbs if one.pos_ == "VERB"}
        return bool(done & (words["cancelled"] | words["planned"] | {"hold", "host", "convene", "attend"}))
    behind = {child.lower_ for child in noun.children if child.dep_ == "prep"}
    beside = [child for child in noun.children if child.dep_ in {"compound", "amod", "nmod"}]
    if lemma == "call":
        return "with" in behind or "between" in behind
    if lemma == "conference":
        return bool(behind & {"on", "about", "between", "for"}) and not {one.lower_ for one in beside} & {
            "press",
            "news",
        }
    definite = any(child.lower_ in {"the", "that", "this"} for child in noun.children)
    dated = all(one.lower_ in {*MONTHS, *WEEKDAYS} or kind_of(one) in {"GPE", "LOC", "DATE"} for one in beside)
    return lemma == "round" and definite and dated and "of" not in behind


def inner_noun(noun: Token) -> Token | None:
    """The noun of meeting inside another: "talks" of "the third round of talks"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for below in child.children:
                if below.dep_ == "pobj" and below.lemma_.lower() in happening_words().meeting_nouns:
                    return below
    return None


def is_told_by_another(noun: Token) -> bool:
    """Whether a noun of meeting only says what another consists of: "talks" of "the third round of talks"."""
    outer = noun.head.head
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and outer.lemma_.lower() in happening_words().meeting_nouns
        and inner_noun(outer) == noun
    )


def form_of_verb(token: Token, line: Line) -> str | None:
    """The form of meeting that a verb names, by what stands beside it; None where it names none."""
    if token.lower_ == "due" and token.dep_ in {"acomp", "amod", "ROOT", "conj"}:
        return "visit" if _place_among(after_preposition(token, "in", "at")) else None
    if came_from(token) is not None:
        return "visit"
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    phrase = _form_of_phrase(token, line)
    if phrase is not None:
        return phrase
    if token.pos_ != "VERB":
        return None
    if is_talks_in_title(token, line):
        return "talks"
    lemma = token.lemma_.lower()
    if lemma in {"say", "tell", "assure", "inform", "discuss", "ask", "repeat", "warn"} and _is_by_phone(token):
        told = people_among([*objects(token), *after_preposition(token, "to", "with")], line)
        outside = happening_words().status["outside"]
        heard = [mention for one, mention in told if not outside & {child.lemma_.lower() for child in one.subtree}]
        return "call" if any(mention.parties or mention.person for mention in heard) else None
    if _is_call_with(token, line):
        return "call"
    if lemma in {"tell", "assure", "inform", "warn"} and _is_to_the_face(token, line):
        return "talks"
    if is_deliberation(token, line):
        return "meeting"
    if _is_over_a_meal(token, line):
        return "meeting"
    if is_asked_in(token, line) or is_act_together(token, line) or speaks_before_body(token, line):
        return "meeting"
    if lemma in {"face", "address", "meet"} and any(
        one.lemma_ in {"press", "reporter", "journalist"} for one in objects(token)
    ):
        return (
            "conference"
            if len({mention.person for _, mention in people_among(subjects(token), line)} - {None}) > 1
            else None
        )
    return _form_by_rule(token, lemma, line)


def _is_call_with(verb: Token, line: Line) -> bool:
    """Whether something is done with somebody on the telephone: "raised it with her by phone"."""
    if line.sentence.words.isdisjoint(BY_PHONE):
        return False
    if negated(verb) or verb.lemma_.lower() in happening_words().meeting_verbs:
        return False
    means = [one for one in verb.subtree if one.dep_ == "pobj" and one.head.lower_ in {"on", "over", "by", "via", "in"}]
    wired = any({one.lower_, *(child.lower_ for child in one.children)} & BY_PHONE for one in means)
    partners = [one for word in (verb, *objects(verb)) for one in people_among(after_preposition(word, "with"), line)]
    return wired and any(mention.person for _, mention in partners) and bool(people_among(subjects(verb), line))


def _is_over_a_meal(verb: Token, line: Line) -> bool:
    """Whether somebody does something with or to somebody else over a meal: "over lunch on Friday she made him an offer"."""
    if "over" not in line.sentence.words or verb.tag_ not in {"VBD", "VBN"} or negated(verb):
        return False
    goals = after_preposition(verb, "over")
    if not any(one.lemma_.lower() in MEALS | {"coffee", "tea", "drink"} for one in goals):
        return False
    others = [
        *objects(verb),
        *after_preposition(verb, "to", "with"),
        *(one for one in verb.children if one.dep_ == "dative"),
    ]
    who = people_among([one for one in (*subjects(verb), *others) if one.lower_ not in {"me", "us"}], line)
    return len({mention.person or mention.parties for _, mention in who}) > 1


_THAT_TIME = {"morning", "afternoon", "evening", "night", "day"}


def _is_to_the_face(verb: Token, line: Line) -> bool:
    """Whether somebody of one party told somebody of another something at a time, and not in writing: they spoke."""
    tellers = {mention.parties for _, mention in people_among(subjects(verb), line) if mention.person}
    heard = [one for one in objects(verb) if one.lower_ not in {"me", "us"}]
    told = {mention.parties for _, mention in people_among(heard, line) if mention.person}
    day = any(one.text.lower() in {*WEEKDAYS, *MONTHS} for one in after_preposition(verb, "on"))
    day = day or any(one.dep_ == "npadvmod" and one.lower_ in _THAT_TIME | {*WEEKDAYS} for one in verb.children)
    written = any(one.lemma_.lower() in WRITTEN for one in verb.subtree)
    return bool(tellers) and bool(told) and not tellers & told and () not in told | tellers and day and not written


def _form_by_rule(token: Token, lemma: str, line: Line) -> str | None:
    """The form of a verb of the lexicon, where what it asks for stands beside it."""
    rule = happening_words().meeting_verbs.get(lemma)
    if lemma in {"open", "close", "rise"} and _is_of_body(token) and not objects(token) and not negated(token):
        return None if lemma != "open" and is_future(token) else "meeting"
    if lemma in {"come", "go"} and not negated(token) and come_to(token, line):
        return "meeting"
    if rule is None or (negated(token) and not (lemma == "meet" and is_future(token))):
        return None
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children)
    by_phone = any(one.lower_ in BY_PHONE for one in token.subtree)
    if rule.get("by_phone") and not by_phone:
        return None
    if rule["form"] == "meeting" and passive and all(one.lower_ in {"it", "this", "that"} for one in subjects(token)):
        return None  # "In Tokyo it was received with thanks"
    rulers = _rulers(token)
    if any(one.lemma_.lower() in happening_words().status["refused"] for one in rulers):
        return None
    if any(child.lower_ == "yet" for one in rulers for child in one.children if one.lemma_.lower() in {"have", "be"}):
        return None
    if (
        lemma in _TOGETHER
        and _is_with_one_another(token)
        and _several(token, line)
        and people_among(subjects(token), line)
    ):
        return "call" if by_phone else "meeting"
    if lemma == "send" and (objects(token) or not _goal(token)):
        return None
    if rule.get("mutual"):
        indoors = any(one.lemma_.lower() in _INDOORS for one in token.subtree)  # and not in a final
        return str(rule["form"]) if is_mutual(token) and indoors and subjects(token) else None
    if rule.get("between"):
        return str(rule["form"]) if people_among(after_preposition(token, "between", "among"), line) else None
    if lemma in {"sit", "open", "close", "rise"} and _is_of_body(token) and not objects(token):
        return "meeting"  # "The board sat in Cork", "the assembly opens on Monday"
    alone = lemma == "sit" and not _several(token, line) and not after_preposition(token, "with")
    if alone:
        return None  # "he would sit down again tomorrow"
    particle = not rule.get("particle") or any(
        child.lower_ in {rule["particle"], "together"} for child in token.children
    )
    if not particle and not (rule.get("with") and people_among(after_preposition(token, "with"), line)):
        return None
    if rule.get("place_needed") and place_of(token) is None:
        return None
    if rule.get("gathering"):
        gathered = bool(people_among(subjects(token), line)) or is_sitting(token) or _is_of_body(token)
        return str(rule["form"]) if gathered and not objects(token) else None
    if rule.get("seen"):
        return str(rule["form"]) if whom_seen(token, line) or is_mutual(token) else None
    if rule.get("passive") and not passive and rule["form"] == "visit" and not rule.get("object"):
        # "whom he expects in Türkiye": the one who is expected is the object.
        return str(rule["form"]) if people_among(objects(token), line) and _goal(token) else None
    if rule.get("person") and not people_among(objects(token), line) and not passive:
        return None
    if rule.get("object") and rule["form"] == "meeting" and not rule.get("person"):
        others = people_among(objects(token), line) or people_among(after_preposition(token, "with"), line)
        several = len({one.i for one in subjects(token)}) > 1 or any(
            one.tag_ in {"NNS", "PRP"} for one in subjects(token)
        )
        body = any(mention.body for _, mention in people_among(subjects(token), line)) or _is_of_body(token)
        if not others and not is_mutual(token) and (objects(token) or not (several or body)):
            return None
    if rule.get("with") and not rule.get("object") and not (rule.get("particle") and particle):
        partners = people_among([*partners_of(token), *after_preposition(token, "to")], line)
        if not partners or (token.lemma_ == "speak" and not by_phone and not partners_of(token)):
            return None
        return "call" if by_phone else str(rule["form"])
    if rule["form"] == "visit" and _goal(token) is None:
        return None
    return "call" if by_phone and rule["form"] != "visit" else str(rule["form"])


def come_to(verb: Token, line: Line) -> list[tuple[Token, Mention]]:
    """The people whom somebody came or went to: "had come to Ann Lee in private", but not "it came to her as a shock"."""
    if not any(mention.person for _, mention in people_among(subjects(verb), line)):
        return []
    goals = people_among(after_preposition(verb, "to"), line)
    return [(one, mention) for one, mention in goals if mention.person]


def is_mutual(verb: Token) -> bool:
    """Whether those who do something do it to each other: "faced each other", "will see one another", "sat opposite each other"."""
    return _is_with_one_another(verb) or any(
        one.lower_ in {"other", "another"} and any(child.lower_ in {"each", "one"} for child in one.children)
        for one in verb.children
        if one.dep_ in {"dobj", "dative"}
    )


def _is_with_one_another(verb: Token) -> bool:
    """Whether "each other" stands right behind one of the few words behind a verb that put people together."""
    behind = " ".join(token.lower_ for token in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 7)])
    return _BESIDE_ONE_ANOTHER.match(behind) is not None


def _is_of_body(verb: Token) -> bool:
    """Whether a body that deliberates does something on a day or in a place: "the council rose on Friday"."""
    placed = any(child.dep_ in {"prep", "npadvmod"} for child in verb.children)
    return placed and any(one.lemma_.lower() in happening_words().status["sits"] for one in subjects(verb))


def _several(verb: Token, line: Line) -> bool:
    """Whether those who do something may be more than one: several words, a plural, a body or a group."""
    who = subjects(verb)
    bodies = any(not mention.person for _, mention in people_among(who, line))
    return (
        len(who) != 1 or bodies or (who[0].tag_ in {"NNS", "NNPS", "PRP"} and who[0].lower_ not in {"he", "she", "i"})
    )


def is_phrase(token: Token) -> bool:
    """Whether a verb names a meeting only with the words behind it, where the grammar is seldom right."""
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in {"be", "have", "spend"}


def _form_of_phrase(verb: Token, line: Line) -> str | None:
    """The form of "spent hours under one roof", "had him round the table", "were on the phone"."""
    if verb.lemma_.lower() == "come" and any(child.lower_ == "together" for child in verb.children):
        people = people_among(subjects(verb), line)
        several = any(one.tag_ in {"NNS", "NNPS", "PRP"} for one, _ in people) or len(people) > 1
        alike = any(child.lower_ == "as" for child in verb.children)  # "came together as one people"
        return "meeting" if several and not alike and not negated(verb) else None
    who = subjects(verb)
    several = len(who) > 1 or any(one.lower_ in {"they", "both", "two"} for one in who)
    if verb.pos_ == "VERB" and not negated(verb) and several and _is_by_phone(verb, "over", "by"):
        # "They talked it over by telephone" is of the two spoken of last.
        return "call" if len(who) == 1 or len(people_among(who, line)) > 1 else None
    if verb.lemma_.lower() not in happening_words().status["gathered"] or negated(verb):
        return None
    behind = line.sentence.span.doc[verb.i : line.sentence.span.end].text
    if _ON_THE_LINE.search(behind) and verb.lemma_.lower() in {"be", "spend"}:
        form = "call"
    elif _AT_ONE_TABLE.search(behind):
        form = "meeting"
    else:
        return None
    return form if people_among([*subjects(verb), *objects(verb)], line) else None


def came_from(token: Token) -> Token | None:
    """Where somebody is back from, or has returned from; None for any other word."""
    back = token.lower_ == "back" and token.pos_ == "ADV" and token.dep_ in {"advmod", "ROOT"}
    moved = token.lemma_.lower() in {"come", "fly", "travel"}
    home = moved and any(one.lower_ in {"back", "home"} for one in token.children)
    if not back and not (token.pos_ == "VERB" and (home or token.lemma_.lower() == "return")):
        return None
    if not any(child.lower_ == "from" for child in token.children):
        return None
    origins = after_preposition(token, "from")
    return next((one for one in origins if is_state(one) or (back and place_name(one) is not None)), None)


def _place_among(tokens: list[Token]) -> str | None:
    return next((place for one in tokens if (place := place_name(one))), None)


def _rulers(verb: Token) -> list[Token]:
    """The verbs that a verb is the complement of: "refused to meet"."""
    found, at = [], verb
    while at.dep_ in {"xcomp", "pcomp", "prep"} and at.head != at:
        at = at.head
        found.append(at)
    return found


def _is_by_phone(verb: Token, *prepositions: str) -> bool:
    return any(one.lower_ in BY_PHONE for one in after_preposition(verb, *(prepositions or ("by", "over", "in"))))


def is_talks_in_title(token: Token, line: Line) -> bool:
    """Whether the grammar took the noun of "Paris talks on a force" for a verb, as it does in headlines."""
    headline = line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING}
    return headline and token.lower_ == "talks" and any(is_state(one) for one in subjects(token))


def _goal(verb: Token) -> str | None:
    """Where a verb of going leads: after "to" or "in", or the place that is its object."""
    goals = after_preposition(verb, "to", "in", "at")
    if happening_words().meeting_verbs.get(verb.lemma_.lower(), {}).get("named"):
        goals = [one for one in goals if is_state(one)]
    return _place_among(goals) or next((place_name(one) for one in objects(verb) if is_state(one)), None)
