"""Meetings: who met, meets or may meet whom, where, when, and how far it has got.

1. `triggers` says which words name one, `notices` which lines without a verb do ("Fifth round: Muscat, Sunday, 15 June").
2. Those who take part hang on the word, see `participants`. "The meeting lasted an hour" is of those, and of the place and day,
   of the sentence before; bare "talks" are of the two that were named together last.
3. `standing` says how far it has got; place and day hang on the word, and a report on the spot has a place of its own, see `masthead`.
4. What no word names may be shown, see `shown`: the heads on the encoder's states say in which sentence and by which words.
5. Mentions of one meeting in one report become one.

A word of meeting without anybody, or with one party and neither place nor day, names nothing that could be looked up, and is
passed over. So are talks in general ("another round", "a return to the talks") and whom the reporter met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.happening import ORDINALS, Status, number_of
from travaux.model import BlockKind, Report
from travaux.reading.happenings.acts_together import where_together
from travaux.reading.happenings.attendance import chairing_in, entry_place, hosted, present_in
from travaux.reading.happenings.days import base_day, day_meant, lies_ahead, time_words
from travaux.reading.happenings.deliberations import is_deliberation, who_deliberates
from travaux.reading.happenings.entry_days import EntryDays
from travaux.reading.happenings.generalities import is_edited, is_general
from travaux.reading.happenings.grammar import (
    auxiliaries,
    clause_verb,
    conjuncts,
    is_future,
    subjects,
)
from travaux.reading.happenings.groups import is_counted, with_parties
from travaux.reading.happenings.masthead import inside, scene_of
from travaux.reading.happenings.noticed_meetings import is_by_reporter, is_history, shown_beside, what_words
from travaux.reading.happenings.notices import Notice, listed_in, notice_in
from travaux.reading.happenings.one_meeting import odds_of_one
from travaux.reading.happenings.participants import (
    Somebody,
    counted_holders,
    people_among,
    somebodies,
    theirs,
    who_of_verb,
)
from travaux.reading.happenings.participants_of_nouns import who_of_noun
from travaux.reading.happenings.places import place_beside, place_of, place_within
from travaux.reading.happenings.sittings import OPENING, chief_of, guests_to_come, speaking_in
from travaux.reading.happenings.so_far import SoFar
from travaux.reading.happenings.standing import Standing, standing_of
from travaux.reading.happenings.telling import NEAR, Told, bring_together, is_a_headline, is_enough
from travaux.reading.happenings.times import is_told_now, only_time, time_of
from travaux.reading.happenings.triggers import (
    form_of_noun,
    form_of_verb,
)
from travaux.reading.happenings.venues import city_of_title, set_here, stands_there, told_place
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names
from travaux.reading.noticing import LIKELY, Noticed

if TYPE_CHECKING:
    from spacy.tokens import Token

HEAD = 400
"""Characters of a report without paragraphs in which it says what it is."""
_GOING_ON = {"go", "continue", "resume", "move", "proceed", "reconvene"}
_BY_A_PARTY = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|for immediate release|remarks|readout|joint)\b", re.IGNORECASE
)


def meetings_told(
    lines: Sequence[Line],
    names: Names,
    report: Report,
    days: EntryDays,
    noticed: Mapping[int, Noticed] | None = None,
) -> list[Told]:
    """Every meeting a report tells of, in order, each once.

    Args:
        days: that its entries stand under.
        noticed: what the heads make of the sentences, by number; without them words alone decide.
    """
    noticed = noticed or {}
    scene = scene_of(report)
    city = scene.place if scene.on_the_spot else city_of_title(lines)
    so_far = SoFar(names, report, scene, city, _is_reporters(report))
    chaired = "chair" in report.text
    so_far.of_days = bool(days.starts)
    for number, line in enumerate(lines):
        so_far.report = days.as_of(line.sentence.start, report)
        following = lines[number + 1] if number + 1 < len(lines) else None
        before = lines[number - 1] if number else None
        doc = line.sentence.span.doc
        here = [(doc[at], mention) for at, mention in line.mentions.items() if at < len(doc)]
        so_far.spoken += somebodies(here, names)
        for body, who in chairing_in(line, names) if chaired else ():
            so_far.chairs.setdefault(body, who)
        seen = noticed.get(line.sentence.number)
        mentioned = list(_in_line(line, before, following, so_far))
        likely = seen is not None and seen.meeting > LIKELY
        if seen is not None and likely:
            mentioned += shown_beside(line, seen, mentioned, so_far)
        mentioned += [
            _to_come(line, verb, so_far) for verb in guests_to_come(line, so_far.report) if so_far.scene.on_the_spot
        ]
        if not mentioned:
            _were_there(line, so_far)
        _speak_there(line, so_far)
        for told in mentioned:
            told.noticed = likely
            stands_there(told, so_far)
            if told.here and told.status is Status.HELD:
                told.who += [one for one in so_far.present if one.name not in told.names]
                so_far.present = []
            counted = counted_holders(told.trigger, so_far.spoken, names)
            if not told.who and _is_one_more(told):
                told.who = list(so_far.last_who)  # a round of the talks is among those of the round before
            meant = counted or theirs(told.trigger, so_far.spoken)
            # A plural office may have been taken for one holder; whoever is counted out has no part in it.
            kept = [one for one in told.who if not counted or one in meant or not (one.person or is_counted(one))]
            told.who = kept + [one for one in meant if one.name not in {each.name for each in kept}]
            _stands_where_it_began(told, so_far)
            same = _told_already(told, so_far)
            if same is None:
                so_far.found.append(told)
            else:
                bring_together(same, told)
        so_far.before.append(line)
        so_far.pair = _named_together(line, names) or so_far.pair
    chief = chief_of(so_far.found, so_far.scene)
    if chief is not None and chief.form not in {"call", "visit"}:
        # A live blog tells the newest first.
        chief.who += [one for one in dict.fromkeys(so_far.early) if one.name not in chief.names]
    together: list[Somebody] = []
    for told in so_far.found:
        # "The four" at the head of a report are known by its end.
        told.who = list(dict.fromkeys(with_parties(told.who, together, so_far.spoken, names.agenda, whole=True)))
        together = told.who if len({one.party for one in told.who} - {None}) > 1 else together
    told_on = sum(line.sentence.kind not in {BlockKind.TITLE, BlockKind.HEADING} for line in lines) >= NEAR
    return [one for one in so_far.found if is_enough(one) and not (told_on and is_a_headline(one))]


def _stands_where_it_began(told: Told, so_far: SoFar) -> None:
    """Let a bulletin or a live blog without a place of its own stand where the first meeting that it tells of was held."""
    scene, opening = so_far.scene, told.line.sentence.number < OPENING
    if scene.on_the_spot and scene.place is None and opening and told.status is Status.HELD and told.place is not None:
        so_far.scene, so_far.city = replace(scene, place=told.place), so_far.city or told.place


def _told_already(told: Told, so_far: SoFar) -> Told | None:
    """The meeting told before that a mention is most likely of, the latest of those alike; None where it is more likely a new one."""
    described = next((one for one in reversed(so_far.found) if _describes(told, one)), None)
    if described is not None:
        return described
    recorded = so_far.scene.recorded
    scored = [(odds_of_one(one, told, recorded=recorded), at, one) for at, one in enumerate(so_far.found)]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _is_one_more(told: Told) -> bool:
    """Whether a meeting that nobody is named for is one of a series: "third round", "next meeting", the talks of Monday."""
    beside = {child.lower_ for child in told.trigger.children}
    return (
        number_of(told.what) is not None
        or ("next" in beside and (told.place is not None or told.when is not None))
        or (told.noticed and (told.form == "talks" or "the" in beside))
    )


def _were_there(line: Line, so_far: SoFar) -> None:
    """Add those of whom a sentence says that they were there to the meeting told just before."""
    latest = so_far.found[-1] if so_far.found else None
    if latest is None and so_far.scene.recorded:
        so_far.present += present_in(line, so_far.names)  # minutes list them before anything is told
    gap = line.sentence.number - latest.line.sentence.number if latest is not None else 0
    if latest is None or gap > NEAR + len(latest.who) or latest.status is not Status.HELD or latest.form == "visit":
        return
    latest.who += [one for one in present_in(line, so_far.names) if one.name not in latest.names]


def _speak_there(line: Line, so_far: SoFar) -> None:
    """Add those who speak in the meeting that the report is about, or in the one told just before."""
    near = (
        so_far.found[-1:] if so_far.found and line.sentence.number - so_far.found[-1].line.sentence.number <= 1 else []
    )
    chief = chief_of(so_far.found, so_far.scene) or next((one for one in near if one.status is Status.HELD), None)
    if chief is None or chief.form in {"call", "visit"}:
        so_far.answering = False
        if so_far.scene.on_the_spot:
            so_far.early += speaking_in(line, so_far.names, recorded=False, answering=False)
        return
    who = speaking_in(line, so_far.names, recorded=so_far.scene.recorded, answering=so_far.answering)
    chief.who += [one for one in dict.fromkeys(who) if one.name not in chief.names]
    so_far.answering = bool(who)


def _to_come(line: Line, verb: Token, so_far: SoFar) -> Told:
    """Somebody's coming to where the report stands."""
    report = so_far.report
    who = somebodies(people_among(subjects(verb.head if verb.pos_ == "ADJ" else verb), line), so_far.names)
    words = time_of(verb, line, so_far) or time_words(report.text, line.sentence.start, line.sentence.end)[0]
    day = day_meant(words, base_day(report), ahead=True)
    when = report.text[words.start : words.end]
    return Told(line, verb, "visit", "visit", Standing(Status.PLANNED), who, so_far.scene.place, day, when)


