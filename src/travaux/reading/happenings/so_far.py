"""What of a report's meetings has been read so far, which the next sentence may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from travaux.model import Report
from travaux.reading.happenings.masthead import Scene
from travaux.reading.happenings.participants import Somebody
from travaux.reading.happenings.telling import Told
from travaux.reading.line import Line
from travaux.reading.names import Names


@dataclass(slots=True)
class SoFar:
    """What of a report has been read so far.

    Attributes:
        city: of the masthead or the title, in which a hall or a hotel lies that is named without one.
        spoken: everybody spoken of, in order; pair: the two who were named together last.
        found: its meetings; before: the lines read; answering: whether somebody spoke in a meeting in the last of them.
        early: those who speak in a meeting that is named later; chairs: who chairs a body, by the noun for it.
        report: as of the day under whose heading the sentence stands; of_days: whether it has such headings, of several days.
        present: those listed at the head of minutes; reporters: whether "we" and "I" outside quotations are those of whoever writes.
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
    answering: bool = False
    present: list[Somebody] = field(default_factory=list)
    early: list[Somebody] = field(default_factory=list)
    chairs: dict[str, list[Somebody]] = field(default_factory=dict)
    of_days: bool = False

    @property
    def last_who(self) -> list[Somebody]:
        """Who took part in the last meeting that two parties or more are known to have had a part in."""
        of_parties = (one.who for one in reversed(self.found) if len({each.party for each in one.who} - {None}) > 1)
        return next(of_parties, [])
