"""The users file: what may stand in it, who is told apart, how it is written; passwords."""

import os
import stat
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.errors import RequestError, UnknownName
from travaux.server.passwords import LONGEST, check_password, hashed, is_password
from travaux.server.people import (
    RIGHTS,
    People,
    Person,
    Right,
    Role,
    edited,
    is_name,
    load_people,
    place_of,
    save_people,
)
from travaux.server.team import Team

HASH = hashed("seven quiet ferries")


def test_a_file_says_who_may_do_what(tmp_path):
    file = tmp_path / "users.yaml"
    file.write_text(
        f"users:\n- name: ana\n  role: review\n  signs: Ana Petrović\n  password: {HASH}\n- {{name: no, role: read}}\n"
    )
    ana, no = load_people(file)
    assert (ana.name, ana.role, ana.signs, ana.password) == ("ana", Role.REVIEW, "Ana Petrović", HASH)
    assert (no.name, no.role, no.signs, no.password) == ("no", Role.READ, "no", "")
    assert HASH not in repr(ana)


def test_each_role_may_what_those_before_it_may():
    assert RIGHTS[Role.READ] < RIGHTS[Role.REVIEW] < RIGHTS[Role.EDIT] == set(Right)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", None, "this is no users file"),
        ("users: {}", 1, "this is no users file"),
        ("users: []\nmore: 1", 1, "this is no users file"),
        ("users:\n- ana", 2, "this is nobody"),
        ("users:\n- {name: ana, role: [read]}", 2, "this is nobody"),
        ("users:\n- {name: ana}", 2, "the role of ana is none"),
        ("users:\n- {name: ana, role: boss}", 2, "the role of ana is none"),
        ("users:\n- name: ana\n  role: read\n  rights: all", 5 - 1, "nobody has a 'rights' here"),
        ("users:\n- {name: ana, role: read, password: hunter2hunter2}", 2, "the password of ana is no argon2id hash"),
        ("users:\n- {name: ' ana', role: read}", 2, "name must have"),
        ('users:\n- {name: "a\\u202eb", role: read}', 2, "name must have"),
        ("users:\n- {role: read}", 2, "name must have"),
        ("users:\n- {name: ana, role: read, signs: ''}", 2, "signs must have"),
        ("users:\n- {name: ana, role: read}\n- {name: Ana, role: edit}", 3, "Ana signs in or signs as ana does"),
        (
            "users:\n- {name: ana, role: read}\n- {name: bo, role: edit, signs: ANA}",
            3,
            "bo signs in or signs as ana does",
        ),
        (
            "users:\n- {name: ana, role: read, signs: Bo  Li}\n- {name: ｂｏ li, role: edit}",
            3,
            "signs in or signs as ana",
        ),
        ("users:\n- {name: ana, role: read", None, ""),
        ("users:\n- !!python/object/apply:os.system [id]", 2, ""),
    ],
)
def test_a_file_that_cannot_be_used_names_the_line(tmp_path, text, line, told):
    file = tmp_path / "users.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as error:
        load_people(file)
    assert told in error.value.message
    assert str(error.value).startswith(str(file))
    assert line is None or error.value.line == line


def test_a_file_that_is_not_there_names_the_command(tmp_path):
    with pytest.raises(RequestError, match="travaux users add"):
        load_people(tmp_path / "users.yaml")
    with pytest.raises(RequestError, match="nobody is in it"):
        save_people(tmp_path / "users.yaml", [])
        Team.of(People(tmp_path / "users.yaml"))


