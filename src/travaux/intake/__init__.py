"""Intake: bytes to Report, without losing any.

What happens to a file, in order; each step is one module:

1. ``files``      finds files in folders and keeps their bytes as they are; ``bundles`` splits those that hold many
                  reports; ``formats`` reads other formats; ``web`` fetches addresses
2. ``manifest``   what an analyst knows about them (``manifest.csv``), which overrides all that follows
3. ``encodings``  bytes to characters, one for one
4. ``web_pages``  for HTML: the page's own words (trafilatura), title, author, site, dates
5. ``layout``     which stretches are the report and which the page's: ``lines`` splits, ``furniture`` judges single
                  lines, ``menus`` those made of entries, both by the phrases of ``layout.toml`` (``line_phrases``),
                  ``repeats`` finds what is said twice
6. ``dating``     dates with precision and basis from manifest, page, address, byline; ``relative_days`` resolves
                  days told in part against a known one
7. ``language``   a light guess at the language

Nothing is cut: chrome is marked as such in `Report.blocks`, with the reason a user reads. Nothing is fetched but what
somebody names.
"""

from travaux.intake.bundles import receive_each, receive_files
from travaux.intake.encodings import Decoded, decode
from travaux.intake.files import (
    FoundFile,
    Received,
    Refused,
    find_files,
    manifest_warnings,
    receive_bytes,
)
from travaux.intake.formats.fields import Fields, load_fields, parse_fields
from travaux.intake.language import language_of
from travaux.intake.layout import layout_blocks
from travaux.intake.manifest import Manifest, ManifestRow, load_manifest

__all__ = [
    "Decoded",
    "Fields",
    "FoundFile",
    "Manifest",
    "ManifestRow",
    "Received",
    "Refused",
    "decode",
    "find_files",
    "language_of",
    "layout_blocks",
    "load_fields",
    "load_manifest",
    "manifest_warnings",
    "parse_fields",
    "receive_bytes",
    "receive_each",
    "receive_files",
]
