"""Addresses that are none, wherever a stranger or a user writes one: refused in a line."""

import pytest

from travaux.errors import FetchError
from travaux.intake.web import Fetcher
from travaux.intake.web.feeds import read_feed
from travaux.intake.web.sitemaps import read_sitemap
from travaux.visit import joined_address


@pytest.mark.parametrize("address", ["http://[", "https://[::1", "http://[a]b/"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(FetchError, match="not an address"):
        Fetcher().fetch(address)
    assert joined_address("https://a.example/", address) == ""


def test_a_link_that_is_none_is_passed_over_and_the_others_are_listed():
    feed = "<rss version='2.0'><channel><title>M</title><item><link>http://[</link></item><item><link>/1</link></item></channel></rss>"
    assert [one.url for one in read_feed(feed.encode(), "https://a.example/").items] == ["https://a.example/1"]
    listed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "http://["}, {"url": "/1"}]}'
    assert [one.url for one in read_feed(listed, "https://a.example/").items] == ["https://a.example/1"]
    sitemap = b"<urlset><url><loc>http://[</loc></url><url><loc>https://a.example/1</loc></url></urlset>"
    assert [one.url for one in read_sitemap(sitemap, "https://a.example/").items] == ["https://a.example/1"]
