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
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from travaux.happening import ORDINALS, Status, number_of
from travaux.model import BlockKind, Report
from travaux.reading.happenings.attendance import entry_place, hosted, present_in
from travaux.reading.happenings.days import TimeWords, base_day, day_meant, lies_ahead, time_words
from travaux.reading.happenings.grammar import (
    above,
    after_preposition,
    auxiliaries,
    clause_verb,
    conjuncts,
    is_future,
    objects,
    subjects,
    token_at,
)
from travaux.reading.happenings.groups import is_counted, with_parties
from travaux.reading.happenings.masthead import Scene, inside, scene_of
from travaux.reading.happenings.notices import Notice, notice_in
from travaux.reading.happenings.participants import (
    Somebody,
    counted_holders,
    is_state,
    somebodies,
    theirs,
    who_of_noun,
    who_of_verb,
)
from travaux.reading.happenings.places import place_beside, place_name, place_of, place_within
from travaux.reading.happenings.shown import place_shown, standing_shown, those_shown, time_shown
from travaux.reading.happenings.standing import Standing, standing_of
from travaux.reading.happenings.telling import NEAR, Told, bring_together, is_enough, is_same
from travaux.reading.happenings.triggers import (
    BY_PHONE,
    came_from,
    form_of_noun,
    form_of_verb,
    inner_noun,
    is_phrase,
    is_talks_in_title,
)
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


@dataclass(slots=True)
class _Reading:
    """What of a report has been read so far.

    Attributes:
        city: of the masthead or the title, in which a hall or a hotel lies that is named without one.
        spoken: everybody spoken of, in order; pair: the two who were named together last.
        found: its meetings; before: the lines read; reporters: whether "we" and "I" outside quotations are those of whoever writes.
    """

    names: Names
    report: Report
    scene: Scene
    city: str | None
    reporters: bool
    spoken: list[Somebody] = field(default_factory=list)
    pair: list[Somebody] = field(default_factory=list)
    found: list[Told] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)

    @property
    def last_who(self) -> list[Somebody]:
        """Who took part in the last meeting that two parties or more are known to have had a part in."""
        of_parties = (one.who for one in reversed(self.found) if len({each.party for each in one.who} - {None}) > 1)
        return next(of_parties, [])


def meetings_told(
    lines: Sequence[Line], names: Names, report: Report, noticed: Mapping[int, Noticed] | None = None
) -> list[Told]:
    """Every meeting a report tells of, in order, each once.

    Args:
        noticed: what the heads make of the sentences, by number; without them words alone decide.
    """
    noticed = noticed or {}
    scene = scene_of(report)
    city = scene.place if scene.on_the_spot else _city_of_title(lines)
    so_far = _Reading(names, report, scene, city, _is_reporters(report))
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        before = lines[number - 1] if number else None
        doc = line.sentence.span.doc
        here = [(doc[at], mention) for at, mention in line.mentions.items() if at < len(doc)]
        so_far.spoken += somebodies(here, names)
        seen = noticed.get(line.sentence.number)
        mentioned = list(_in_line(line, before, following, so_far))
        likely = seen is not None and seen.meeting > LIKELY
        if seen is not None and likely and not mentioned and (shown := _shown(line, seen, so_far)):
            mentioned = [shown]
        if not mentioned:
            _were_there(line, so_far)
        for told in mentioned:
            told.noticed = likely
            counted = counted_holders(told.trigger, so_far.spoken, names)
            if not told.who and _is_one_more(told):
                told.who = list(so_far.last_who)  # a round of the talks is among those of the round before
            meant = counted or theirs(told.trigger, so_far.spoken)
            # A plural office may have been taken for one holder; whoever is counted out has no part in it.
            kept = [one for one in told.who if not counted or one in meant or not (one.person or is_counted(one))]
            told.who = kept + [one for one in meant if one.name not in {each.name for each in kept}]
            same = next((one for one in reversed(so_far.found) if _describes(told, one) or is_same(one, told)), None)
            if same is None:
                so_far.found.append(told)
            else:
                bring_together(same, told)
        so_far.before.append(line)
        so_far.pair = _named_together(line, names) or so_far.pair
    together: list[Somebody] = []
    for told in so_far.found:
        # "The four" at the head of a report are known by its end.
        told.who = list(dict.fromkeys(with_parties(told.who, together, so_far.spoken, names.agenda, whole=True)))
        together = told.who if len({one.party for one in told.who} - {None}) > 1 else together
    return [one for one in so_far.found if is_enough(one)]


