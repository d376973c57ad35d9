"""What a record becomes in DNA, and what a DNA file becomes in a record.

Out: a report is a document; a statement for or against is a `DNA Statement` (person, organization, concept, agreement), which is
what DNA's networks are made of; and every statement is a `Travaux statement`, with the rest of the codebook, which DNA
keeps and shows. Statements of a reader belong to a coder of that reader's name, so that they can be told from a person's.

In: `Travaux statement` brings statements back with their ids, and a value changed in DNA is a correction; `DNA Statement` that no
`Travaux statement` stands beside are a coder's own. Where a passage or a variable cannot be placed, that is told.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from travaux.analysis.judgements import JudgedStatement
from travaux.exchange.bibliography import one_line
from travaux.exchange.dna.database import (
    BOOLEAN,
    DNA_STATEMENT,
    LONG,
    LONGEST,
    SHORT,
    Coder,
    Colour,
    DnaDatabase,
    DnaStatement,
    Document,
    Entity,
    StatementType,
    Value,
    Variable,
)
from travaux.exchange.dna.reading import EPOCH, read_dna
from travaux.exchange.dna.writing import Offsets, dna_text, write_dna
from travaux.exchange.incoming import Incoming, IncomingReport, IncomingStatement
from travaux.exchange.incoming import Value as IncomingValue
from travaux.exchange.payload import judgements_from, payload_of, statement_from
from travaux.exchange.tables import ExportView
from travaux.model import DateBasis, PartialDate, Report, Stance
from travaux.record.corrections import SPAN

PASSWORD = "travaux"
"""Of every coder in a file we write. DNA asks for one; it keeps nothing secret, since the file is plain SQLite."""
TRAVAUX_STATEMENT = "Travaux statement"
FIELDS = ("speaker", "party", "option", "stance", "act", "via", "via_name")
_LONG = ("condition", "provenance")
ATTRIBUTES = ("Type", "Alias", "Notes")
_NOTE = "travaux: "
_COLOURS: tuple[Colour, ...] = ((51, 153, 255), (255, 128, 0), (0, 153, 102), (204, 0, 102))

TYPES = (
    StatementType(
        DNA_STATEMENT,
        (239, 208, 51),
        (
            *(Variable(name, SHORT, ATTRIBUTES) for name in ("person", "organization", "concept")),
            Variable("agreement", BOOLEAN),
        ),
    ),
    StatementType(
        TRAVAUX_STATEMENT,
        (100, 200, 190),
        (
            *(Variable(name, SHORT) for name in FIELDS),
            Variable("former", BOOLEAN),
            *(Variable(name, LONG) for name in _LONG),
        ),
    ),
    StatementType("Annotation", (211, 211, 211), (Variable("note", LONG),)),
)


def export_dna(path: Path, view: ExportView) -> list[Path]:
    """Writes one ``.dna`` file; the password of every coder is `PASSWORD`.

    Raises:
        RequestError: the place cannot be written to.
    """
    write_dna(path, dna_database(view), PASSWORD)
    return [path]


def dna_database(view: ExportView) -> DnaDatabase:
    """A record as DNA holds one."""
    reports = sorted(view.texts, key=lambda one: (one.name, one.id))
    places = {report.name: place for place, report in enumerate(reports)}
    offsets = {report.name: Offsets(report.text) for report in reports}
    judged = view.counting()
    readers = sorted({one.effective.reader for one in judged})
    coders = (
        Coder("Admin"),
        *(Coder(_cut(f"Travaux {reader}"), _COLOURS[n % len(_COLOURS)]) for n, reader in enumerate(readers)),
    )
    statements: list[DnaStatement] = []
    for one in judged:
        shown = one.effective
        in_dna = offsets[shown.report]
        span = (in_dna.to_dna(shown.start), in_dna.to_dna(shown.end))
        coder = readers.index(shown.reader) + 2
        place = places[shown.report]
        if shown.stance is not Stance.OPEN and not shown.former:
            core: dict[str, Value] = {
                "person": _cut(dna_text(shown.speaker or "")),
                "organization": _cut(dna_text(view.party_name(shown.party))),
                "concept": _cut(dna_text(view.option_name(shown.option))),
                "agreement": shown.stance is Stance.FOR,
            }
            statements.append(DnaStatement(DNA_STATEMENT, place, *span, core, coder))
        else:
            core = {}
        statements.append(DnaStatement(TRAVAUX_STATEMENT, place, *span, _values(one, view, core, in_dna), coder))
    return DnaDatabase(
        types=TYPES,
        coders=coders,
        documents=tuple(map(_document, reports)),
        statements=tuple(statements),
        entities=_entities(view),
    )


def _values(judged: JudgedStatement, view: ExportView, core: Mapping[str, Value], offsets: Offsets) -> dict[str, Value]:
    one = judged.effective
    short = {name: _cut(dna_text(str(getattr(one, name) or ""))) for name in FIELDS}
    # Exactly as it is, also what DNA cannot show: what stands in the variables counts only where it was changed there.
    payload = payload_of(judged, view)
    read = judged.statement
    spans = {(read.start, read.end)}
    for row in payload["judgements"]:
        spans |= {(told["start"], told["end"]) for told in (row, row["corrections"]) if "start" in told}
    # Only here is it known which place in the report is which in DNA: the record it goes into may not have the report.
    places = [[*span, *map(offsets.to_dna, span)] for span in sorted(spans)]
    provenance = json.dumps(payload | {"dna": core, "places": places}, ensure_ascii=True)
    return {**short, "former": one.former, "condition": dna_text(one.condition or ""), "provenance": provenance}


def _document(report: Report) -> Document:
    published = report.published
    about = {
        "report": report.name,
        "report_id": report.id,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "published": published.value if published else None,
        "basis": str(published.basis) if published else None,
        "about": published.about if published else False,
        "url": report.url,
        "title": report.title,
        "author": report.author,
        "publisher": report.publisher,
    }
    dated = "" if published else "Undated: DNA needs a date and shows 1970.\n"
    return Document(
        title=_cut(dna_text(one_line(report.title or report.name))),
        text=dna_text(report.text),
        when=datetime.combine(published.earliest, datetime.min.time()) if published else EPOCH,
        author=_cut(dna_text(one_line(report.author or ""))),
        source=_cut(dna_text(one_line(report.publisher or ""))),
        notes=f"{report.url or ''}\n{dated}{_NOTE}{json.dumps(about, ensure_ascii=True)}".lstrip("\n"),
    )


def _entities(view: ExportView) -> dict[tuple[str, str, str], Entity]:
    found: dict[tuple[str, str, str], Entity] = {}
    for party in view.agenda.parties if view.agenda else ():
        names = {"Type": _cut(dna_text(party.kind)), "Alias": _cut(dna_text("; ".join(party.names)))}
        found[DNA_STATEMENT, "organization", _cut(dna_text(party.name))] = Entity(attributes=names)
        for person in party.people:
            known = {"Type": _cut(dna_text(person.role)), "Alias": _cut(dna_text("; ".join(person.names)))}
            found[DNA_STATEMENT, "person", _cut(dna_text(person.name))] = Entity(attributes=known)
    for issue in view.agenda.issues if view.agenda else ():
        for option in issue.options:
            about = {"Type": _cut(dna_text(issue.title)), "Notes": _cut(option.id)}
            found[DNA_STATEMENT, "concept", _cut(dna_text(option.says))] = Entity(attributes=about)
    return found


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


# ---------------------------------------------------------------------------------------------- in


def read_dna_file(path: Path) -> Incoming:
    """What a DNA file brings.

    Raises:
        RequestError: the file is no DNA 3 file.
    """
    return from_dna(read_dna(path), path.name)


def from_dna(database: DnaDatabase, source: str) -> Incoming:
    """What a DNA database brings: its documents as reports, its statements with their coders."""
    reports = [_report(document, _about(document)) for document in database.documents]
    brought: list[tuple[DnaStatement, IncomingStatement, dict[str, Any] | None]] = []
    others: list[tuple[int, DnaStatement]] = []
    for number, one in enumerate(database.statements, 1):
        if _is_ours(database.type(one.type)):
            where = f"{source}, statement {number}"
            brought.append((one, *_brought(database, one, reports[one.document], where)))
        else:
            others.append((number, one))
    changed, own = _beside(database, brought, others)
    statements = [
        replace(statement, values={**statement.values, **changed.get(place, {})})
        for place, (_, statement, _) in enumerate(brought)
    ]
    judgements = [
        replace(row, folded=True)
        for _, statement, payload in brought
        if payload
        for row in judgements_from(payload, statement.where)
    ]
    left: Counter[str] = Counter()
    for number, one in own:
        values = _core_values(database.type(one.type), one)
        if values is None:
            left[one.type] += 1
        else:
            statements.append(_coded(database, one, reports[one.document], values, f"{source}, statement {number}"))
    told = tuple(
        f"{number} statements of type {kind!r}: it has no organization, concept and agreement"
        for kind, number in sorted(left.items())
    )
    return Incoming(source, tuple(reports), tuple(statements), tuple(judgements), told)


def _beside(
    database: DnaDatabase,
    brought: Sequence[tuple[DnaStatement, IncomingStatement, dict[str, Any] | None]],
    others: Iterable[tuple[int, DnaStatement]],
) -> tuple[dict[int, dict[str, IncomingValue]], list[tuple[int, DnaStatement]]]:
    """What was changed in DNA's own view of statements that come back, and the statements that are a coder's own.

    A `DNA Statement` on the passage of a `Travaux statement` that is just as it was exported says nothing new. One of a reader's
    coder that is not, is the one that was exported and then changed.
    """
    waiting: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for place, (one, _, payload) in enumerate(brought):
        if payload and payload.get("dna"):
            waiting[one.document, one.start, one.stop].append(place)
    unmatched: list[tuple[int, DnaStatement]] = []
    for number, one in others:
        places = waiting[one.document, one.start, one.stop] if one.type == DNA_STATEMENT else []
        same = next((place for place in places if (brought[place][2] or {}).get("dna") == dict(one.values)), None)
        if same is None:
            unmatched.append((number, one))
        else:
            places.remove(same)
    changed: dict[int, dict[str, IncomingValue]] = {}
    own: list[tuple[int, DnaStatement]] = []
    for number, one in unmatched:
        places = waiting[one.document, one.start, one.stop] if one.type == DNA_STATEMENT else []
        if not places or not _is_reader(database, one):
            own.append((number, one))
            continue
        place = places.pop(0)
        sent = (brought[place][2] or {})["dna"]
        values = _core_values(database.type(one.type), one) or {}
        named = {"speaker": "person", "party": "organization", "option": "concept", "stance": "agreement"}
        changed[place] = {name: values[name] for name, core in named.items() if one.values.get(core) != sent.get(core)}
    return changed, own


def _coded(
    database: DnaDatabase, one: DnaStatement, report: IncomingReport, values: Mapping[str, IncomingValue], where: str
) -> IncomingStatement:
    coder = _coder(database, one)
    return IncomingStatement(
        where=where,
        report=report.name,
        report_id=report.id,
        quote=database.documents[one.document].text[one.start : one.stop],
        start=one.start,
        end=one.stop,
        values=values,
        reader=f"DNA {coder}",
        answer=None if _is_reader(database, one) else "accept",
        by=f"{coder} (DNA)",
        folded=True,
    )


def _coder(database: DnaDatabase, one: DnaStatement) -> str:
    return database.coders[one.coder - 1].name


def _is_ours(kind: StatementType) -> bool:
    """Whether a type is the one we write, and no other of the same label."""
    return kind.label == TRAVAUX_STATEMENT and any(variable.name == "provenance" for variable in kind.variables)


def _is_reader(database: DnaDatabase, one: DnaStatement) -> bool:
    """Whether a coder stands for a reader of ours, and is no person."""
    return _coder(database, one).startswith("Travaux ")


def _about(document: Document) -> dict[str, Any]:
    _, mark, rest = document.notes.partition(_NOTE)
    if not mark:
        return {}
    try:
        about, _ = json.JSONDecoder().raw_decode(rest)
    except ValueError:
        return {}
    return about if isinstance(about, dict) and about.get("report") else {}


def _report(document: Document, about: Mapping[str, Any]) -> IncomingReport:
    name = about.get("report") or f"{_file_name(document.title)}.txt"
    if about:
        given = about.get("published")
        basis = DateBasis(about["basis"]) if about.get("basis") else DateBasis.MANIFEST
        published = PartialDate(str(given), basis, bool(about.get("about"))) if given else None
        known: dict[str, Any] = {key: about.get(key) for key in ("title", "author", "publisher", "url")}
    else:
        published = (
            PartialDate(document.when.date().isoformat(), DateBasis.MANIFEST) if document.when != EPOCH else None
        )
        known = {"title": document.title, "author": document.author or None, "publisher": document.source or None}
        first = document.notes.split("\n", 1)[0].strip()
        known["url"] = first if first.startswith(("https://", "http://")) and " " not in first else None
    text = document.text.encode()
    return IncomingReport(str(name), about.get("report_id"), text, published=published, **known)


def _file_name(title: str) -> str:
    kept = "".join(character if character.isalnum() or character in " -_." else " " for character in title)
    return "-".join(kept.split())[:80].strip("-.") or "document"


def _brought(
    database: DnaDatabase, one: DnaStatement, report: IncomingReport, where: str
) -> tuple[IncomingStatement, dict[str, Any] | None]:
    """A `Travaux statement` that comes back, with its payload; without one it is one that a coder added in DNA."""
    shown: dict[str, IncomingValue] = {name: str(one.values.get(name) or "") or None for name in FIELDS}
    shown["former"] = bool(one.values.get("former", False))
    shown["condition"] = str(one.values.get("condition") or "") or None
    payload = _object(str(one.values.get("provenance") or ""))
    if payload is None or "option" not in payload:
        return _coded(database, one, report, shown, where), None
    payload = _in_dna(payload)
    changed: dict[str, IncomingValue] = {}
    for name, value in shown.items():
        sent = payload.get(name)
        if name != "former":
            sent = dna_text(str(sent or ""))
            sent = (sent if name == "condition" else _cut(sent)) or None
        if value != sent:
            changed[name] = value
    statement = statement_from(
        payload,
        where=where,
        quote=database.documents[one.document].text[one.start : one.stop],
        start=one.start,
        end=one.stop,
        values=changed,
        by=None if _is_reader(database, one) else f"{_coder(database, one)} (DNA)",
    )
    return replace(statement, folded=True), payload


def _in_dna(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload with the passages that were read and judged at the places they have in DNA's text."""
    places = {(one[0], one[1]): (one[2], one[3]) for one in payload.get("places") or ()}

    def placed(told: Mapping[str, Any]) -> dict[str, Any]:
        start, end = places.get((told["start"], told["end"]), (told["start"], told["end"]))
        return {**told, "start": start, "end": end, "quote": dna_text(str(told["quote"]))}

    as_read = payload.get("as_read") or {}
    if as_read.keys() & set(SPAN):
        as_read = placed({name: payload[name] for name in SPAN} | as_read)
    judgements = []
    for row in payload.get("judgements") or ():
        corrections = row.get("corrections") or {}
        judgements.append(placed(row) | {"corrections": placed(corrections) if "start" in corrections else corrections})
    return payload | {"as_read": as_read, "judgements": judgements}


