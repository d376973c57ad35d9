"""The web: addresses somebody named, and what they point to. Nothing else is ever asked for.

What happens to an address, in order; each step is one module:

1. ``addresses``  only http(s), only to public addresses; the name is looked up once and that address is connected to
2. ``manners``    robots.txt, and a pause between two requests to one host
3. ``fetching``   one request with its redirects and retries, within limits of size and time
4. ``feeds``, ``sitemaps``  lists of pages, from documents made for that
5. ``pages``      an answer becomes a report, with request, time and headers kept
"""

from travaux.intake.web.addresses import split_address
from travaux.intake.web.fetching import LISTS, Fetched, Fetcher, Known
from travaux.intake.web.listed import Listed, Polled
from travaux.intake.web.pages import page_received
from travaux.intake.web.polling import KINDS, kind_of, offered_feeds, polled
from travaux.intake.web.rules import Rules

__all__ = [
    "KINDS",
    "LISTS",
    "Fetched",
    "Fetcher",
    "Known",
    "Listed",
    "Polled",
    "Rules",
    "kind_of",
    "offered_feeds",
    "page_received",
    "polled",
    "split_address",
]
