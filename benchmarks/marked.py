"""Tables between marks in a page of the documentation, written by the benchmark that measured them."""

from __future__ import annotations

import re
from pathlib import Path


def write_between(page: Path, begins: str, ends: str, text: str) -> None:
    """Put a text in place of what stands between two marks of a page.

    Raises:
        ValueError: the page has no such marks.
    """
    whole = page.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(begins)}\n.*?{re.escape(ends)}", re.DOTALL)
    made, number = between.subn(lambda _: f"{begins}\n{text.rstrip()}\n{ends}", whole)
    if number != 1:
        raise ValueError(f"{page}: {begins} and {ends} must stand there once, one after the other")
    page.write_text(made, encoding="utf-8")
