"""A corpus read in a process of its own, which a test may end; and documents that end or hang whatever reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

AGENDA = """\
title: The link
parties:
  - {id: northland, name: Northland}
  - {id: southland, name: Southland}
issues:
  - id: link
    title: The link
    options:
      - {id: ferry, says: A ferry links the two shores, words: [ferry link]}
      - {id: bridge, says: A bridge is built, words: [the bridge]}
"""

_PROGRAM = """
import json, sys
from pathlib import Path
from travaux.corpus import Settings, read_corpus, running
told = json.loads(sys.argv[1])
units, turns = running._units, []
def counted(*given):
    for files, of in units(*given):
        turns.append(of)
        yield files, of
running._units = counted
outcome = read_corpus(told["source"], Path(told["agenda"]), Path(told["folder"]), Settings(**told["settings"]))
names = ("new", "copies", "refused", "failed", "read", "statements", "anew", "bug")
print(json.dumps({**{name: getattr(outcome, name) for name in names}, "reports": dict(outcome.reports),
                  "turns": max(turns, default=0)}))
"""

# Real documents that crash or hang a parser are mended as soon as they are found; these words stand for the next one.
_POISON = """
import importlib.abc, importlib.machinery, os, signal, sys, time

def poisoned(work):
    def working(first, *rest, **named):
        text = str(rest[0].text if rest and hasattr(rest[0], "text") else getattr(first, "raw", first))
        place = {place}
        if place + " kills" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if place + " hangs" in text:
            time.sleep(3600)
        return work(first, *rest, **named)
    return working

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != {"reading": "travaux.reading.local", "intake": "travaux.intake.bundles"}[{place}]:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module
        def patched(module):
            execute(module)
            if name == "travaux.reading.local":
                module.LocalReader.read = poisoned(module.LocalReader.read)
            else:
                module._one = poisoned(module._one)
        spec.loader.exec_module = patched
        return spec

sys.meta_path.insert(0, Finder())
"""


def surroundings(poison: Path | None = None, word: str = "reading") -> dict[str, str]:
    """The environment of a run; with a folder, documents that say ``WORD kills`` or ``WORD hangs`` do that to their process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAVAUX_")}
    if poison is not None:
        poison.mkdir(parents=True, exist_ok=True)
        (poison / "sitecustomize.py").write_text(_POISON.replace("{place}", repr(word)))
        kept["PYTHONPATH"] = str(poison)
    return kept


def started(
    source: Path | str, folder: Path, env: dict[str, str] | None = None, **settings: Any
) -> subprocess.Popen[str]:
    """A run that has been started; its answer is what it prints last.

    Args:
        settings: of `travaux.corpus.Settings`.
    """
    agenda = folder.with_name("agenda.yaml")
    if not agenda.exists():
        agenda.write_text(AGENDA)
    told = {"source": str(source), "agenda": str(agenda), "folder": str(folder), "settings": settings}
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, json.dumps(told)],
        env=env or surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(source: Path | str, folder: Path, env: dict[str, str] | None = None, **settings: Any) -> dict[str, Any]:
    """What a run came to."""
    process = started(source, folder, env, **settings)
    out, err = process.communicate()
    assert process.returncode == 0, err[-3000:]
    answer: dict[str, Any] = json.loads(out.splitlines()[-1])
    return answer


def lines(number: int, **poison: str) -> str:
    """A file of so many articles as JSON lines, `poison` in those of that number (``n3="reading kills"``)."""
    made = []
    for place in range(number):
        text = (
            f"Herald number {place}. The minister of Northland said on Monday that Northland supports the ferry link.\\n\\n"
            f"Southland rejects the bridge, its envoy said in round {place} of the talks. {poison.get(f'n{place}', '')}"
        )
        made.append(json.dumps({"id": f"a{place:03}", "published": "2025-08-18", "text": text.replace("\\n", "\n")}))
    return "".join(one + "\n" for one in made)