def _object(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _core_values(kind: StatementType, one: DnaStatement) -> dict[str, IncomingValue] | None:
    """What a statement of any type says in the codebook's fields; None where its type cannot say it."""
    fields = _core_fields(kind)
    if fields is None:
        return None
    person, organization, concept, agreement = fields
    return {
        "speaker": str(one.values.get(person) or "") or None if person else None,
        "party": str(one.values.get(organization) or ""),
        "option": str(one.values.get(concept) or ""),
        "stance": str(Stance.FOR if one.values.get(agreement, True) else Stance.AGAINST),
    }


def _core_fields(kind: StatementType) -> tuple[str | None, str, str, str] | None:
    """Names of the variables for person, organization, concept and agreement, by DNA's own names or their British spelling."""
    short = {variable.name.casefold(): variable.name for variable in kind.variables if variable.kind == SHORT}
    boolean = {variable.name.casefold(): variable.name for variable in kind.variables if variable.kind == BOOLEAN}
    organization = _first(short, ("organization", "organisation", "party", "actor"))
    concept = _first(short, ("concept", "option", "issue"))
    agreement = _first(boolean, ("agreement", "supports", "agree"))
    if organization is None or concept is None or agreement is None:
        return None
    return _first(short, ("person", "speaker")), organization, concept, agreement


def _first(known: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((known[name] for name in names if name in known), None)