def _is_one_more(told: Told) -> bool:
    """Whether a meeting that nobody is named for is one of a series: "third round", "next meeting", the talks of Monday."""
    beside = {child.lower_ for child in told.trigger.children}
    return number_of(told.what) is not None or (
        told.noticed and (told.form == "talks" or bool(beside & {"next", "the"}))
    )


def _shown(line: Line, seen: Noticed, so_far: _Reading) -> Told | None:
    """The meeting that a sentence shows without a word that names one."""
    trigger = seen.naming(line.sentence, "meeting")
    if trigger is None or (so_far.reporters and _is_by_reporter(trigger, so_far.report, line)):
        return None
    report, names = so_far.report, so_far.names
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    form = happening_words().meeting_nouns.get(trigger.lemma_.lower(), "meeting") if noun else "meeting"
    by_phone = any(token.lower_ in BY_PHONE for token in line.sentence.span)
    who = those_shown(line, seen, names)
    if len(who) < 2:
        hanging = who_of_noun(trigger, line, names) if noun else who_of_verb(trigger, line, names, so_far.spoken)
        who += [one for one in hanging if one.name not in {each.name for each in who}]
    who = list(dict.fromkeys(with_parties(who, so_far.last_who, so_far.spoken, names.agenda)))
    words = time_shown(line, seen, report)
    lies = lies_ahead(words, base_day(report)) if words else None
    standing = standing_shown(trigger, seen, dated=words is not None, ahead=lies)
    day = day_meant(words, base_day(report), ahead=standing.status is not Status.HELD) if words else None
    when = report.text[words.start : words.end] if words else None
    told = Told(
        line, trigger, _what(trigger, form), "call" if by_phone else form, standing, who,
        None if by_phone else place_shown(line, seen), day, when,
    )  # fmt: skip
    if _is_history(told, base_day(report)):
        return None
    _set_here(told, so_far)
    several = len({one.party or one.name for one in told.who}) > 1
    return told if several or told.to_the_day or (told.place and (told.who or told.when)) else None


def _were_there(line: Line, so_far: _Reading) -> None:
    """Add those of whom a sentence says that they were there to the meeting told just before."""
    latest = so_far.found[-1] if so_far.found else None
    gap = line.sentence.number - latest.line.sentence.number if latest is not None else 0
    if latest is None or gap > NEAR + len(latest.who) or latest.status is not Status.HELD:
        return
    latest.who += [one for one in present_in(line, so_far.names) if one.name not in latest.names]


def _city_of_title(lines: Sequence[Line]) -> str | None:
    """The one place that the title names: "Ten days in Geneva", "Geneva talks"."""
    for title in (line.sentence.span for line in lines if line.sentence.kind is BlockKind.TITLE):
        named = next((place for one in title if form_of_noun(one) and (place := place_of(one))), None)
        if (place := named or place_within(title, anywhere=True)) is not None:
            return place
    return None


def _is_history(told: Told, base: date | None) -> bool:
    """Whether a meeting is history: of years ago, or one of those counted up ("it has met in Bern, Rome and Oslo")."""
    if base is not None and told.day is not None and told.day.split("/")[-1] < str(base.year - 1):
        return True
    goals = [
        one for child in told.trigger.children if child.lower_ == "in" for one in child.children if one.dep_ == "pobj"
    ]
    return any(len(conjuncts(one)) > 2 for one in goals)


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


def _in_line(line: Line, before: Line | None, following: Line | None, so_far: _Reading) -> Iterable[Told]:
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
        if form is None or (so_far.reporters and _is_by_reporter(token, so_far.report, line)):
            continue
        who = who_of_noun(token, line, so_far.names) if noun else who_of_verb(token, line, so_far.names, so_far.spoken)
        if what:
            who = []
        who = list(dict.fromkeys(with_parties(who, so_far.last_who, so_far.spoken, so_far.names.agenda)))
        told = _told(line, token, form, who, following, so_far)
        told.what = what or told.what
        if _is_general(told) or _is_edited(token) or _is_history(told, base_day(so_far.report)):
            continue
        _set_here(told, so_far)
        if not told.who and noun:
            _of_those_before(told, before, so_far)
        yield told
        if noun and (next_part := _continued(told, so_far.report)) is not None:
            yield next_part