def _describes(told: Told, one: Told) -> bool:
    """Whether a mention stands in a clause that says what another is: "the session for which it was to sit down"."""
    at, inside = told.trigger, False
    while at.head != at and told.line is one.line:
        inside = inside or at.dep_ in {"relcl", "acl"}
        at = at.head
        # The grammar may hang the clause on another noun beside the one that is called off.
        if at == one.trigger or (one.status is Status.CANCELLED and at == one.trigger.head and at.pos_ == "VERB"):
            return inside
    return False


def _in_line(line: Line, before: Line | None, following: Line | None, so_far: SoFar) -> Iterable[Told]:
    listed = listed_in(line, before, so_far.report)
    if listed:
        yield from (_announced(line, one, so_far) for one in listed)
        return
    notice = notice_in(line, so_far.report, so_far.scene)
    if notice is not None:
        if so_far.scene.on_the_spot and so_far.scene.place is None and line.sentence.kind is BlockKind.TITLE:
            # "LIVE | Rome, second round": what follows is told from there.
            so_far.scene, so_far.city = replace(so_far.scene, place=notice.place), notice.place
        yield _announced(line, notice, so_far)
        return
    for token in line.sentence.span:
        noun = token.pos_ in {"NOUN", "PROPN"}
        pair = hosted(token, line, so_far.report, so_far.names, so_far.spoken)
        if pair and not any({one.name for one in pair} <= told.names for told in so_far.found):
            yield _received(line, token, pair, so_far)
            continue
        what = _numbered_before(token, so_far.found)
        form = "talks" if what else form_of_noun(token) if noun else form_of_verb(token, line)
        if form is None or (so_far.reporters and is_by_reporter(token, so_far.report, line)):
            continue
        who = who_of_noun(token, line, so_far.names) if noun else who_of_verb(token, line, so_far.names, so_far.spoken)
        if not noun and is_deliberation(token, line):
            yield from _dealt_with(line, token, who, so_far)
            continue
        if what:
            who = []
        who = list(dict.fromkeys(with_parties(who, so_far.last_who, so_far.spoken, so_far.names.agenda)))
        told = _told(line, token, form, who, following, so_far)
        told.what = what or told.what
        if is_general(told) or is_edited(token) or is_history(told, base_day(so_far.report)):
            continue
        set_here(told, so_far)
        if not told.who and noun:
            _of_those_before(told, before, so_far)
        _with_chairs(told, so_far)
        yield told
        if noun and (next_part := _continued(told, so_far.report)) is not None:
            yield next_part


