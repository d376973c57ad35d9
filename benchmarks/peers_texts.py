"""The texts and labels on which `peers.py` compares programs; all written for this project.

None of the labelled texts was trained on: the files are those that training leaves out (training/README.md).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from provenance import CHROME_END, CHROME_TOP
from provenance import texts as made_up

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "example-guarantees"
RECORDS = (EXAMPLE, ROOT / "tests" / "quality" / "black-sea-grain")
HELD_OUT = {
    "trade": ("passages", "passages/attribution"),
    "articles-conflict": ("passages", "attribution"),
    "news-held-out": ("attribution", "attribution"),
}
"""Files that the shipped model was not trained on: where under training/ their texts and their attributions lie."""
SHAPES = ("marked up", "bare")


@dataclass(frozen=True)
class Attributed:
    """A text with the attributions that its labels give, as spans of it."""

    text: str
    labels: list[dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """A web page made of a report, with the lines that are its text and those that are the page's."""

    html: str
    text: list[str]
    chrome: list[str]


def attributed_texts() -> list[Attributed]:
    """The held-out texts in which who says what is labelled."""
    found = []
    for file, (text_folder, label_folder) in HELD_OUT.items():
        texts = {row["id"]: row["passage"] for row in _rows(ROOT / "training" / text_folder / f"{file}.jsonl")}
        for row in _rows(ROOT / "training" / label_folder / f"{file}.jsonl"):
            text = texts[row["id"]]
            labels = [
                {role: [_place(text, piece) for piece in one[role]] for role in ("source", "content")}
                for one in row["attributions"]
            ]
            found.append(Attributed(text, labels))
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _place(text: str, piece: str | list[Any]) -> tuple[int, int]:
    """Where a labelled piece stands: a substring, or [substring, n] for its n-th occurrence."""
    words, which = (piece, 1) if isinstance(piece, str) else piece
    at = -1
    for _ in range(which):
        at = text.index(words, at + 1)
    return at, at + len(words)


def pairs() -> list[Any]:
    """Pairs of reports with what they are to one another: tests/provenance/pairs.py."""
    spec = importlib.util.spec_from_file_location("provenance_pairs", ROOT / "tests" / "provenance" / "pairs.py")
    assert spec is not None and spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return list(module.pairs())


def many(number: int) -> list[str]:
    """So many made-up reports, a fifth of them copies, cut copies or rewordings of others (benchmarks/provenance.py)."""
    return list(islice(made_up(number), number))


def reports() -> list[str]:
    """The reports of the example record."""
    return [path.read_text(encoding="utf-8") for path in sorted((EXAMPLE / "reports").glob("*.txt"))]


def pages(shape: str) -> list[Page]:
    """Web pages made of the reports of two records whose page chrome is labelled.

    Lines that are neither text nor chrome (repeats, what a generator left behind) are left out, and so is the first line of the
    text, which becomes the page's title and counts for nothing: programs give titles apart.

    Args:
        shape: "marked up" puts chrome into nav, aside and footer as well-made pages do; "bare" makes every line a paragraph, as
            pages do that were put together by a machine.
    """
    found = []
    for folder in RECORDS:
        flags = yaml.safe_load((folder / "checks.yaml").read_text(encoding="utf-8"))["flags"]
        for path in sorted((folder / "reports").glob("*.txt")):
            quotes = {
                kind: {flag["quote"] for flag in flags if flag["report"] == path.name and flag["kind"] in kinds}
                for kind, kinds in {
                    "chrome": ("page-chrome",),
                    "neither": ("generator-leftover", "placeholder-citation", "repeated-block"),
                }.items()
            }
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            lines = [line for line in lines if not any(line in one or one in line for one in quotes["neither"])]
            found.append(_page(lines, quotes["chrome"], shape))
    return found


def many_pages(number: int) -> list[str]:
    """So many made-up web pages, well marked up, to take the time of."""
    found = []
    for place, text in enumerate(many(number)):
        lines = [line for line in text.splitlines() if line]
        chrome = {*CHROME_TOP, *(line.format(place) for line in CHROME_END)}
        found.append(_page(lines, chrome, SHAPES[0]).html)
    return found


def _page(lines: list[str], chrome: set[str], shape: str) -> Page:
    is_chrome = [any(quote in line for quote in chrome) for line in lines]
    title_at = is_chrome.index(False)
    last = max(number for number, one in enumerate(is_chrome) if not one)
    top, inside, end = [], [f"<h1>{escape(lines[title_at])}</h1>"], []
    for number, line in enumerate(lines):
        paragraph = f"<p>{escape(line)}</p>"
        if number == title_at:
            continue
        if shape == "bare":
            (top if number < title_at else inside).append(paragraph)
        elif not is_chrome[number]:
            inside.append(paragraph)
        elif number < title_at:
            top.append(f"<nav>{_links(line)}</nav>")
        elif number > last:
            end.append(f"<footer>{_links(line)}</footer>")
        else:
            inside.append(f"<aside>{_links(line)}</aside>")
    head = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(lines[title_at])}</title></head>'
    body = inside if shape == "bare" else ["<main><article>", *inside, "</article></main>"]
    html = "\n".join([head, "<body>", *top, *body, *end, "</body></html>"])
    text = [line for number, line in enumerate(lines) if not is_chrome[number] and number != title_at]
    return Page(html, text, [line for number, line in enumerate(lines) if is_chrome[number]])


def _links(line: str) -> str:
    """A line of chrome as a list of links."""
    items = "".join(f'<li><a href="/">{escape(part.strip())}</a></li>' for part in line.replace(">", "|").split("|"))
    return f"<ul>{items}</ul>"