def _received(line: Line, token: Token, pair: list[Somebody], so_far: _Reading) -> Told:
    """The meeting of a host and a guest, where the sentences before place it, or the entry of a live blog."""
    report = so_far.report
    near = [one for one in so_far.before[: -NEAR - 1 : -1] if one.sentence.block == line.sentence.block]
    placed = ((one, place) for one in near if (place := place_within(one.sentence.span, anywhere=True)) is not None)
    here, place = next(placed, (None, None))
    words = _time_of(token, line, report) or (_only_time(here, report) if here is not None else None)
    day = day_meant(words, base_day(report), ahead=False) if words else None
    when = report.text[words.start : words.end] if words else None
    place = place or entry_place(line, report)
    return Told(line, token, "meeting", "meeting", Standing(Status.HELD), pair, place, day, when)


def _only_time(line: Line, report: Report) -> TimeWords | None:
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    return words[0] if len(words) == 1 else None


def _is_edited(token: Token) -> bool:
    """Whether a conversation is the one that the report prints: "the conversation was held on Monday and has been shortened"."""
    verb = clause_verb(token)
    if verb is None or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(one.lemma_.lower() in happening_words().status["edited"] for one in conjuncts(verb))


def _told(line: Line, token: Token, form: str, who: list[Somebody], following: Line | None, so_far: _Reading) -> Told:
    """A mention of a meeting with where, when and how far."""
    report = so_far.report
    question = line.sentence.span.text.strip().endswith("?")
    answer = following if question and following and following.sentence.block == line.sentence.block else None
    words = _time_of(token, line, report)
    lies = lies_ahead(words, base_day(report)) if words else None
    standing = standing_of(token, answer.sentence.span.text if answer else "", dated=words is not None, ahead=lies)
    # "Monday's meeting was cancelled" is of a day gone by; "the meeting set for Monday was cancelled" may lie ahead, and so may
    # "Monday's meeting has been cancelled".
    gone = words is not None and report.text[words.end : words.end + 2] in {"'s", "’s"} and not _is_perfect(token)
    ahead = standing.status is not Status.HELD and not (gone and standing.status is Status.CANCELLED)
    day = day_meant(words, base_day(report), ahead=ahead) if words else None
    when = report.text[words.start : words.end] if words else None
    return Told(line, token, _what(token, form), form, standing, who, _place(token, form, line), day, when, answer)


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


def _set_here(told: Told, so_far: _Reading) -> None:
    """Give a meeting without a place the report's own where it is held there, and the days of its masthead."""
    scene, report = so_far.scene, so_far.report
    told.place = inside(told.place, so_far.city)
    if told.place is None and _is_in_the_same(told):
        told.place = _last_place(so_far)
    if told.place is None and _is_here(told, scene):
        told.place = scene.place
        if told.day is None and scene.days is not None and told.status is Status.HELD:
            told.day = day_meant(scene.days, base_day(report), ahead=False)
            told.when = report.text[scene.days.start : scene.days.end]


def _is_in_the_same(told: Told) -> bool:
    """Whether a meeting is in the place spoken of before: "meeting in the same city"."""
    return any(
        any(child.lower_ == "same" for child in one.children) and one.lower_ in {"city", "town", "place", "capital"}
        for verb in (told.trigger, *above(told.trigger))
        for one in after_preposition(verb, "in", "at")
    )


def _last_place(so_far: _Reading) -> str | None:
    named = (place_within(one.sentence.span) for one in so_far.before[: -NEAR - 1 : -1])
    return next((place for place in named if place is not None), None)


def _announced(line: Line, notice: Notice, so_far: _Reading) -> Told:
    """The meeting that a line of its own names."""
    report, words = so_far.report, notice.words
    ahead = notice.status is Status.PLANNED
    day = day_meant(words, base_day(report), ahead=ahead) if words else None
    when = report.text[words.start : words.end] if words else None
    place = notice.place or (so_far.scene.place if so_far.scene.on_the_spot else None)
    doc = line.sentence.span.doc
    named = [(doc[at], mention) for at, mention in line.mentions.items() if doc[at].text not in (place or "")]
    who = who_of_noun(notice.trigger, line, so_far.names)
    who += [one for one in somebodies(named, so_far.names) if one.name not in {known.name for known in who}]
    before = notice.trigger.nbor(-1).text if notice.trigger.i > line.sentence.span.start else ""
    what = _what(notice.trigger, notice.form)
    what = f"{before} {notice.trigger.text}" if before.lower() in ORDINALS else what
    return Told(
        line, notice.trigger, what, notice.form, Standing(notice.status), who, place, day, when,
        announced=True,
    )  # fmt: skip


