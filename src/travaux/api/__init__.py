"""The Python interface: a record and its verbs, the same as the commands'. `travaux.building` makes one in one go.

A group of verbs is a module: `foundation` (open, close, names), `incoming` (add), `reading` (read), `worth` (families,
flags), `questions` (list and show), `across` (shifts, conflicts, meetings,
incidents), `searching`, `judging`, `reviewing`, `agenda_editing`, `dating`, `updating` (sources, update, changes), `taking_out`
(export, page, evaluate), `taking_in` (import, merge); `record` puts them together.
"""

from travaux.api.foundation import AGENDA_NAME, LOCAL, Progress
from travaux.api.record import Record

__all__ = ["AGENDA_NAME", "LOCAL", "Progress", "Record"]
