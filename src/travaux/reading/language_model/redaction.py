"""Keys taken out of whatever a server sends back, before it is shown, stored or raised."""

from __future__ import annotations

import re
from collections.abc import Iterable

from travaux import settings

HIDDEN = "[key]"
# A header that a server sends back whole, and the form most providers give their keys. With a digit and of some length, so
# that no words of a report are taken for one.
_SHAPES = re.compile(
    r"(?i)(?<=bearer )(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}|\b(?:sk|gsk|xai|hf)[-_](?=[\w*.-]*\d)[\w*.-]{12,}"
)


def without_keys(text: str, more: Iterable[str] = ()) -> str:
    """A text without any key known here or shaped like one, and without half characters that no file can hold.

    Args:
        more: keys that stand in no environment variable.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    for secret in (*more, *settings.secrets()):
        if len(secret) >= 4:
            text = text.replace(secret, HIDDEN)
    return _SHAPES.sub(HIDDEN, text)