def _numbered_before(token: Token, found: Sequence[Told]) -> str | None:
    """What "the third" is by the words before: "third round", where a round that bears a number was just spoken of."""
    if token.lower_ not in ORDINALS or token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    if not any(child.lower_ == "the" for child in token.children):
        return None
    near = (number_of(one.what) for one in reversed(found[-NEAR:]))
    noun = next((counted[1] for counted in near if counted is not None), None)
    return f"{token.lower_} {noun}" if noun else None


def _is_general(told: Told) -> bool:
    """Whether talks are spoken of in general and no meeting is: "another round", "walked away from the talks"."""
    token = told.trigger
    clause = clause_verb(token)
    supposed = clause is not None and any(
        one.dep_ == "mark" and one.lower_ in {"if", "unless", "whether"} for one in clause.children
    )
    if supposed and not (told.place or told.when):
        return True
    if clause is not None and any(
        one.dep_ == "npadvmod" and any(child.lower_ in {"every", "each"} for child in one.children)
        for one in clause.children
    ):
        return True  # "is held every year"
    if token.pos_ == "VERB":
        words = happening_words()
        aim = token.dep_ in {"advcl", "xcomp"} and token.head.lemma_.lower() in words.meeting_verbs
        return token.lemma_.lower() in words.status["loose"] and not (told.place or told.when or aim)
    if told.place or told.when or told.status is Status.CANCELLED or told.standing.denied:
        return False
    if told.form == "talks" and told.status is Status.PROPOSED:
        return True  # "called for talks between the two"
    beside = {child.lower_ for child in token.children}
    if beside & {"another", "further", "more", "fresh", "future", "new", "additional"}:
        return True
    role = token.head
    if token.dep_ == "pobj" and role.lower_ in {"to", "from", "into", "of", "with"}:
        verb = next((one for one in above(role) if one.pos_ in {"VERB", "AUX"}), None)
        return verb is not None and verb.lemma_.lower() in happening_words().status["general"] and told.form == "talks"
    return False


def _of_those_before(told: Told, before: Line | None, so_far: _Reading) -> None:
    """Give a meeting that nobody hangs on those who take part by the words before it.

    "The meeting lasted an hour" has the people, the place and the day of the sentence before; bare "talks" that have a place or a
    day are of the two who were named together last.
    """
    token = told.trigger
    subject = token.dep_ in {"nsubj", "nsubjpass"}
    definite = any(child.lower_ in {"the", "that", "this"} for child in token.children)
    described = any(child.dep_ in {"amod", "compound", "prep", "relcl", "acl"} for child in token.children)
    if not subject or described:
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


def _is_here(told: Told, scene: Scene) -> bool:
    """Whether a meeting without a place is in the place of the report: what a bulletin is about, or what a dateline stands above."""
    if scene.place is None or told.status not in {Status.HELD, Status.PLANNED} or told.form in {"call", "visit"}:
        return False
    lemma, sentence = told.trigger.lemma_.lower(), told.line.sentence
    if any(child.lower_ in {"last", "previous", "earlier", "next"} for child in told.trigger.children):
        return False
    opening = scene.dated is not None and scene.dated <= sentence.start <= scene.dated + 60
    if told.trigger.pos_ == "VERB" and (scene.on_the_spot or (opening and told.status is Status.HELD)):
        return lemma in {"meet", "gather", "assemble", "convene", "reconvene"}
    if scene.on_the_spot:
        return lemma in {"session", "meeting", "plenary", "stocktake", "round", "consultation", "conference"}
    verb = clause_verb(told.trigger)
    begun = verb is not None and verb.lemma_.lower() in happening_words().status["runs"]
    at = told.trigger
    while at.dep_ == "pobj" and at.head.lower_ == "of":
        at = at.head.head  # "a fourth day of talks"
    return opening and begun and at.dep_ in {"nsubj", "nsubjpass"} and told.status is Status.HELD


def _is_reporters(report: Report) -> bool:
    """Whether "we" outside quotations is whoever writes: not in a statement, whose "we" is the party that makes it."""
    head = report.text[: next((one.end for one in report.blocks if one.kind is BlockKind.PARAGRAPH), HEAD)]
    return _BY_A_PARTY.search(head) is None


