"""How strangers' texts enter the page: inert, and letter for letter.

The templates escape ``& < > " '`` themselves. Here is the rest: what a browser would change while it reads a page, what
would let one text reorder its neighbours, data in a script element, addresses, and the content security policy.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from markupsafe import Markup, escape

from travaux.visit import is_web_address

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_OVERRIDES = {"\u202d": "left-to-right override", "\u202e": "right-to-left override"}
_OVERRIDE = re.compile("[\u202d\u202e]")


def exact(value: Any) -> Any:
    """A text as markup that a browser reads back letter for letter; anything else, and markup itself, unchanged.

    A carriage return goes as a reference, since browsers turn a bare one into a line feed. U+0000 and halves of
    surrogate pairs cannot stand in a page at all: they are shown as U+FFFD.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return escape(_UNREADABLE.sub("\ufffd", value)).replace("\r", Markup("&#13;"))


def shown_text(text: str) -> Markup:
    """As `exact`, for the body of an element: marks that override the direction of writing are shown and confined.

    The mark itself stays in the text; it stands in an element of its own that isolates it, so that what follows keeps
    its order.
    """
    plain = str(exact(text)).replace("&#39;", "'").replace("&#34;", '"')  # marks of quotation end attributes only
    return Markup(_OVERRIDE.sub(_confined, plain))


def _confined(mark: re.Match[str]) -> str:
    said = _OVERRIDES[mark[0]]
    return f'<span class="control" title="U+{ord(mark[0]):04X}, {said}">{mark[0]}</span>'


def script_json(value: Any) -> Markup:
    """A value as JSON that can stand in a script element: nothing in it ends the element or a line of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Outside texts JSON has none of these marks, and in texts \uXXXX means the same.
    return Markup(re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda mark: f"\\u{ord(mark[0]):04x}", text))


def web_address(url: str | None) -> str | None:
    """An address that may be linked to, else None: a page of a stranger may name ``javascript:`` as its own."""
    return url if url and is_web_address(url) else None


def content_policy(style: str, script: str) -> str:
    """A content security policy that lets in this style sheet and this script, and nothing else at all.

    Args:
        style, script: the contents of the two elements, to the letter.
    """
    return (
        f"default-src 'none'; script-src '{_source_hash(script)}'; style-src '{_source_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