def test_a_new_file_is_its_owners_alone_and_a_mode_that_was_chosen_stays(tmp_path):
    file = tmp_path / "users.yaml"
    mask = os.umask(0)
    try:
        save_people(file, [Person("ana", Role.READ, "ana", HASH)])
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o640)
        save_people(file, [])
    finally:
        os.umask(mask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    save_people(link, [Person("bo", Role.READ, "bo", HASH)])
    assert link.is_symlink() and [one.name for one in load_people(file)] == ["bo"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.yaml", "users.yaml"]


names = st.text(min_size=1, max_size=64).filter(is_name)


@settings(deadline=None)  # it writes files
@given(st.lists(st.builds(Person, names, st.sampled_from(Role), names, st.sampled_from(["", HASH])), max_size=4))
def test_what_is_written_is_read_back_or_refused(tmp_path_factory, people):
    file = tmp_path_factory.mktemp("people") / "users.yaml"
    try:
        save_people(file, people)
    except RequestError as error:
        assert "signs in or signs as" in error.message
        assert not file.exists()
    else:
        assert load_people(file) == people


def test_commands_at_once_lose_nobody(tmp_path):
    file = tmp_path / "users.yaml"
    save_people(file, [])

    def add(name):
        with edited(file) as people:
            people.append(Person(name, Role.READ, name))

    threads = [threading.Thread(target=add, args=(f"p{number}",)) for number in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.name for one in load_people(file)} == {f"p{number}" for number in range(12)}


def test_an_edit_that_fails_leaves_the_file_as_it_was(tmp_path):
    file = tmp_path / "users.yaml"
    save_people(file, [Person("ana", Role.READ, "ana")])
    before = file.read_bytes()
    for wrong in (Person("ANA", Role.EDIT, "x"), Person("", Role.EDIT, "")):
        with pytest.raises(RequestError), edited(file) as people:
            people.append(wrong)
    with pytest.raises(UnknownName, match="nobody is called 'bo'"), edited(file) as people:
        del people[place_of(people, "bo")]
    for place in (tmp_path / "none" / "users.yaml", file / "users.yaml"):
        with pytest.raises(RequestError, match="there is no such folder"), edited(place, new=True):
            pass
    assert not (tmp_path / "none").exists()
    assert file.read_bytes() == before


def test_people_are_as_the_file_says_now(tmp_path):
    file = tmp_path / "users.yaml"
    save_people(file, [Person("Ana", Role.READ, "Ana P.")])
    people = People(file)
    assert people.named("ANA").role is Role.READ
    assert people.named("Ana P.") is None and people.is_taken("ana p.")
    save_people(file, [Person("Ana", Role.EDIT, "Ana P.")])
    assert people.named("ana").role is Role.EDIT
    save_people(file, [])
    assert people.named("ana") is None and people.all() == []


def test_passwords_are_salted_hashes_that_only_they_fit():
    other = hashed("seven quiet ferries")
    assert HASH.startswith("$argon2id$") and other != HASH
    assert is_password("seven quiet ferries", HASH) and is_password("seven quiet ferries", other)
    for wrong in ("Seven quiet ferries", "seven quiet ferries ", "", "x" * 10_000):
        assert not is_password(wrong, HASH)
    for none in ("", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$", "plain"):
        assert not is_password("seven quiet ferries", none)
        assert not is_password("", none)
    assert is_password("gar\u00e7on sept bacs", hashed("garc\u0327on sept bacs")), "however a keyboard composes it"


@pytest.mark.parametrize(
    "wrong", ["", "short", "x" * 11, "x" * (LONGEST + 1), "aaaaaaaaaaaaaaaa", "ananANAN anan", "petrović" * 2]
)
def test_passwords_that_are_quickly_guessed_are_refused(wrong):
    with pytest.raises(RequestError):
        check_password(wrong, "ana", "Petrović")


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ((None,), "nobody could sign in"),
        ((None, "X-User"), "would be believed from everybody"),
        ((None, "X-User", ["127.0.0.1"]), "nobody would be let in"),
        ((None, "X User", ["127.0.0.1"], "read"), "no name of a header"),
        ((None, "X-User", ["localhost"], "read"), "no network address"),
        ((None, "X-User", ["10.0.0.1/8"], "read"), "no network address"),
        ((None, "", (), "read"), "a server in front names"),
    ],
)
def test_a_team_that_could_not_be_is_refused(given_, told):
    with pytest.raises(RequestError, match=told):
        Team.of(*given_)