def _is_by_reporter(trigger: Token, report: Report, line: Line) -> bool:
    """Whether a word tells of a meeting with whoever writes: "we met him in his office", outside quotations and answers."""
    verb = trigger if trigger.pos_ not in {"NOUN", "PROPN"} else trigger.head if trigger.dep_ == "dobj" else None
    if verb is None:
        return False
    own = [child for child in verb.children if child.dep_ in {"nsubj", "dobj", "nsubjpass"}]
    first = [one for one in own if one.lower_ in {"we", "i", "us", "me"}]
    # Whoever answers in an interview is known to the agenda, and so is their "I".
    if not first or any(one.i in line.mentions and line.mentions[one.i].parties for one in first):
        return False
    block = report.blocks[line.sentence.block]
    begun = report.text[block.start : line.sentence.place(verb)[0]]
    quoted = begun.count('"') % 2 or begun.count("“") > begun.count("”")
    return not quoted and re.match(r"\s*(?:A|Answer)\s*[:.]", begun) is None


def _place(token: Token, form: str, line: Line) -> str | None:
    if form == "call":
        return None
    aim = token.head if token.dep_ in {"advcl", "xcomp"} and "to" in auxiliaries(token) else None
    if aim is not None and token.pos_ == "VERB" and (place_of(token) is None) and (there := place_of(aim)) is not None:
        return there  # "will be in Lima on Monday to see her"
    verb = clause_verb(token)
    if verb is not None and verb.lemma_.lower() == "invite" and token.dep_ == "pobj":
        return place_of(token) or place_of(verb, toward=True)
    origin = came_from(token)
    if origin is not None:
        return place_name(origin)
    if token.pos_ == "VERB" and is_talks_in_title(token, line):
        return next(place_name(one) for one in subjects(token) if is_state(one))
    loosely = line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or is_phrase(token)
    within = inner_noun(token)
    named = (
        _where_it_is_held(token)
        or place_of(token, toward=form == "visit")
        or (place_of(within) if within is not None else None)
        or place_beside(token)
    )
    return named or (place_within(line.sentence.span) if loosely else None)


def _where_it_is_held(noun: Token) -> str | None:
    """The place behind "was held in" or "due to be held in", which a name before the noun gives way to ("the Baltic conference")."""
    verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    due = [one for child in noun.children if child.dep_ == "amod" for one in child.children if one.dep_ == "xcomp"]
    held = [one for one in (verb, *due) if one is not None and one.lemma_.lower() in happening_words().status["runs"]]
    return next((place for one in held if (place := place_of(one)) is not None), None)


def _time_of(token: Token, line: Line, report: Report) -> TimeWords | None:
    """The time words that belong to a meeting: those that hang on it, else on its clause's verb, else none."""
    found = time_words(report.text, line.sentence.start, line.sentence.end)
    words = [one for one in found if not _is_since(one, report)]
    if not words:
        return None
    verb = clause_verb(token)
    if len(words) == 1 and (verb is None or is_phrase(token)):
        return words[0]
    beside = token.dep_ == "pobj" and token.head.lower_ in {"after", "since", "following", "before", "from"}
    aim = token.head if token.dep_ in {"advcl", "xcomp"} and "to" in auxiliaries(token) else None
    for top in (token, None if beside else verb, aim):
        if top is None:
            continue
        for one in words:
            at = token_at(line, one.start)
            if at is not None and _reaches(at, top, token):
                return one
    return None


def _is_since(words: TimeWords, report: Report) -> bool:
    """Whether time words say from when on something is so: "for the first time since March"."""
    return re.search(
        r"\bsince\s*\Z", report.text[max(0, words.start - 8) : words.start], re.IGNORECASE
    ) is not None or (report.text[words.start : words.end].lower().startswith("since"))


def _reaches(token: Token, top: Token, trigger: Token) -> bool:
    """Whether a word hangs on another with no verb between ("set for" beside a meeting is none), and on no other meeting."""
    at = token
    while at != top:
        if at.head == at:
            return False
        at = at.head
        beside = at.dep_ == "acl" and (
            at.head in (trigger, inner_noun(trigger)) or at.lemma_.lower() in happening_words().status["planned"]
        )
        other = at not in (trigger, inner_noun(trigger)) and at.lemma_.lower() in happening_words().meeting_nouns
        # "Talks are to resume in May": the verb that completes the clause's own.
        completes = at.dep_ == "xcomp" and (at.head == top or at.head.dep_ == "amod") and not objects(at)
        if at != top and ((at.pos_ == "VERB" and not (beside or completes)) or other):
            return False
    return True


def _what(token: Token, form: str) -> str:
    if token.pos_ not in {"NOUN", "PROPN"} or token.lower_ == "meet":
        return form
    first = min((one.left_edge.i for one in token.lefts if one.dep_ in {"compound", "amod", "nummod"}), default=token.i)
    return token.doc[first : token.i + 1].text