def _with_chairs(told: Told, so_far: SoFar) -> None:
    """Add to a body's meeting those of whom the report says that they chair the body."""
    token = told.trigger
    below = [one for child in token.children if child.lower_ == "of" for one in child.children]
    own = [child for child in token.children if child.dep_ in {"poss", "compound"}]
    bodies = [*(subjects(token) if token.pos_ == "VERB" else []), *below, *own]
    chairs = [one for body in bodies for one in so_far.chairs.get(body.lemma_.lower(), [])]
    told.who += [one for one in chairs if one.name not in told.names]


def _received(line: Line, token: Token, pair: list[Somebody], so_far: SoFar) -> Told:
    """The meeting of a host and a guest, where the sentences before place it, or the entry of a live blog."""
    report = so_far.report
    near = [one for one in so_far.before[: -NEAR - 1 : -1] if one.sentence.block == line.sentence.block]
    placed = ((one, place) for one in near if (place := place_within(one.sentence.span, anywhere=True)) is not None)
    here, place = next(placed, (None, None))
    words = time_of(token, line, so_far) or (only_time(here, report) if here is not None else None)
    day = day_meant(words, base_day(report), ahead=False) if words else None
    when = report.text[words.start : words.end] if words else None
    place = place or entry_place(line, report)
    return Told(line, token, "meeting", "meeting", Standing(Status.HELD), pair, place, day, when)


