"""Words looked for in reports and statements."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from travaux.api.questions import Asked
from travaux.errors import RequestError

if TYPE_CHECKING:
    from travaux.record import Passage

MOST = 20
"""How many passages of one report are shown unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where words were found.

    Attributes:
        report: name of the report; report_id: its id.
        passage: the place with its surroundings.
    """

    report: str
    report_id: str
    passage: Passage


class Searched(Asked):
    """The verb that searches."""

    def search(self, words: str, report: str | None = None, *, most: int = MOST) -> list[Found]:
        """Places in the reports' texts, the reports first in which the words weigh most (BM25), each by place.

        Case and diacritics do not matter; all words must be in the report. Words in quotation marks stand together, and
        a star ends the beginning of a word.

        Args:
            words: what is looked for, at most 200 characters.
            report: only this report.
            most: places of one report.

        Raises:
            RequestError: there is no word to look for, or the search is too long. UnknownName: no such report.
        """
        from travaux.record import passages, places, terms_of

        terms = terms_of(words)
        if not terms:
            raise RequestError("there is no word to look for", remedy="give one or more words")
        name = None if report is None else self._report(report)
        found = []
        for report_id in self.store.reports_with(terms):
            one = self.store.report(report_id)
            if name in (None, one.name):
                for passage in islice(passages(one.text, places(one.text, terms)), most):
                    found.append(Found(one.name, one.id, passage))
        return found
