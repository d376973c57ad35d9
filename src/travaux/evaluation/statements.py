"""Score a record against a gold record: how much of what a careful reader takes from the reports was read.

A gold record is a folder with ``statements.jsonl``, as the codebook defines its lines, and ``reports/*.txt``; where it has
an ``agenda.yaml``, a ``manifest.csv`` or a ``checks.yaml`` too, `check_gold` looks at them as well.

1. read         gold and predicted statements get their passages: `start` and `end`, or the place of their quote
2. positions    the sets of (report, party, option, stance) are compared: the headline figure
3. match        statements of one report, party and option whose passages overlap by half of the shorter, one to one
4. agree        over the matched: stance, speaker, via, act, and being conditional

A position no longer held (`former`) is a stance of its own: ``former-for`` agrees only with ``former-for``.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from travaux.agenda import load_agenda
from travaux.agenda.source import Plain, SourceError, parse_source, read_source
from travaux.errors import AgendaError, EvaluationError
from travaux.model import Act, Agenda, Stance, Statement, Via

OVERLAP = 0.5
"""Share of the shorter passage that two matching statements have in common, by the definition of the measure."""

FIELDS = ("stance", "speaker", "via", "act")

Cell = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from 0 to 1, to four places, and the counts they rest on."""

    p: float
    r: float
    f1: float
    predicted: int
    gold: int

    def as_dict(self) -> dict[str, float | int]:
        """The five figures by name."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Score:
    """How a set of statements agrees with a gold record.

    Attributes:
        position: sets of (report, party, option, stance); its F1 is the headline figure.
        statement: statements matched one to one.
        stance, speaker, via, act: share from 0 to 1 of the matched statements that agree, 0 where none matched.
        condition: being conditional, over the matched statements.
    """

    position: Measure
    statement: Measure
    stance: float
    speaker: float
    via: float
    act: float
    condition: Measure

    def as_dict(self) -> dict[str, Any]:
        """All figures by name, in a fixed order, ready for JSON."""
        shares = {field: getattr(self, field) for field in FIELDS}
        measures = {"position": self.position.as_dict(), "statement": self.statement.as_dict()}
        return {**measures, **shares, "condition": self.condition.as_dict()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was read otherwise than in the gold record.

    Attributes:
        kind: ``missed position``, ``spurious position``, ``missed statement``, ``spurious statement``, ``party wrong`` and
            ``option wrong`` (the passage was read, for another party or option), or ``stance wrong``, ``speaker wrong``,
            ``via wrong``, ``act wrong``, ``condition wrong`` of a matched statement.
        report, party, option: of the gold statement, or of the predicted one where there is no gold one.
        gold, predicted: the two values that differ; None for what is not there.
        gold_quote, predicted_quote: the words of the two statements; None for what is not there.
    """

    kind: str
    report: str
    party: str
    option: str
    gold: str | None
    predicted: str | None
    gold_quote: str | None
    predicted_quote: str | None


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """What is wrong with a gold record: the file, the line from 1 where one is to blame, and the message."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A statement with its passage; `fields` as read, stance with the mark of a former position."""

    fields: Mapping[str, Any]
    start: int
    end: int
    cell: Cell
    quote: str | None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.cell[:3]

    def field(self, name: str) -> Any:
        """The value of a field; what is empty counts as not there."""
        return self.cell[3] if name == "stance" else self.fields.get(name) or None


def score(gold_folder: Path, predicted: Iterable[Mapping[str, Any] | Statement]) -> Score:
    """How statements agree with a gold record.

    Args:
        gold_folder: a folder with ``statements.jsonl`` and ``reports/``.
        predicted: statements, or mappings with the codebook's fields; a mapping without `start` is placed by its `quote`.

    Raises:
        EvaluationError: the folder is no gold record, or a statement lacks what the measure needs; names file and line.
    """
    gold, found = _passages(gold_folder, predicted)
    matched = [(gold[i], found[j]) for i, j in _matches(gold, found)]
    shares = {field: _share(matched, field) for field in FIELDS}
    both = sum(_conditional(g) and _conditional(p) for g, p in matched)
    gold_cells, found_cells = {g.cell for g in gold}, {p.cell for p in found}
    return Score(
        position=_measure(len(gold_cells & found_cells), len(found_cells), len(gold_cells)),
        statement=_measure(len(matched), len(found), len(gold)),
        condition=_measure(both, sum(_conditional(p) for _, p in matched), sum(_conditional(g) for g, _ in matched)),
        **shares,
    )


