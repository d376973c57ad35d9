"""Pairs of reports with what they are to one another, made of the texts under ``stories``; exercise material, no news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

STORIES = Path(__file__).parent / "stories"
RELATED = ("copy", "cut", "spliced", "reworded", "reworded cut")
UNRELATED = ("independent", "follow-up", "other story")


@dataclass(frozen=True)
class Pair:
    """Two texts of one story, and what the second is to the first: one of `RELATED` or `UNRELATED`."""

    story: str
    kind: str
    first: str
    second: str

    @property
    def held_out(self) -> bool:
        """Whether the pair may not be looked at when rules and thresholds are chosen."""
        return int(self.story[:2]) % 2 == 0

    @property
    def is_related(self) -> bool:
        """Whether both derive from one text."""
        return self.kind in RELATED


def stories() -> dict[str, dict[str, str]]:
    """The texts of each story by its file's name, the follow-up with its background put in."""
    found = {}
    for path in sorted(STORIES.glob("*.yaml")):
        texts = yaml.safe_load(path.read_text(encoding="utf-8"))
        paragraphs = texts["base"].strip().split("\n\n")
        background = "\n\n".join(paragraphs[number - 1] for number in texts.pop("background"))
        texts["follow_up"] = texts["follow_up"].replace("{background}", background)
        found[path.stem] = {name: text.strip() + "\n" for name, text in texts.items()}
    return found


def pairs() -> Iterator[Pair]:
    """All pairs, story by story."""
    told = stories()
    names = list(told)
    for place, name in enumerate(names):
        texts = told[name]
        base = texts["base"]
        paragraphs = base.strip().split("\n\n")
        # A syndicated copy: another headline, no dateline, typographic quotation marks.
        bare = re.sub(r"^[A-Z -]+, \w+ \d+ \([^)]*\) - ", "", paragraphs[1])
        copy = "\n\n".join(["Talks: the latest", bare, *paragraphs[2:]]).replace("'", "’") + "\n"
        yield Pair(name, "copy", base, copy)
        # A copy cut by half, in the middle.
        yield Pair(name, "cut", base, "\n\n".join(["In brief", bare, paragraphs[3]]) + "\n")
        # Three paragraphs of it in another outlet's own report.
        own = texts["independent"].strip().split("\n\n")
        yield Pair(name, "spliced", base, "\n\n".join([own[0], bare, paragraphs[2], paragraphs[3], *own[2:3]]) + "\n")
        yield Pair(name, "reworded", base, texts["reworded"])
        reworded = texts["reworded"].strip().split("\n\n")
        yield Pair(name, "reworded cut", base, "\n\n".join([reworded[0], reworded[1], reworded[3]]) + "\n")
        yield Pair(name, "independent", base, texts["independent"])
        yield Pair(name, "independent", texts["reworded"], texts["independent"])
        yield Pair(name, "follow-up", base, texts["follow_up"])
        # The next story of the same half, so that nothing of the held-out half is seen.
        yield Pair(name, "other story", base, told[names[(place + 2) % len(names)]]["base"])