def _dealt_with(line: Line, token: Token, who: list[Somebody], so_far: SoFar) -> Iterable[Told]:
    """What a body is still to deal with on a day."""
    report = so_far.report
    words = time_of(token, line, so_far) or only_time(line, report)
    if words is None or lies_ahead(words, base_day(report)) is False:
        return
    who += [one for one in who_deliberates(token, line, so_far.names) if one not in who]
    day = day_meant(words, base_day(report), ahead=True)
    when = report.text[words.start : words.end]
    place = inside(where_together(token) or place_beside(token), so_far.city)
    yield Told(line, token, what_words(token, "meeting"), "meeting", Standing(Status.PLANNED), who, place, day, when)


def _told(line: Line, token: Token, form: str, who: list[Somebody], following: Line | None, so_far: SoFar) -> Told:
    """A mention of a meeting with where, when and how far."""
    report = so_far.report
    question = line.sentence.span.text.strip().endswith("?")
    answer = following if question and following and following.sentence.block == line.sentence.block else None
    words = time_of(token, line, so_far)
    if words is None and token.tag_ in {"VBP", "VBZ"} and token.dep_ == "ROOT":
        words = only_time(line, report)  # "They gather for what is billed as the last time on 18 June"
    lies = lies_ahead(words, base_day(report)) if words else None
    told_now = is_told_now(line, words, so_far) or (
        words is not None and words.parts.get("t") in {"today", "this morning"}
    )
    standing = standing_of(
        token, answer.sentence.span.text if answer else "", dated=words is not None, ahead=lies, told_now=told_now
    )
    # "Monday's meeting was cancelled" is of a day gone by; "the meeting set for Monday was cancelled" may lie ahead, and so may
    # "Monday's meeting has been cancelled".
    gone = words is not None and report.text[words.end : words.end + 2] in {"'s", "’s"} and not _is_perfect(token)
    ahead = standing.status is not Status.HELD and not (gone and standing.status is Status.CANCELLED)
    if standing.status is Status.HELD and lies:
        words = None  # what was spoken of there, and not its own day
    day = day_meant(words, base_day(report), ahead=ahead) if words else None
    when = report.text[words.start : words.end] if words else None
    return Told(
        line, token, what_words(token, form), form, standing, who, told_place(token, form, line), day, when, answer
    )


def _continued(told: Told, report: Report) -> Told | None:
    """What "the round held in Oslo is to go on in Bergen" tells beside the round held: the same people, in another place."""
    token = told.trigger
    verb = clause_verb(token)
    if verb is None or token.dep_ not in {"nsubj", "nsubjpass"} or told.status is not Status.HELD or not told.place:
        return None
    on = next((one for one in (verb, *verb.children) if one.lemma_.lower() in _GOING_ON), None)
    ahead = on is not None and (is_future(on) or (on.dep_ == "xcomp" and verb.lemma_ == "be"))
    place = place_of(on, toward=True) if on is not None and ahead else None
    if on is None or place is None or place == told.place:
        return None
    words = next(
        (one for one in time_words(report.text, told.line.sentence.place(on)[0], told.line.sentence.end)), None
    )
    day = day_meant(words, base_day(report), ahead=True) if words else None
    when = report.text[words.start : words.end] if words else None
    return replace(told, standing=Standing(Status.PLANNED), place=place, day=day, when=when, who=list(told.who))


def _is_perfect(token: Token) -> bool:
    verb = clause_verb(token)
    return verb is not None and bool(auxiliaries(verb) & {"has", "have"})