def explain(gold_folder: Path, predicted: Iterable[Mapping[str, Any] | Statement]) -> list[Difference]:
    """Everything that was read otherwise than in the gold record, by report, then place, then kind.

    A missed and a spurious position are told once a cell, with the quote of the cell's first statement.

    Raises:
        EvaluationError: as `score` does.
    """
    gold, found = _passages(gold_folder, predicted)
    told: list[tuple[tuple[str, int, int], Difference]] = []

    def tell(kind: str, g: _Passage | None, p: _Passage | None, values: tuple[str | None, str | None]) -> None:
        at = g or p
        assert at is not None  # a difference has at least one side
        quotes = (g.quote if g else None, p.quote if p else None)
        told.append(((at.cell[0], at.start, len(told)), Difference(kind, *at.key, *values, *quotes)))

    for g in _firsts(gold, {p.cell for p in found}):
        tell("missed position", g, None, (g.cell[3], None))
    for p in _firsts(found, {g.cell for g in gold}):
        tell("spurious position", None, p, (None, p.cell[3]))
    matches = _matches(gold, found)
    for i, j in matches:
        for field in (*FIELDS, "condition"):
            values = (_text(gold[i].field(field)), _text(found[j].field(field)))
            same = _conditional(gold[i]) == _conditional(found[j]) if field == "condition" else values[0] == values[1]
            if not same:
                tell(f"{field} wrong", gold[i], found[j], values)
    free_gold = [g for i, g in enumerate(gold) if i not in {i for i, _ in matches}]
    free_found = [p for j, p in enumerate(found) if j not in {j for _, j in matches}]
    for g in free_gold:
        astray = next((p for p in free_found if _astray(g, p)), None)
        if astray is None:
            tell("missed statement", g, None, (g.cell[3], None))
            continue
        free_found.remove(astray)
        place, kind = (1, "party wrong") if g.cell[1] != astray.cell[1] else (2, "option wrong")
        tell(kind, g, astray, (g.cell[place], astray.cell[place]))
    for p in free_found:
        tell("spurious statement", None, p, (None, p.cell[3]))
    return [difference for _, difference in sorted(told, key=lambda pair: pair[0])]


