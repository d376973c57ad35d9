"""What a report tells beside positions: meetings, incidents, and what another report may tell otherwise.

It stands on the sentences, mentions and grammar that `reading.local` has found already; nothing is parsed twice.

1. `meetings`   who met whom, where and when; `triggers` and `notices` say which words tell of one, `participants` and
                `participants_of_nouns` who came,
                `groups` whose the groups are, `attendance` who else was there,
                `sittings` who speaks in it and is still to come, `times` and `venues` when and where, `noticed_meetings` what only the
                heads see, `standing` how far it has got, `masthead` where the report itself stands, `deliberations` what a body is
                to deal with, `acts_together` what several can only do together, `entry_days` the days of a live blog,
                `generalities` which words name no one meeting, `telling` whether a mention says enough, `one_meeting` which
                mentions are of one
2. `incidents`  what happened on the ground; `things` and `deeds` say what is meant in the flesh, `reality` what has happened,
                `scene` where and when, `casualties` how many were killed and injured, `demonstrations` counted crowds in the streets
3. `facts`      numbers with what they count, and the days of an agreement's life
4. `services`, `tallies`, `next_meetings`  since when a thing has been in use; the votes of a body; whether another meeting is settled
5. `roles`      the office beside a name
6. `people_counted`  how many people were hurt, seized, on board, and where nothing happened
7. `hours`      the hour at which talks ended, the day on which a term ran out
8. `consents`   consent told and denied, by party and option

`lands` knows places told by an adjective, `so_far` keeps what of a report has been read.
`shown` reads what the heads of `reading.noticing` find beside all that; `days`, `places`, `figures` and `grammar` read the words all
of these share; `words` holds ``lexicon/happenings.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from travaux.happening import Fact, Happening, HappeningKind, Status
from travaux.model import Report
from travaux.reading.happenings.consents import consents_told
from travaux.reading.happenings.entry_days import entry_days_of
from travaux.reading.happenings.facts import facts_told
from travaux.reading.happenings.hours import hours_told
from travaux.reading.happenings.incidents import ToldIncident, incidents_told
from travaux.reading.happenings.meetings import meetings_told
from travaux.reading.happenings.next_meetings import next_meetings_told
from travaux.reading.happenings.people_counted import people_counted
from travaux.reading.happenings.roles import roles_told
from travaux.reading.happenings.services import services_told
from travaux.reading.happenings.tallies import tallies_told
from travaux.reading.happenings.telling import Told
from travaux.reading.identity import identified_happening
from travaux.reading.line import Line
from travaux.reading.names import Names
from travaux.reading.noticing import Noticed


def happenings_in(
    lines: Sequence[Line], names: Names, report: Report, noticed: Mapping[int, Noticed] | None = None
) -> tuple[Happening, ...]:
    """The meetings and incidents of one report, in the order of the text, each told once.

    Args:
        noticed: what the heads on the encoder's states make of the sentences, by number; see `travaux.reading.noticing`.
    """
    days = entry_days_of(report)
    found = [_meeting(told, report) for told in meetings_told(lines, names, report, days, noticed)]
    found += [_incident(told, report) for told in incidents_told(lines, report, days, noticed)]
    unique = {one.id: one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.start, one.end, one.kind, one.id)))


def facts_in(lines: Sequence[Line], names: Names, report: Report) -> tuple[Fact, ...]:
    """The numbers, offices and days of one report, in the order of the text."""
    told = (
        *facts_told(lines, report),
        *services_told(lines, report),
        *tallies_told(lines, report),
        *next_meetings_told(lines, report),
        *people_counted(lines, report),
        *hours_told(lines, report),
        *roles_told(lines, names, report),
    )
    unique = {one.id: one for one in told}
    return tuple(sorted(unique.values(), key=lambda one: (one.start, one.end, one.kind, one.id)))


def consents_in(
    lines: Sequence[Line], names: Names, report: Report, likely: Mapping[int, Sequence[str]] | None = None
) -> tuple[Fact, ...]:
    """Consent that a report tells of and denies, in the order of the text.

    Args:
        likely: the options that the encoder finds in each sentence, by its number.
    """
    unique = {one.id: one for one in consents_told(lines, names, report, likely)}
    return tuple(sorted(unique.values(), key=lambda one: (one.start, one.end, one.subject, one.id)))


def _meeting(told: Told, report: Report) -> Happening:
    # A question and its answer are one piece of evidence.
    start, end = told.line.sentence.start, (told.answer or told.line).sentence.end
    return identified_happening(
        Happening(
            "", report.name, report.id, start, end, report.text[start:end], HappeningKind.MEETING, told.what, told.form,
            told.status, told.place, told.day, told.when,
            participants=tuple(dict.fromkeys(one.name for one in told.who)),
            parties=tuple(dict.fromkeys(one.party for one in told.who if one.party is not None)),
            denied=told.standing.denied,
        )
    )  # fmt: skip


def _incident(told: ToldIncident, report: Report) -> Happening:
    # Where the casualties stand in a later sentence, the quote runs on to it: both are the evidence.
    start, end = told.line.sentence.start, told.line.sentence.end
    last = told.last_line
    if last is not None and last.sentence.block == told.line.sentence.block:
        end = max(end, last.sentence.end)
    return identified_happening(
        Happening(
            "", report.name, report.id, start, end, report.text[start:end], HappeningKind.INCIDENT, told.what, told.form,
            Status.HELD, told.place, told.day, told.when, figures=tuple(told.figures), claimed_by=told.claimed_by,
        )
    )  # fmt: skip