def _announced(line: Line, notice: Notice, so_far: SoFar) -> Told:
    """The meeting that a line of its own names."""
    report, words = so_far.report, notice.words
    ahead = notice.status is Status.PLANNED
    day = day_meant(words, base_day(report), ahead=ahead) if words else None
    when = report.text[words.start : words.end] if words else None
    place = notice.place or (so_far.scene.place if so_far.scene.on_the_spot else None)
    doc = line.sentence.span.doc
    first, last = notice.listed or (line.sentence.span.start, line.sentence.span.end)
    own = {at: mention for at, mention in line.mentions.items() if first <= at <= last}
    named = [(doc[at], mention) for at, mention in own.items() if doc[at].text not in (place or "")]
    who = who_of_noun(notice.trigger, line, so_far.names) if notice.listed is None else []
    who += [one for one in somebodies(named, so_far.names) if one.name not in {known.name for known in who}]
    before = notice.trigger.nbor(-1).text if notice.trigger.i > line.sentence.span.start else ""
    what = what_words(notice.trigger, notice.form) if notice.listed is None else f"{place} {notice.form}"
    what = f"{before} {notice.trigger.text}" if before.lower() in ORDINALS else what
    return Told(
        line, notice.trigger, what, notice.form, Standing(notice.status), who, place, day, when,
        announced=True,
    )  # fmt: skip


def _numbered_before(token: Token, found: Sequence[Told]) -> str | None:
    """What "the third" is by the words before: "third round", where a round that bears a number was just spoken of."""
    if token.lower_ not in ORDINALS or token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    verb, words = token.head, happening_words().status
    if verb.lemma_.lower() not in words["runs"] | words["planned"] | {"be", "last", "follow"}:
        return None
    if not any(child.lower_ in {"the", "a"} for child in token.children):
        return None
    near = (number_of(one.what) for one in reversed(found[-NEAR:]))
    noun = next((counted[1] for counted in near if counted is not None), None)
    return f"{token.lower_} {noun}" if noun else None


def _of_those_before(told: Told, before: Line | None, so_far: SoFar) -> None:
    """Give a meeting that nobody hangs on those who take part by the words before it.

    "The meeting lasted an hour" has the people, the place and the day of the sentence before; bare "talks" that have a place or a
    day are of the two who were named together last.
    """
    token = told.trigger
    subject = token.dep_ in {"nsubj", "nsubjpass"}
    definite = any(child.lower_ in {"the", "that", "this"} for child in token.children)
    described = any(child.dep_ in {"amod", "compound", "prep", "relcl", "acl"} for child in token.children)
    if definite and not told.place and not told.when and not told.who and told.status is Status.CANCELLED:
        told.place = place_within(told.line.sentence.span, anywhere=True)
    if not subject or described or told.place:
        return
    here = before is not None and before.sentence.block == told.line.sentence.block
    if definite and here and before is not None and not told.place and not told.when:
        doc = before.sentence.span.doc
        named = [
            (doc[at], mention)
            for at, mention in sorted(before.mentions.items())
            if doc[at].dep_ != "pobj" or mention.speaker
        ]
        who = somebodies(named, so_far.names)
        words = time_words(so_far.report.text, before.sentence.start, before.sentence.end)
        place = place_within(before.sentence.span)
        if len({one.name for one in who}) > 1 and (place or words):
            told.who = list({one.name: one for one in who}.values())
            told.place = inside(place, so_far.city)
            if words:
                told.day = day_meant(words[0], base_day(so_far.report), ahead=told.status is not Status.HELD)
                told.when = so_far.report.text[words[0].start : words[0].end]
            told.line, told.answer = before, told.line
    elif told.form == "talks" and (told.when or told.place) and so_far.pair:
        told.who = list(so_far.pair)


def _named_together(line: Line, names: Names) -> list[Somebody]:
    """Two parties joined by "and" in a sentence: those whose talks are spoken of next."""
    doc = line.sentence.span.doc
    for at in sorted(line.mentions):
        joined = [one for one in conjuncts(doc[at]) if one.i in line.mentions]
        who = somebodies([(one, line.mentions[one.i]) for one in joined], names)
        if len({one.party for one in who if one.party is not None}) == 2 and len(who) == 2:
            return who
    return []


def _is_reporters(report: Report) -> bool:
    """Whether "we" outside quotations is whoever writes: not in a statement, whose "we" is the party that makes it."""
    head = report.text[: next((one.end for one in report.blocks if one.kind is BlockKind.PARAGRAPH), HEAD)]
    return _BY_A_PARTY.search(head) is None
