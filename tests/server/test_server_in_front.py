"""A server in front: who it says asks, from where, and by which address it is reached."""

import pytest
from served import serving
from team_browser import Browser, a_statement, judgements

from travaux import Record
from travaux.server.asking import NotAllowed
from travaux.server.guards import Guard
from travaux.server.people import People, Person, Role
from travaux.server.team import Team


def test_a_server_in_front_says_who_asks_and_the_file_what_they_may(folder, users):
    team = Team.of(People(users), "X-Remote-User", ["127.0.0.1"])
    with serving(folder, team=team) as at:
        assert at.get("/").status == 403
        assert "did not say who you are" in at.get("/").text
        ana = Browser(at, **{"X-Remote-User": "ana", "X-Forwarded-For": "198.51.100.7, 192.0.2.9"})
        statement = a_statement(ana)
        assert (
            ana.post("/judgements", {"statement": statement, "verdict": "confirm", "reviewer": "Bo Li"}).status == 303
        )
        assert judgements(folder) == [(1, "confirm", "Ana Petrović", None)]
        with Record.open(folder, read_only=True) as record:
            assert [(one.person, one.address) for one in record.audit()] == [("ana", "192.0.2.9")]
        stranger = Browser(at, **{"X-Remote-User": "mallory"})
        assert "mallory may not come in" in stranger.get("/").text
        assert stranger.get("/").status == stranger.post("/judgements", {}).status == 403
        assert at.get("/sign-in", headers={"X-Remote-User": "ana"}).status == 404
        bo = Browser(at, **{"X-Remote-User": "bo"})
        bo.token = ana.token
        assert bo.post("/judgements", {"statement": statement, "verdict": "reject"}).status == 400


@pytest.mark.parametrize(
    "given", [b"", b" ", b"an\xe4", b"ana\x00", b"x" * 65, "a\u202eb".encode(), "Ana Petrović".encode()]
)
def test_names_that_are_none_or_somebody_elses_are_not_let_in(users, given):
    team = Team.of(People(users), "x-remote-user", ["127.0.0.1"], "read")
    scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": [(b"x-remote-user", given)]}
    with pytest.raises(NotAllowed):
        team.asking(scope, Guard.of("127.0.0.1", 1))


def test_the_header_counts_from_the_server_in_front_only_and_once_only(users):
    guard, header = Guard.of("127.0.0.1", 1), (b"x-remote-user", b"ana")
    team = Team.of(People(users), "X-Remote-User", ["10.1.0.0/16", "::1"], "read")

    def asked(client, headers):
        return team.asking({"type": "http", "client": client, "headers": headers}, guard)

    assert asked(("10.1.2.3", 1), [header]).person.name == "ana"
    assert asked(("::ffff:10.1.2.3", 1), [header]).person.name == "ana"
    assert asked(("::1", 1), [(b"x-remote-user", b"guest")]).person == Person("guest", Role.READ, "guest")
    for client in (("10.2.0.1", 1), ("127.0.0.1", 1), None, ("", 0)):
        with pytest.raises(NotAllowed, match="by way of another one"):
            asked(client, [header])
    for headers in ([header, header], [header, (b"x-remote-user", b"chief")], [(b"x_remote_user", b"ana")], []):
        with pytest.raises(NotAllowed, match="did not say who you are"):
            asked(("::1", 1), headers)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.9", "192.0.2.9"),
        ("198.51.100.7, 192.0.2.9", "192.0.2.9"),
        ("192.0.2.9, 10.0.0.5", "192.0.2.9"),
        ("nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
        ("192.0.2.9, nonsense", "10.0.0.1"),
        ("10.0.0.5, 10.0.0.6", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_that_counts_is_the_last_one_that_is_no_proxy(users, told, address):
    team = Team.of(People(users), proxies=["10.0.0.0/8"])
    headers = [(b"x-forwarded-for", told.encode())]
    assert team.address_of({"type": "http", "client": ("10.0.0.1", 1), "headers": headers}) == address
    assert team.address_of({"type": "http", "client": ("203.0.113.4", 1), "headers": headers}) == "203.0.113.4"
    # A second header is the first one continued: what stands before is older, and believed no more.
    invented = [(b"x-forwarded-for", b"1.2.3.4"), (b"x-forwarded-for", b"192.0.2.9")]
    assert team.address_of({"type": "http", "client": ("10.0.0.1", 1), "headers": invented}) == "192.0.2.9"


def test_a_header_does_not_let_anybody_in_where_people_sign_in(at):
    answer = at.get("/", headers={"X-Remote-User": "chief", "X-Forwarded-For": "192.0.2.1"})
    assert answer.status == 303


def test_the_address_in_front_is_answered_with_its_own_origin(folder):
    with serving(folder, public="https://Talks.example") as at:
        assert at.guard.key, "what another server passes on comes from elsewhere"
        assert at.get("/", host="talks.example").status == at.get("/").status == 200
        assert at.get("/", host="evil.example").status == 421
        for origin, status in (
            ("https://talks.example", 303), ("http://talks.example", 403), ("https://talks.example:444", 403),
            ("https://evil.example", 403), (at.address, 403),
        ):  # fmt: skip
            fields = {"key": at.guard.key}
            answer = at.post("/key", fields, headers={"Origin": origin}, host="talks.example")
            assert answer.status == status, origin
            assert status != 303 or "secure" in answer.headers["set-cookie"].lower()
