"""A record's database that a stranger has prepared: what it brings along calls nothing beyond the database."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import OperationalError

from travaux.record import DATABASE_NAME, Store
from travaux.record.deeds import Deed, What

REACHING = {
    "load_extension('/tmp/harm.so')": "unsafe use of load_extension",
    # What the shell of SQLite has and a library has not.
    "readfile('/etc/passwd')": "no such function",
    "writefile('/tmp/harm', 'x')": "no such function",
    "edit('x', 'sh')": "no such function",
    "fts3_tokenizer('x', x'00')": "fts3_tokenizer|no such function",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("call", REACHING)
def test_what_a_strangers_database_brings_along_calls_nothing(store, folder, call):
    store.close()
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as stranger:
        stranger.execute(f"CREATE TRIGGER harm AFTER INSERT ON deed BEGIN SELECT {call}; END")
        stranger.commit()
    with Store.open(folder) as opened:
        with pytest.raises(OperationalError, match=REACHING[call]):
            opened.note_deed(Deed(0, "2025-12-01T10:00:00+00:00", "ana", "", What.JUDGED))
        assert opened.deeds() == []
