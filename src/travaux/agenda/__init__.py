"""agenda.yaml: load it, check it, say what is wrong and where, write a first one."""

from travaux.agenda.loading import agenda_digest, check_agenda, load_agenda, parse_agenda
from travaux.agenda.problems import AgendaProblem, InvalidAgenda, Severity
from travaux.agenda.schema import id_from, is_id
from travaux.agenda.writing import agenda_template, dump_agenda

__all__ = [
    "AgendaProblem",
    "InvalidAgenda",
    "Severity",
    "agenda_digest",
    "agenda_template",
    "check_agenda",
    "dump_agenda",
    "id_from",
    "is_id",
    "load_agenda",
    "parse_agenda",
]
