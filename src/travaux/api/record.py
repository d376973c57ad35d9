"""One record with all its verbs; each group has a module of its own. `agreement` builds on `questions`, `taking_out` on both."""

from travaux.api.incoming import Incoming
from travaux.api.judging import Judged
from travaux.api.reading import Read
from travaux.api.taking_out import TakenOut


class Record(Incoming, Read, Judged, TakenOut):
    """One negotiation: a folder with ``agenda.yaml`` and one database. A context manager that closes the database.

    Parties, options and reports are named by id, or by any name the agenda gives them; unknown ones raise UnknownName
    with the nearest known. Every method may raise the errors of `Store`.
    """
