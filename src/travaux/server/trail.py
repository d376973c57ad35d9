"""What is noted of people on a team's server, in the record or, where that may not be written, on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from travaux.record.deeds import Deed, What
from travaux.server.asking import Asking

if TYPE_CHECKING:
    from travaux.api import Record


class Trail:
    """The audit trail of a server.

    Args:
        record: where it is kept.
    """

    def __init__(self, record: Record):
        self.record = record

    def note(self, asking: Asking, what: What, about: str = "", *, person: str = "") -> None:
        """Note what somebody did; for good, before the answer is sent.

        Args:
            person: who, where it is not who asks: the name of a failed sign-in.
        """
        from travaux.api.judging import now

        name = person or (asking.person.name if asking.person else "")
        deed = Deed(0, now(), name, asking.address, what, about)
        if self.record.store.read_only:
            print(f"{deed.at} {deed.address} {deed.person!r} {deed.what} {deed.about!r}", file=sys.stderr, flush=True)
        else:
            self.record.store.note_deed(deed)