def count_differences(differences: Iterable[Difference]) -> dict[str, int]:
    """How many differences there are of each kind, the most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    for difference in differences:
        counts[difference.kind] += 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def read_statements(path: Path) -> list[dict[str, Any]]:
    """The statements of a JSONL file, one mapping a line, blank lines left out.

    Raises:
        EvaluationError: no such file, not UTF-8, a line that is no JSON object; names file and line.
    """
    return [row for _, row in _numbered_rows(path)]


def check_gold(folder: Path) -> list[GoldProblem]:
    """What is wrong with a gold record: quotes that stand nowhere, ids off the agenda, values off the codebook."""
    problems: list[GoldProblem] = []
    try:
        texts = _report_texts(folder)
        rows = list(_numbered_rows(folder / "statements.jsonl"))
        agenda = load_agenda(folder / "agenda.yaml") if (folder / "agenda.yaml").exists() else None
        for line, row in rows:
            told = _row_problems(row, texts, agenda)
            problems += (GoldProblem(str(folder / "statements.jsonl"), line, message) for message in told)
        problems += _manifest_problems(folder / "manifest.csv", set(texts))
        problems += _checks_problems(folder / "checks.yaml", texts, agenda)
    except (EvaluationError, AgendaError) as error:
        problems.append(GoldProblem(error.path or str(folder), error.line, error.message))
    return problems


def require_sound_gold(folder: Path) -> None:
    """Nothing, where `check_gold` finds nothing.

    Raises:
        EvaluationError: the first problem, with file and line, and how many more there are.
    """
    problems = check_gold(folder)
    if problems:
        first, more = problems[0], len(problems) - 1
        told = f"{first.message}, and {more} more" if more else first.message
        raise EvaluationError(told, path=first.path, line=first.line, remedy="mend the gold record")


def _passages(
    folder: Path, predicted: Iterable[Mapping[str, Any] | Statement]
) -> tuple[list[_Passage], list[_Passage]]:
    texts = _report_texts(folder)
    path = folder / "statements.jsonl"
    gold = [_passage(row, texts, str(path), line) for line, row in _numbered_rows(path)]
    found = [_passage(_fields(row), texts, "predicted statements", n) for n, row in enumerate(predicted, 1)]
    return gold, found


def _fields(row: Mapping[str, Any] | Statement) -> Mapping[str, Any]:
    if not isinstance(row, Statement):
        return row
    return {name: getattr(row, name) for name in row.__slots__}


def _report_texts(folder: Path) -> dict[str, str]:
    """Reports by file name, with line ends as Python reads them: the places of quotes are defined on that text."""
    reports = folder / "reports"
    if not reports.is_dir():
        remedy = "a gold record is a folder with statements.jsonl and reports/"
        raise EvaluationError("no folder reports/ here", path=folder, remedy=remedy)
    texts = {}
    for path in sorted(reports.glob("*.txt")):
        try:
            texts[path.name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise EvaluationError("the report is not UTF-8", path=path, remedy="save it as UTF-8") from None
        except OSError as error:
            raise EvaluationError(f"cannot be read: {error.strerror}", path=path) from None
    return texts


def _numbered_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        remedy = "a gold record is a folder with statements.jsonl and reports/"
        raise EvaluationError("there is no such file", path=path, remedy=remedy) from None
    except UnicodeDecodeError:
        raise EvaluationError("the file is not UTF-8", path=path, remedy="save it as UTF-8") from None
    except OSError as error:
        raise EvaluationError(f"cannot be read: {error.strerror}", path=path) from None
    # Only a line feed ends a line: a quote may hold other characters that Python takes for line ends.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            raise EvaluationError(f"not JSON: {reason}", path=path, line=number) from None
        if not isinstance(row, dict):
            raise EvaluationError("expected a JSON object", path=path, line=number)
        yield number, row


def _passage(row: Mapping[str, Any], texts: Mapping[str, str], path: str, line: int) -> _Passage:
    for name in ("report", "party", "option", "stance"):
        if not isinstance(row.get(name), str):
            raise EvaluationError(f"the statement lacks `{name}`", path=path, line=line)
    stance = f"former-{row['stance']}" if row.get("former") else str(row["stance"])
    if "start" in row:
        start, end = row["start"], row.get("end")
    else:
        quote = row.get("quote")
        if not isinstance(quote, str):
            raise EvaluationError("the statement has neither `start` nor `quote`", path=path, line=line)
        occurrence = row.get("occurrence") or 1
        if not isinstance(occurrence, int):
            raise EvaluationError("`occurrence` must be a whole number", path=path, line=line)
        start = place_of(texts.get(row["report"], ""), quote, occurrence)
        end = start + len(quote)
    if not isinstance(start, int) or not isinstance(end, int):
        raise EvaluationError("`start` and `end` must be whole numbers", path=path, line=line)
    text = texts.get(row["report"], "")[max(0, start) : end] if start >= 0 else None
    cell = (row["report"], row["party"], row["option"], stance)
    return _Passage(row, start, end, cell, row.get("quote") or text)


def place_of(text: str, quote: str, occurrence: int) -> int:
    """Where the nth occurrence of a quote begins, overlapping ones counted; -1 where the search ends without one.

    A search for more occurrences than there are begins again from the top, by the definition of the measure.
    """
    at = -1
    for _ in range(occurrence):
        at = text.find(quote, at + 1)
    return at


def _matches(gold: Sequence[_Passage], found: Sequence[_Passage]) -> list[tuple[int, int]]:
    """Places of matched statements, each used once: equal stances first, then the larger overlap, then file order."""
    by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for j, p in enumerate(found):
        by_key[p.key].append(j)
    candidates = []
    for i, g in enumerate(gold):
        for j in by_key[g.key]:
            shared = _overlap(g, found[j])
            if shared >= OVERLAP:
                candidates.append((g.cell[3] != found[j].cell[3], -shared, i, j))
    matched: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((i, j))
    return matched


def _overlap(g: _Passage, p: _Passage) -> float:
    """What two passages share, as a part of the shorter; negative where they lie apart."""
    shorter = max(1, min(g.end - g.start, p.end - p.start))
    return (min(g.end, p.end) - max(g.start, p.start)) / shorter


def _astray(g: _Passage, p: _Passage) -> bool:
    """Whether a passage was read for another party or another option, but not both."""
    other = (g.cell[1] != p.cell[1]) + (g.cell[2] != p.cell[2])
    return g.cell[0] == p.cell[0] and other == 1 and _overlap(g, p) >= OVERLAP


def _firsts(passages: Iterable[_Passage], cells: set[Cell]) -> list[_Passage]:
    """The first passage of each cell that is not among `cells`."""
    firsts: dict[Cell, _Passage] = {}
    for passage in passages:
        if passage.cell not in cells:
            firsts.setdefault(passage.cell, passage)
    return list(firsts.values())


def _conditional(passage: _Passage) -> bool:
    return bool(passage.fields.get("condition"))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _share(matched: Sequence[tuple[_Passage, _Passage]], field: str) -> float:
    same = sum(g.field(field) == p.field(field) for g, p in matched)
    return round(same / len(matched), 4) if matched else 0.0


def _measure(both: int, predicted: int, gold: int) -> Measure:
    p = both / predicted if predicted else 0.0
    r = both / gold if gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return Measure(round(p, 4), round(r, 4), round(f1, 4), predicted, gold)


def _row_problems(row: Mapping[str, Any], texts: Mapping[str, str], agenda: Agenda | None) -> Iterator[str]:
    report = row.get("report")
    if not isinstance(report, str) or report not in texts:
        yield f"there is no report `{report}`"
        return
    quote, occurrence = row.get("quote"), row.get("occurrence", 1)
    if not isinstance(quote, str) or not quote:
        yield "the statement has no quote"
    elif not isinstance(occurrence, int) or not _stands(texts[report], quote, occurrence):
        yield f"the quote does not stand in {report}: {quote[:60]!r}"
    condition = row.get("condition")
    if condition and (not isinstance(condition, str) or condition not in texts[report]):
        yield f"the condition does not stand in {report}: {str(condition)[:60]!r}"
    yield from _id_problems(row, agenda)
    for name, known in (("stance", Stance), ("act", Act), ("via", Via)):
        if row.get(name) not in {str(value) for value in known}:
            yield f"`{row.get(name)}` is no {name}"


def _stands(text: str, quote: str, occurrence: int) -> bool:
    at = -1
    for _ in range(occurrence):
        at = text.find(quote, at + 1)
        if at < 0:
            return False
    return occurrence >= 1


def _id_problems(row: Mapping[str, Any], agenda: Agenda | None) -> Iterator[str]:
    if agenda is not None:
        if agenda.party(str(row.get("party"))) is None:
            yield f"party `{row.get('party')}` is not on the agenda"
        if agenda.option(str(row.get("option"))) is None:
            yield f"option `{row.get('option')}` is not on the agenda"


def _manifest_problems(path: Path, names: set[str]) -> Iterator[GoldProblem]:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = {row.get("file") or "" for row in csv.DictReader(file)}
    for name in sorted(listed ^ names):
        where = "reports/ lacks the file" if name in listed else "the manifest does not list"
        yield GoldProblem(str(path), None, f"{where} `{name}`")


def _checks_problems(path: Path, texts: Mapping[str, str], agenda: Agenda | None) -> Iterator[GoldProblem]:
    if not path.exists():
        return
    try:
        source = parse_source(read_source(path))
    except SourceError as error:
        raise EvaluationError(error.faults[0].message, path=path, line=error.faults[0].line) from None
    groups = source.data if isinstance(source.data, dict) else {}
    for kind in ("shifts", "conflicts", "flags", "families", "meetings", "incidents"):
        items = groups.get(kind)
        for place, item in enumerate(items if isinstance(items, list) else []):
            for message in _check_problems(kind, item, texts, agenda):
                yield GoldProblem(str(path), source.line((kind, place)), f"{kind}: {message}")


def _check_problems(kind: str, item: Plain, texts: Mapping[str, str], agenda: Agenda | None) -> Iterator[str]:
    entry = item if isinstance(item, dict) else {}
    listed = item if isinstance(item, list) else entry.get("reports")
    named = (
        listed if isinstance(listed, list) else [entry[key] for key in ("report", "before", "after") if key in entry]
    )
    for report in named:
        if not isinstance(report, str) or report not in texts:
            yield f"there is no report `{report}`"
    quote = entry.get("quote")
    if kind == "flags" and isinstance(quote, str) and quote not in texts.get(str(entry.get("report")), ""):
        yield f"the quote does not stand in {entry.get('report')}: {quote[:60]!r}"
    if kind == "shifts":
        yield from _id_problems(entry, agenda)
