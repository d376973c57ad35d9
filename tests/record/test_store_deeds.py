"""The audit trail: rows are added and never changed, and the doctor sees to it."""

import pytest
from behind import REFUSED

from travaux import Record
from travaux.errors import RecordReadOnly, RequestError, UnknownName
from travaux.record import Store
from travaux.record.deeds import MOST_NOTED, Deed, What

AT = "2025-12-01T10:00:00+00:00"


def noted(**changes):
    return Deed(**{"number": 0, "at": AT, "person": "ana", "address": "192.0.2.1", "what": What.JUDGED, **changes})


def test_deeds_are_numbered_and_kept_as_they_are(store):
    assert store.note_deed(noted(about="judgement 1")).number == 1
    assert store.note_deed(noted(number=9, person="", what=What.SIGN_IN_FAILED, address="")).number == 2
    assert [(one.number, one.what, one.about) for one in store.deeds()] == [
        (1, What.JUDGED, "judgement 1"), (2, What.SIGN_IN_FAILED, ""),
    ]  # fmt: skip
    assert len(store.note_deed(noted(about="x" * 9000)).about) == MOST_NOTED
    assert store.deeds()[2].about.endswith("x…")
    with pytest.raises(ValueError, match="UTC"):
        store.note_deed(noted(at="2025-12-01T10:00:00+01:00"))
    assert store.check() == []


@pytest.mark.parametrize("change", ["UPDATE deed SET person = 'bo'", "DELETE FROM deed", "UPDATE deed SET number = 7"])
def test_the_database_itself_refuses_to_change_them(store, behind, database, change):
    store.note_deed(noted())
    with pytest.raises(REFUSED, match="forbidden"):
        behind.execute(change)
    behind.execute("DROP TRIGGER deed_no_delete" + (" ON deed" if database == "postgresql" else ""))
    assert [one.says for one in store.check()] == ["the trigger deed_no_delete is missing"]


def test_a_record_opened_for_reading_takes_none(store, folder):
    store.close()
    with Store.open(folder, read_only=True) as opened, pytest.raises(RecordReadOnly):
        opened.note_deed(noted())


def test_what_is_asked_for_is_listed(store, folder):
    for day, person, what in (("01", "ana", What.JUDGED), ("02", "bo", What.JUDGED), ("03", "ana", What.WITHDREW)):
        store.note_deed(noted(at=f"2025-12-{day}T10:00:00+00:00", person=person, what=what))
    store.close()
    with Record.open(folder, read_only=True) as record:
        assert [one.number for one in record.audit()] == [1, 2, 3]
        assert [one.number for one in record.audit("ana")] == [1, 3]
        assert [one.number for one in record.audit(what="judged", since="2025-12-02")] == [2]
        with pytest.raises(UnknownName, match="one of: signed in, sign-in failed"):
            record.audit(what="danced")
        with pytest.raises(RequestError, match="no date"):
            record.audit(since="soon")
