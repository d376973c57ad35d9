"""Reports, statements and runs that a test needs in passing."""

import hashlib
import re

import pytest
from behind import Behind
from postgresql_server import postgresql, postgresql_session  # noqa: F401 (fixtures)

from travaux.model import Act, Block, BlockKind, Reading, Report, Stance, Statement, Via, report_id, statement_id
from travaux.record import Run, Store, fingerprint_json

TEXT = "Northland said it would accept the ferry link. Southland rejects it unless fares are frozen.\n"


def report(name="a.txt", text=TEXT, **fields):
    """A plain report whose every line is a paragraph, with its bytes."""
    raw = text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    blocks = tuple(
        Block(match.start(), match.end(), BlockKind.PARAGRAPH) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    fields = {"blocks": blocks, **fields}
    return Report(report_id(name, sha256), name, sha256, "text/plain", "utf-8", text, **fields), raw


def statement(of, quote, party="northland", option="ferry-link", stance=Stance.FOR, reader="local", **fields):
    """A statement on the first place in the report where the quote stands."""
    start = fields.pop("start", of.text.find(quote))
    end = start + len(quote)
    former, speaker, via = fields.get("former", False), fields.get("speaker"), fields.get("via", Via.SPEAKER)
    identity = statement_id(reader, of.id, start, end, party, option, stance, former, speaker, via)
    fields = {"act": Act.STATE, "reader": reader, "id": identity, **fields}
    return Statement(
        report=of.name,
        report_id=of.id,
        start=start,
        end=end,
        quote=quote,
        party=party,
        option=option,
        stance=stance,
        **fields,
    )


def two_statements(of):
    """What a reader takes from `TEXT`."""
    return Reading(
        (
            statement(of, "Northland said it would accept the ferry link", act=Act.ACCEPT),
            statement(
                of,
                "Southland rejects it unless fares are frozen",
                party="southland",
                stance=Stance.AGAINST,
                act=Act.REJECT,
                condition="unless fares are frozen",
            ),
        ),
        sentences=2,
    )


def run(reader="local", version="1", agenda="agenda-1", **fingerprint):
    return Run(reader, fingerprint_json(fingerprint or {"code": "1"}), agenda, version)


@pytest.fixture(scope="session")
def make_report():
    return report


@pytest.fixture(scope="session")
def make_statement():
    return statement


@pytest.fixture(scope="session")
def make_reading():
    return two_statements


@pytest.fixture(scope="session")
def make_run():
    return run


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "talks"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, monkeypatch):
    """The kind of database a test's records have; each test that has a store runs on both."""
    if request.param == "sqlite":
        monkeypatch.delenv("TRAVAUX_DB", raising=False)
    else:
        request.getfixturevalue("postgresql")
    return request.param


@pytest.fixture
def behind(folder, database, request):
    """The database of the record in `folder`, behind the store's back."""
    return Behind(folder, request.getfixturevalue("postgresql") if database == "postgresql" else None)


@pytest.fixture
def store(folder, database):
    with Store.create(folder) as opened:
        yield opened
