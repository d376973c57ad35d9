"""Whose paper a report is printed on: "REPUBLIC OF ZAMBIA", "Office of the President of Serbia", "United Ports, Ltd."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from travaux.reading.offices import BODIES, speaker_words

if TYPE_CHECKING:
    from travaux.reading.names import Known, Names

COMPANY = re.compile(r",? (?:Ltd|Inc|LLC|plc|PLC|LTD|INC|Corp|GmbH|AG|SA|NV)\.?$")
"""What a company's name ends with on its own paper."""
HEAD_LINES = 4
"""Lines at the head of a report in which a letterhead may stand, below what a web page puts before it."""
LONGEST = 12
"""Words of a letterhead; a line with more is text."""
REALM = {
    "republic",
    "state",
    "states",
    "kingdom",
    "federation",
    "federal",
    "commonwealth",
    "union",
    "islamic",
    "democratic",
    "people",
    "s",
}
"""What states call themselves, beside the name by which others know them."""
PRESS = {
    "press",
    "information",
    "media",
    "communications",
    "spokesperson",
    "spokesman",
    "public",
    "affairs",
    "service",
    "bureau",
    "cabinet",
}
"""Those in an office who write to the newspapers."""
SMALL = {"of", "the", "for", "and", "to", "in"}
STATES = {"country", "kingdom", "republic", "nation"}
"""What only a state is."""
OTHER_BODIES = {"union", "company", "group", "movement", "faction", "bloc", "organisation", "organization"}
"""What a state is not."""
FIELDS = re.compile(
    r"\b(?:ministry|department|secretariat|embassy|mission|directorate|office) (?:of|for)\b", re.IGNORECASE
)
"""A body that is named by what it is for, in whatever words: "MINISTRY OF LABOUR AND FAMILIES"."""


def issuer_of(head: str, names: Names) -> tuple[Known, str] | None:
    """Whose letterhead the first lines of a report have, and that line; None where they have none.

    The first line may be a party's name and no more. Else a letterhead is a line of a party's name among the words for its
    bodies and offices, without a verb: those of ministries, which are named by their fields, stand in capitals.
    """
    lines = [line.strip().replace("İ", "I") for line in head.splitlines() if line.strip()][:HEAD_LINES]
    if lines:
        known = names.known.get(COMPANY.sub("", lines[0]))
        if known is not None and known.person is None:
            return known, lines[0]
    for line in lines:
        known = issuer_named(line, names)
        if known is not None:
            return known, line
    return None


def issuer_named(line: str, names: Names) -> Known | None:
    """The one party that a line names as a letterhead does."""
    if names.pattern is None or len(line.split()) > LONGEST or line.endswith((".", "!", "?", ":")):
        return None
    found = [names.known.get(re.sub(r"\s+", " ", match.group())) for match in names.pattern.finditer(line)]
    named = [known for known in found if known is not None]
    if not named or any(known.person is not None for known in named) or len({known.party for known in named}) > 1:
        return None
    rest = re.findall(r"\w+", names.pattern.sub(" ", line).lower())
    if not rest or rest == ["the"]:
        return named[0] if line.isupper() else None
    bodies = speaker_words()["bodies"] | BODIES | REALM
    allowed = bodies | PRESS | SMALL | (speaker_words()["offices"] if "office" in rest else set())
    if any(word in bodies for word in rest) and all(word in allowed for word in rest):
        return named[0]
    return named[0] if line.isupper() and FIELDS.search(line) else None


def is_own_word(noun: str, kind: str) -> bool:
    """Whether a party speaks of itself by a noun on its own paper: a state as "the Government", a company as "the Company"."""
    return noun not in (OTHER_BODIES if kind == "state" else STATES)
