"""Texts that XML can hold: a report may contain characters that no XML document may."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with every character that XML 1.0 forbids replaced by U+FFFD, one for one."""
    return _FORBIDDEN.sub("\ufffd", text)
