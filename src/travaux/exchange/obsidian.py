"""A vault of Markdown notes for Obsidian: one note for the negotiation, and one for each party, option and report.

What Travaux writes stands between two markers. Everything outside them is the user's and is never changed: in a note that is
there, only what stands between the markers is replaced; where it has none, the part is added at its end. The properties at
the top of a note are written once, with the note. Notes of what is no longer in the record are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from travaux.analysis.judgements import JudgedStatement
from travaux.analysis.positions import Position
from travaux.errors import RequestError
from travaux.exchange.bibliography import one_line
from travaux.exchange.tables import ExportView
from travaux.exchange.tables_in import text_of
from travaux.exchange.whole_files import whole_file
from travaux.model import Stance

BEGIN = (
    "<!-- travaux: begin. What stands between these marks is replaced by every export; write above or below them. -->"
)
END = "<!-- travaux: end -->"
_BEGINS, _ENDS = "<!-- travaux: begin", END
_SIGNS = {Stance.FOR: "+", Stance.AGAINST: "−", Stance.OPEN: "○"}
_ESCAPED = re.compile(r"([\\`*_\[\]<>#^|~=%$!{}])")
_NO_NAME = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f-\x9f\u2028\u2029]')
LONGEST_NAME = 100


class Vault:
    """Where each note goes, and how one note links to another.

    Two things whose names would be one file name on some computer get their ids behind the names.
    """

    def __init__(self, view: ExportView):
        self.view = view
        self.names: dict[tuple[str, str], str] = {}
        self.dates = {report.name: report.published.value if report.published else "undated" for report in view.reports}
        self._taken: set[str] = set()
        agenda = view.agenda
        for party in agenda.parties if agenda else ():
            self._name("Parties", party.id, party.name)
        for option in agenda.options if agenda else ():
            self._name("Options", option.id, option.says)
        for report in sorted(view.reports, key=lambda one: one.name):
            self._name("Reports", report.name, report.title or report.name)

    def _name(self, folder: str, identity: str, name: str) -> None:
        plain = unicodedata.normalize("NFC", _NO_NAME.sub(" ", name))
        plain = " ".join(plain.split())[:LONGEST_NAME].strip(". ") or "note"
        if f"{folder}/{plain}".casefold() in self._taken:
            plain = f"{plain} ({_NO_NAME.sub('-', identity)[:LONGEST_NAME]})"
        self._taken.add(f"{folder}/{plain}".casefold())
        self.names[folder, identity] = plain

    def link(self, folder: str, identity: str) -> str:
        """A wikilink; the bare id, escaped, where no note is about it."""
        name = self.names.get((folder, identity))
        return markdown(identity) if name is None else f"[[{folder}/{name}|{name}]]"


def export_obsidian(folder: Path, view: ExportView) -> list[Path]:
    """Writes or refreshes a vault.

    Raises:
        RequestError: a note's markers are broken (nothing of it is changed), or the folder cannot be written to.
    """
    vault = Vault(view)
    of_party, of_option, of_report = (_grouped(view.counting(), name) for name in ("party", "option", "report"))
    notes: list[tuple[Path, dict[str, object], str]] = [
        (folder / "Negotiation.md", {"aliases": [view.title]}, _overview(vault)),
    ]
    agenda = view.agenda
    for party in agenda.parties if agenda else ():
        own = of_party[party.id]
        held = [one for one in view.positions if one.party == party.id]
        about: dict[str, object] = {"kind": party.kind, "aliases": list(party.names), "tags": ["party"]}
        path = folder / "Parties" / f"{vault.names['Parties', party.id]}.md"
        notes.append((path, about, _positions(vault, held, "Options") + _quotes(vault, own)))
    for issue in agenda.issues if agenda else ():
        for option in issue.options:
            own = of_option[option.id]
            held = [one for one in view.positions if one.option == option.id]
            path = folder / "Options" / f"{vault.names['Options', option.id]}.md"
            about = {"issue": issue.title, "tags": ["option"]}
            notes.append((path, about, _positions(vault, held, "Parties") + _quotes(vault, own)))
    for report in view.reports:
        own = of_report[report.name]
        path = folder / "Reports" / f"{vault.names['Reports', report.name]}.md"
        published = report.published.value if report.published else None
        known = {"publisher": report.publisher, "published": published, "url": report.url, "report": report.name}
        about = {name: value for name, value in known.items() if value is not None} | {"tags": ["report"]}
        notes.append((path, about, _quotes(vault, own)))
    # Every note is looked at before the first is written, so that a broken one leaves the whole vault as it was.
    written = [(path, _refreshed(path, about, body)) for path, about, body in notes]
    for path, text in written:
        with whole_file(path) as file:
            file.write(text)
    return [path for path, _ in written]


def _grouped(judged: Iterable[JudgedStatement], name: str) -> dict[str, list[JudgedStatement]]:
    groups: dict[str, list[JudgedStatement]] = defaultdict(list)
    for one in judged:
        groups[getattr(one.effective, name)].append(one)
    return groups


def _refreshed(path: Path, about: dict[str, object], body: str) -> str:
    part = f"{BEGIN}\n{body.rstrip()}\n{END}"
    if not path.exists():
        top = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, default_flow_style=False)
        return f"---\n{top}---\n{part}\n"
    standing = text_of(path)
    begins, ends = standing.count(_BEGINS), standing.count(_ENDS)
    if begins == ends == 0:
        return f"{standing.rstrip()}\n\n{part}\n" if standing.strip() else f"{part}\n"
    first, last = standing.find(_BEGINS), standing.find(_ENDS)
    if begins != 1 or ends != 1 or last < first:
        raise RequestError(
            "the markers of Travaux in this note are broken",
            path=path,
            remedy="put one begin and one end marker back, or remove both",
        )
    return standing[:first] + part + standing[last + len(END) :]


def _overview(vault: Vault) -> str:
    view, agenda = vault.view, vault.view.agenda
    parts = [f"# {markdown(view.title)}\n"]
    if view.notice:
        parts.append(f"> {markdown(view.notice)}\n")
    if agenda:
        parts.append("## Parties\n")
        parts += [f"- {vault.link('Parties', party.id)}" for party in agenda.parties]
        for issue in agenda.issues:
            parts.append(f"\n## {markdown(issue.title)}\n")
            parts += [f"- {vault.link('Options', option.id)}" for option in issue.options]
    parts.append("\n## Reports\n")
    parts += [
        f"- {vault.link('Reports', report.name)}" + (f", {report.published.value}" if report.published else ", undated")
        for report in view.reports
    ]
    return "\n".join(parts) + "\n"


def _positions(vault: Vault, held: Sequence[Position], other: str) -> str:
    if not held:
        return "No position read.\n"
    lines = ["## Positions\n"]
    for one in sorted(held, key=lambda position: (position.party, position.option)):
        signs = " ".join(f"{_SIGNS[stance]} {stance}" for stance in one.stances) or "former only"
        since = f", since {one.since.value}" if one.since else ""
        linked = vault.link(other, one.option if other == "Options" else one.party)
        condition = " on a condition" if one.conditional else ""
        lines.append(f"- {linked}: {signs}{condition}{since} ({len(one.reports)} reports)")
    return "\n".join(lines) + "\n"


def _quotes(vault: Vault, judged: Iterable[JudgedStatement]) -> str:
    lines = ["\n## Statements\n"]
    for held in judged:
        one = held.effective
        lines += [f"> {markdown(line)}" for line in one.quote.splitlines() if line.strip()]
        told = [
            f"{vault.link('Parties', one.party)}: {one.stance} {vault.link('Options', one.option)}",
            str(one.act),
            f"via {one.via}" + (f" {markdown(one.via_name)}" if one.via_name else ""),
            f"speaker {markdown(one.speaker)}" if one.speaker else "",
            f"on condition: “{markdown(one.condition)}”" if one.condition else "",
            "formerly held" if one.former else "",
            f"{vault.link('Reports', one.report)}, {vault.dates.get(one.report, 'undated')}",
            markdown(held.reason),
        ]
        # The block's id at its end makes [[note#^s-…]] a link to this very statement.
        lines.append(f"> {'; '.join(filter(None, told))} ^s-{one.id}\n")
    return "\n".join(lines) + "\n" if len(lines) > 1 else "\nNo statement read.\n"


def markdown(text: str) -> str:
    """A text on one line that Markdown shows as it is: nothing in it is a link, a tag, a comment or HTML."""
    return _ESCAPED.sub(r"\\\1", one_line(text))
