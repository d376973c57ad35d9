"""One record with all its verbs; each group of verbs has a module of its own.

What builds on what: `worth`, `questions`, then `across` and `agreement`, then `taking_out`.
"""

from travaux.api.agenda_editing import AgendaEdited
from travaux.api.auditing import Audited
from travaux.api.blind_review import BlindlyReviewed
from travaux.api.copying import Copied
from travaux.api.dating import Dated
from travaux.api.judging import Judged
from travaux.api.reading_changes import ReadWithChanges
from travaux.api.reviewing import Reviewed
from travaux.api.searching import Searched
from travaux.api.taking_in import TakenIn
from travaux.api.taking_out import TakenOut


class Record(
    ReadWithChanges,
    Dated,
    BlindlyReviewed,
    Judged,
    Reviewed,
    AgendaEdited,
    Searched,
    Audited,
    TakenOut,
    TakenIn,
    Copied,
):
    """One negotiation: a folder with ``agenda.yaml`` and one database. A context manager that closes the database.

    Parties, options and reports are named by id, or by any name the agenda gives them; unknown ones raise UnknownName
    with the nearest known. Every method may raise the errors of `Store`.
    """
