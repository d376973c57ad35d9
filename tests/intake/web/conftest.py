"""A site on loopback, and a fetcher that may ask it and waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from web_stubs import Site, running_site

from travaux.intake.web import Fetcher, Rules


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def fetcher(site: Site) -> Callable[..., Fetcher]:
    """Makes a fetcher: ``fetcher(seconds=2)``."""

    def make(**rules: object) -> Fetcher:
        told = {"loopback": frozenset({site.host}), "delay": 0.0, "pause": 0.01, "seconds": 10.0, **rules}
        return Fetcher(Rules(**told))  # type: ignore[arg-type]

    return make
