"""The words of the pages, from ``strings.toml``: an unknown one is an error, never a gap on the page."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


class Strings:
    """A table of strings; its entries are attributes, as templates ask for them."""

    def __init__(self, table: dict[str, Any], name: str = ""):
        self._table = table
        self._name = name

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        if key not in self._table:
            raise KeyError(f"strings.toml has no {self._name}{key}")
        found = self._table[key]
        return Strings(found, f"{self._name}{key}.") if isinstance(found, dict) else found

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)


@cache
def strings() -> Strings:
    """All of them."""
    text = files("travaux.views.page").joinpath("strings.toml").read_text(encoding="utf-8")
    return Strings(tomllib.loads(text))


def numbered(number: int, forms: list[str]) -> str:
    """``1 report``, ``2 reports`` from the two forms of a noun; or a sentence with the number in it from two sentences."""
    form = forms[0] if number == 1 else forms[1]
    return form.format(f"{number:,}") if "{}" in form else f"{number:,} {form}"
