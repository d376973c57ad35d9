"""Flags: visible reasons to trust a report less, each with the exact words and a reason a user can read.

1. visible     what the layout shows: chrome, leftovers, empty citations, repeats, no date
2. vouching    on whose word: an unnamed source alone, nobody
3. names       against the agenda: misspelt; two spellings in one text
4. roles       against the agenda: an office somebody does not hold at the time
5. tenses      one event told as past and as still to come
6. titles      what the other reports show to be wrong in this one, once all are seen
7. unattributed what this one tells flatly, and another of its family on an unnamed source's word

Steps 1 to 5 need one report and the agenda, so that they are done once a report. There is no score: a flag quotes what it saw, and
whoever reads it judges.
"""

from __future__ import annotations

from dataclasses import dataclass

from travaux.model import LONGEST_REPORT, Agenda, Flag, FlagKind, Report
from travaux.provenance.names import misspelt_names, mixed_spellings
from travaux.provenance.people import People
from travaux.provenance.roles import Polities, wrong_roles
from travaux.provenance.sentences import stretches_of
from travaux.provenance.tenses import contradictory_tenses
from travaux.provenance.titles import Title, titles_of
from travaux.provenance.told import Topic
from travaux.provenance.visible import visible_flags
from travaux.provenance.vouching import unvouched_flags


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one report shows by itself.

    Attributes:
        flags: in the order of the text, what is missing as a whole first.
        titles: people it introduces with an office, for comparison with the other reports.
    """

    flags: tuple[Flag, ...]
    titles: tuple[Title, ...]


class Assessor:
    """An agenda made ready to look at many reports; None where there is none."""

    def __init__(self, agenda: Agenda | None = None):
        self._people = People(agenda)
        self._polities = Polities(agenda)
        self._topic = Topic(agenda)

    def assess(self, report: Report) -> Assessed:
        """The flags that one report and the agenda show; of a report too long to be read, those of its layout alone."""
        flags = list(visible_flags(report))
        titles: tuple[Title, ...] = ()
        if sum(end - start for start, end in stretches_of(report)) <= LONGEST_REPORT:
            namings = self._people.namings(report)
            flags += [
                *unvouched_flags(report, self._topic),
                *misspelt_names(report, namings),
                *mixed_spellings(report, namings),
                *wrong_roles(report, namings, self._polities),
                *contradictory_tenses(report),
            ]
            titles = tuple(titles_of(report, namings, self._polities))
        kinds = list(FlagKind)
        # One place has one flag of a kind.
        ordered = sorted(
            {flag.id: flag for flag in flags}.values(), key=lambda flag: (flag.start, flag.end, kinds.index(flag.kind))
        )
        return Assessed(tuple(ordered), titles)
