"""Formats other than plain text, Markdown and HTML: one module each, bytes to `Article`.

``documents`` (PDF, Word, rich text) and ``mail`` and ``ninjs`` hold one report a file; ``warc``, ``articles`` (JSON lines,
Parquet) and ``news_exports`` (text exported from news archives) hold many. What a stranger's file does to a parser
is told as one line and never stops the rest.
"""

from travaux.intake.formats.article import Article
from travaux.intake.formats.fields import Fields, load_fields, parse_fields

__all__ = ["Article", "Fields", "load_fields", "parse_fields"]
