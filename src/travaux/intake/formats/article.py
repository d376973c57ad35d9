"""One report inside a file of another format, on its way to becoming a `Report`."""

from __future__ import annotations

from dataclasses import dataclass, field

from travaux.errors import IntakeError
from travaux.intake.known import NOTHING, Described
from travaux.intake.web_pages import Page
from travaux.model import Block
from travaux.visit import Visit


@dataclass(frozen=True, slots=True)
class Article:
    """One report as a format gives it.

    Attributes:
        part: its name inside the file, such as ``000012``; empty where the file is one report.
        raw: the bytes it came from. media_type, encoding: of these.
        page: its text and what it says of itself.
        described: what the file says of it besides.
        blocks: its layout, where the format tells it; None to have it found.
        visit: request, time and headers, where the file is an archive of the web.
        problem: why it cannot become a report; the rest of the file goes on.
    """

    part: str
    raw: bytes = b""
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    page: Page = field(default_factory=lambda: Page(""))
    described: Described = NOTHING
    blocks: tuple[Block, ...] | None = None
    visit: Visit | None = None
    problem: IntakeError | None = field(default=None, compare=False)


PASSED_OVER = Article("")
"""Stands for an article that nobody wanted."""
