"""One record with all its verbs; each group of verbs has a module of its own, and `taking_out` builds on `questions`."""

from travaux.api.incoming import Incoming
from travaux.api.judging import Judged
from travaux.api.reading import Read
from travaux.api.taking_in import TakenIn
from travaux.api.taking_out import TakenOut


class Record(Incoming, Read, Judged, TakenOut, TakenIn):
    """One negotiation: a folder with ``agenda.yaml`` and one database. A context manager that closes the database.

    Parties, options and reports are named by id, or by any name the agenda gives them; unknown ones raise UnknownName
    with the nearest known. Every method may raise the errors of `Store`.
    """
