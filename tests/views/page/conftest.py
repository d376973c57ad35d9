"""Pages of real records, and of records made of a few texts and the passages to be found in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import lxml.html
import pytest

from travaux import Record
from travaux.analysis import in_force, positions_at, standing
from travaux.intake import receive_bytes
from travaux.model import Act, Agenda, Issue, Option, Party, Report, ReportState, Stance, Statement, Via, statement_id
from travaux.reading.local import LocalReader
from travaux.record import ReportRow
from travaux.views.matrix import matrix_of
from travaux.views.page import PageView

CHECKOUT = Path(__file__).resolve().parents[3]
EXAMPLE = CHECKOUT / "examples" / "example-guarantees"

AGENDA = Agenda(
    title="The ferry between Northland and Southmark",
    parties=(Party("northland", "Northland"), Party("southmark", "Southmark"), Party("islands", "The Islands")),
    issues=(
        Issue("ferry", "The ferry", (Option("ferry-link", "A ferry runs all year", issue="ferry"),)),
        Issue("fees", "Fees", (Option("low-fee", "The fee stays under ten crowns", issue="fees"),)),
    ),
)


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, read: the folder of its record."""
    place = tmp_path_factory.mktemp("page") / "record"
    place.mkdir()
    shutil.copy(EXAMPLE / "agenda.yaml", place)
    with Record.new(place) as record:
        record.add(EXAMPLE)
        record.read(LocalReader(encoder=False))  # by grammar alone, which is quicker; a page shows either alike
    return place


@pytest.fixture(scope="session")
def example(example_record: Path) -> tuple[PageView, str]:
    """The example's view and its page."""
    with Record.open(example_record, read_only=True) as record:
        return record.page_view(), record.page()


def parsed(page: str) -> lxml.html.HtmlElement:
    """A page as a parser that knows nothing of ours reads it."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml.html.document_fromstring(page.encode("utf-8"), parser=parser)


@pytest.fixture(scope="session")
def parse() -> Callable[[str], lxml.html.HtmlElement]:
    return parsed


def stated(report: Report, start: int, end: int, **fields: object) -> Statement:
    """A statement on a passage of a report, for by Northland on the ferry unless fields say otherwise."""
    given = {
        "party": "northland",
        "option": "ferry-link",
        "stance": Stance.FOR,
        "act": Act.STATE,
        "speaker": None,
        "former": False,
        "via": Via.SPEAKER,
        **fields,
    }
    named = [given[name] for name in ("party", "option", "stance", "former", "speaker", "via")]
    return Statement(
        id=statement_id("local", report.id, start, end, *named),
        report=report.name,
        report_id=report.id,
        start=start,
        end=end,
        quote=report.text[start:end],
        **given,
    )


def view_of(
    reports: Sequence[Report], statements: Sequence[Statement] = (), agenda: Agenda = AGENDA, judgements: Sequence = ()
) -> PageView:
    """The view of reports and statements, as `Record.page` makes it."""
    judged = in_force(statements, judgements)
    positions = positions_at(standing(judged), {one.id: one.published for one in reports})
    rows = tuple(
        ReportRow(
            id=one.id,
            name=one.name,
            title=one.title,
            publisher=one.publisher,
            url=one.url,
            published=one.published,
            updated=one.updated,
            language=one.language,
            state=ReportState.READ,
            reason="",
            statements=sum(1 for statement in statements if statement.report_id == one.id),
            characters=len(one.text),
        )
        for one in reports
    )
    return PageView(agenda, matrix_of(agenda, positions), judged, tuple(reports), rows)


@pytest.fixture(scope="session")
def received() -> Callable[[str, str], Report]:
    """A text as intake makes a report of it."""

    def receive(text: str, name: str = "report.txt") -> Report:
        return receive_bytes(text.encode("utf-8"), name).report

    return receive


@pytest.fixture(scope="session")
def state() -> Callable[..., Statement]:
    return stated


@pytest.fixture(scope="session")
def view() -> Callable[..., PageView]:
    return view_of
