"""A record served for a team: who may come in, what each may do, as whom they sign, and what is noted."""

import re
import threading
from urllib.parse import quote

import pytest
from served import serving
from team_browser import HASH, PASSWORD, Browser, a_statement, deeds, judgements, signed_in

from travaux import Record
from travaux.record.deeds import What
from travaux.server.guards import ANSWERS
from travaux.server.limits import Allowance
from travaux.server.passwords import hashed
from travaux.server.people import Person, Role, edited

PAGES = (
    "/", "/timeline", "/network", "/reports", "/search?q=ferry", "/across", "/happenings", "/families", "/terms", "/review",
    "/agenda", "/options/ferry-link", "/parties/northland", "/nothing", "/statements/0123456789abcdef", "/?done=1",
)  # fmt: skip
ACTS = ("/judgements", "/withdrawals", "/statements", "/agenda", "/reports", "/key", "/sign-out", "/nothing")


# ------------------------------------------------------------------------------------------ strangers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_sees_nothing_and_is_led_to_the_sign_in_page(at, method, path):
    answer = at.ask(method, path)
    assert answer.status == 303
    assert answer.headers["location"] == ("/sign-in" if path == "/" else f"/sign-in?back={quote(path, safe='')}")
    assert answer.body == b""
    page = at.get(answer.headers["location"])
    assert page.status == 200
    for told in ("ferry", "Ferry", "Northland", "Exercise, no news", 'action="/search"', "<nav"):
        assert told not in page.text.replace(quote(path, safe=""), "").replace(path, "")


@pytest.mark.parametrize("path", ACTS)
def test_a_stranger_changes_nothing(at, folder, path):
    answer = at.post(path, {"verdict": "reject", "reviewer": "Ana Petrović"})
    assert answer.status == 403
    assert "you have not signed in" in answer.text
    assert "ferry" not in answer.text
    assert judgements(folder) == []


def test_the_sign_in_page_obeys_the_policy_and_shows_nothing_of_a_judgement(at, folder):
    with Record.open(folder) as record:
        record.judge(record.statements()[0], "confirm", reviewer="A. Reader")
    page = at.get("/sign-in?done=1&back=//evil.example")
    for name, value in ANSWERS.items():
        assert page.headers[name] == value
    assert "Judgement 1" not in page.text
    assert 'name="back" value="/"' in page.text
    style = re.search(r'href="(/static/[^"]+)"', page.text)[1]
    assert at.get(style).status == 200
    assert at.get("/static/../agenda.yaml").status == 404


# ------------------------------------------------------------------------------------------ signing in and out


def test_somebody_signs_in_looks_works_and_signs_out(at, folder):
    ana = Browser(at)
    assert ana.get("/review?party=islands").headers["location"] == "/sign-in?back=%2Freview%3Fparty%3Dislands"
    answer = ana.sign_in("ANA", back="/review?party=islands")
    assert (answer.status, answer.headers["location"]) == (303, "/review?party=islands")
    page = ana.get("/review")
    assert "ana" in page.text and "may review" in page.text
    assert 'name="reviewer" value=""' not in page.text
    secret = ana.cookies["travaux-session"]
    assert ana.get("/sign-in").headers["location"] == "/"
    assert ana.post("/sign-out", {}).headers["location"] == "/sign-in"
    assert "travaux-session" not in ana.cookies
    ana.cookies["travaux-session"] = secret
    assert ana.get("/").status == 303
    assert deeds(folder) == [("ana", What.SIGNED_IN), ("ana", What.SIGNED_OUT)]


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(folder, team, at):
    begun, dropped = (line.lower() for line in Browser(at).sign_in("ana").set_cookies)
    assert begun.startswith("travaux-session=") and dropped.startswith("travaux-visit=")
    for part in ("; httponly", "; samesite=lax", "; path=/"):
        assert part in begun
    for part in ("secure", "domain", "max-age", "expires"):
        assert part not in begun
    with serving(folder, team=team, public="https://talks.example") as private:
        page = private.get("/sign-in", host="talks.example")
        (visit,) = page.set_cookies
        token = re.search(r'name="token" value="([^"]*)"', page.text)[1]
        answer = private.post(
            "/sign-in", {"token": token, "name": "ana", "password": PASSWORD}, token=False, host="talks.example",
            headers={"Origin": "https://talks.example", "Cookie": visit.partition(";")[0]},
        )  # fmt: skip
        assert answer.status == 303
        begun = answer.set_cookies[0]
        assert begun.startswith("__Host-travaux-session=")
        for line in (visit, begun):
            assert "; secure" in line.lower() and "; path=/" in line.lower() and "domain" not in line.lower()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ana", "seven quiet ferrie"), ("ana", PASSWORD + "x"), ("ana", ""), ("nobody", PASSWORD), ("", ""),
        ("ana\x00", PASSWORD), ("Ana Petrović", PASSWORD), ("proxied", ""), ("proxied", PASSWORD), ("ana", "x" * 100_000),
    ],
)  # fmt: skip
def test_wrong_names_and_passwords_are_told_alike(at, name, password):
    browser = Browser(at)
    answer = browser.sign_in(name, password)
    assert answer.status == 403
    assert "Name or password is not right." in answer.text
    assert "travaux-session" not in browser.cookies
    assert password not in answer.text or not password


def test_failed_sign_ins_are_noted_but_not_what_was_typed(at, folder):
    browser = Browser(at)
    browser.sign_in("ana", "not the password")
    browser.sign_in("my secret password", "ana")
    with Record.open(folder, read_only=True) as record:
        first, second = record.audit()
        assert (first.person, first.what, first.address) == ("ana", "sign-in failed", "127.0.0.1")
        assert (second.person, second.what, second.about) == ("", "sign-in failed", "a name that nobody has")
    for file in folder.iterdir():
        if file.is_file():
            assert b"my secret password" not in file.read_bytes() and b"not the password" not in file.read_bytes()


def test_a_strangers_page_signs_nobody_in(at):
    fields = {"name": "ana", "password": PASSWORD}
    browser = Browser(at)
    browser.get("/sign-in")
    assert browser.post("/sign-in", fields, Origin="http://evil.example").status == 403
    # Without the cookie of the sign-in page its token is worth nothing, and another browser's token is not this one's.
    other = Browser(at)
    other.get("/sign-in")
    assert at.post("/sign-in", {**fields, "token": browser.token}, token=False).status == 400
    other.token = browser.token
    assert other.post("/sign-in", fields).status == 400
    for guessed in ("", at.guard.token):
        assert at.post("/sign-in", {**fields, "token": guessed}, token=False).status == 400


def test_after_failures_the_next_attempt_waits_longer_and_longer(at, folder):
    browser = Browser(at)
    for _ in range(3):
        assert browser.sign_in("bo", "wrong wrong wrong").status == 403
    refused = browser.sign_in("bo")
    assert refused.status == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert "travaux-session" not in browser.cookies
    assert Browser(at).sign_in("ana").status == 303, "others are not kept out"
    assert deeds(folder, "sign-in failed") == [("bo", "sign-in failed")] * 3


def test_many_attempts_at_the_same_moment_are_no_way_around_the_wait(at):
    browsers = [Browser(at) for _ in range(12)]
    for one in browsers:
        one.get("/sign-in")
    answers = []
    threads = [
        threading.Thread(
            target=lambda one=one: answers.append(one.post("/sign-in", {"name": "bo", "password": "w" * 14}).status)
        )
        for one in browsers
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers.count(403) == 3
    assert answers.count(429) == 9


# ------------------------------------------------------------------------------------------ sessions end


def test_a_session_ends_when_its_owner_is_removed_or_has_another_password(at, users):
    ana, bo = signed_in(at, "ana"), signed_in(at, "bo")
    with edited(users) as people:
        people[:] = [one for one in people if one.name != "ana"]
    assert ana.get("/").status == 303
    assert bo.get("/").status == 200
    with edited(users) as people:
        people[:] = [
            Person(one.name, one.role, one.signs, hashed("another long password") if one.name == "bo" else one.password)
            for one in people
        ]
    assert bo.get("/").status == 303
    assert bo.post("/judgements", {}).status == 403


def test_a_role_counts_at_once(at, users, folder):
    ana = signed_in(at, "ana")
    statement = a_statement(ana)
    with edited(users) as people:
        people[1] = Person("ana", Role.READ, "Ana Petrović", HASH)
    assert ana.post("/judgements", {"statement": statement, "verdict": "confirm"}).status == 403
    assert 'class="deciding"' not in ana.get("/review").text
    assert judgements(folder) == []


def test_nobody_is_let_in_by_a_users_file_that_cannot_be_used(at, users, capfd):
    ana = signed_in(at, "ana")
    text = users.read_text(encoding="utf-8")
    users.write_text(text + "- nonsense", encoding="utf-8")
    for answer in (ana.get("/"), ana.post("/judgements", {})):
        assert answer.status == 503
        assert "the users file cannot be used" in answer.text
        assert str(users) not in answer.text
    assert f"{users}:" in capfd.readouterr().err
    users.unlink()
    assert ana.get("/").status == 503
    users.write_text(text, encoding="utf-8")
    assert ana.get("/").status == 200


# ------------------------------------------------------------------------------------------ roles


def test_who_reads_only_looks(at, folder):
    reader = signed_in(at, "reader")
    statement = a_statement(reader)
    for path in ("/review", f"/statements/{statement}", "/reports", "/agenda?edit=name&party=islands&name=Isles"):
        page = reader.get(path).text
        assert [one for one in re.findall(r'method="post" action="([^"]+)"', page) if one != "/sign-out"] == []
    for path in ("/judgements", "/withdrawals", "/statements", "/agenda", "/reports"):
        answer = reader.post(path, {"statement": statement, "verdict": "reject"})
        assert answer.status == 403
        assert "this needs the role" in answer.text
    assert judgements(folder) == []
    assert deeds(folder, "refused") == [("reader", "refused")] * 5


def test_who_reviews_judges_and_changes_nothing_else(at, folder):
    ana = signed_in(at, "ana")
    statement = a_statement(ana)
    before = (folder / "agenda.yaml").read_bytes()
    assert ana.post("/judgements", {"statement": statement, "verdict": "confirm"}).status == 303
    page = ana.get("/agenda?edit=name&party=islands&name=Isles").text
    digest = re.search(r'name="digest" value="([^"]+)"', page)
    assert digest is None
    assert ana.post("/agenda", {"edit": "name", "party": "islands", "name": "Isles"}).status == 403
    assert ana.post("/reports", {}).status == 403
    assert (folder / "agenda.yaml").read_bytes() == before
    assert 'enctype="multipart/form-data"' not in ana.get("/reports").text


def test_who_edits_changes_the_agenda_and_it_is_noted(at, folder):
    chief = signed_in(at, "chief")
    page = chief.get("/agenda?edit=name&party=islands&name=Isles").text
    digest = re.search(r'name="digest" value="([^"]+)"', page)[1]
    fields = {"edit": "name", "party": "islands", "name": "Isles", "digest": digest}
    assert chief.post("/agenda", fields).status == 303
    assert "Isles" in (folder / "agenda.yaml").read_text(encoding="utf-8")
    boundary = "frontier"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{chief.token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="reports"; filename="d.txt"\r\n\r\n'
        f"The Islands said nothing at all on Monday.\r\n--{boundary}--\r\n"
    ).encode()
    sent = {**chief._sent(), "Content-Type": f"multipart/form-data; boundary={boundary}", "Origin": at.address}
    assert at.ask("POST", "/reports", body, sent).status == 303
    with Record.open(folder, read_only=True) as record:
        noted = [(one.person, one.what, one.about) for one in record.audit()][1:]
    assert noted[0][:2] == ("chief", "edited the agenda") and "Isles" in noted[0][2]
    assert noted[1] == ("chief", "sent in reports", "d.txt")


# ------------------------------------------------------------------------------------------ signing


@pytest.mark.parametrize("reviewer", ["The Chief", "Bo Li", "", "Ana"])
def test_nobody_signs_as_somebody_else(at, folder, reviewer):
    ana = signed_in(at, "ana")
    fields = {"statement": a_statement(ana), "verdict": "reject", "reviewer": reviewer, "back": "/review"}
    answer = ana.post("/judgements", fields)
    assert answer.headers["location"] == "/review?done=1"
    assert "set-cookie" not in answer.headers
    assert judgements(folder) == [(1, "reject", "Ana Petrović", None)]
    added = {"report": "a.txt", "quote": "Southmark rejects", "party": "southmark", "option": "ferry-link",
             "stance": "against", "act": "reject", "via": "speaker", "reviewer": reviewer}  # fmt: skip
    with Record.open(folder, read_only=True) as record:
        added["report"] = record.reports()[0].id
    assert ana.post("/statements", added).status == 303
    assert judgements(folder)[1][2] == "Ana Petrović"


def test_one_takes_back_ones_own_and_who_edits_anybodys(at, folder):
    ana, bo, chief = (signed_in(at, name) for name in ("ana", "bo", "chief"))
    statement = a_statement(ana)
    ana.post("/judgements", {"statement": statement, "verdict": "reject"})
    assert 'action="/withdrawals"' in ana.get(f"/statements/{statement}").text
    assert 'action="/withdrawals"' not in bo.get(f"/statements/{statement}?done=1").text
    refused = bo.post("/withdrawals", {"number": "1", "reviewer": "Ana Petrović"})
    assert refused.status == 400
    assert "was made by Ana Petrović" in refused.text
    assert 'action="/withdrawals"' in chief.get(f"/statements/{statement}").text
    assert chief.post("/withdrawals", {"number": "1", "reviewer": "Ana Petrović"}).status == 303
    assert judgements(folder) == [(1, "reject", "Ana Petrović", None), (2, "withdraw", "The Chief", 1)]
    with Record.open(folder) as record:
        assert record.store.check() == []
        assert [one.verdict for one in record.judged() if one.statement.id == statement] == [None]
    ana.post("/judgements", {"statement": statement, "verdict": "confirm"})
    assert ana.post("/withdrawals", {}).status == 303
    assert judgements(folder)[-1] == (4, "withdraw", "Ana Petrović", 3)
    assert deeds(folder)[3:] == [
        ("ana", "judged"), ("chief", "took back"), ("ana", "judged"), ("ana", "took back"),
    ]  # fmt: skip


def test_a_form_of_one_person_is_worth_nothing_to_another(at, folder):
    ana, bo = signed_in(at, "ana"), signed_in(at, "bo")
    statement = a_statement(ana)
    for token in (ana.token, at.guard.token, ""):
        bo.token = token
        assert bo.post("/judgements", {"statement": statement, "verdict": "reject"}).status == 400
    assert judgements(folder) == []


def test_no_page_kept_for_one_is_shown_to_another(at):
    browsers = [signed_in(at, name) for name in ("reader", "ana", "bo", "chief")]
    again = signed_in(at, "ana")
    for path in ("/", "/review", "/reports", "/agenda"):
        pages = [one.get(path).text for one in (*browsers, again)]
        assert len({re.search(r'name="token" value="([^"]*)"', page)[1] for page in pages}) == 5
        for page, name in zip(pages, ("reader", "ana", "bo", "chief", "ana"), strict=True):
            assert f"<bdi>{name}</bdi>" in page


# ------------------------------------------------------------------------------------------ how often


def test_writes_searches_and_sendings_come_at_a_rate_for_each_person(folder, team):
    team.limits["write"], team.limits["search"] = Allowance(2, 1), Allowance(2, 1)
    team.limits["send"] = Allowance(1, 1)
    with serving(folder, team=team) as at:
        chief, ana = signed_in(at, "chief"), signed_in(at, "ana")
        assert [chief.get("/search?q=ferry").status for _ in range(3)] == [200, 200, 429]
        assert chief.get("/agenda?edit=name&party=islands&name=Isles").status == 429
        assert chief.get("/timeline").status == chief.get("/search").status == 200
        statement = a_statement(chief)
        fields = {"statement": statement, "verdict": "confirm"}
        answers = [chief.post("/judgements", fields) for _ in range(3)]
        assert [one.status for one in answers] == [303, 303, 429]
        assert 1 <= int(answers[2].headers["retry-after"]) <= 60
        assert [chief.post("/reports", {}).status for _ in range(2)] == [400, 429]
        assert ana.get("/search?q=ferry").status == 200
        assert ana.post("/judgements", fields).status == 303
    assert [one[2] for one in judgements(folder)] == ["The Chief", "The Chief", "Ana Petrović"]


# ------------------------------------------------------------------------------------------ beside


def test_a_read_only_record_is_served_to_a_team_and_noted_on_standard_error(folder, team, capfd):
    with serving(folder, read_only=True, team=team) as at:
        chief = signed_in(at, "chief")
        page = chief.get("/review").text
        assert 'class="deciding"' not in page
        assert chief.post("/judgements", {"verdict": "confirm"}).status == 403
        assert chief.post("/sign-out", {}).status == 303
    said = capfd.readouterr().err
    assert "127.0.0.1 'chief' signed in" in said and "'chief' signed out" in said


def test_without_a_team_there_is_no_sign_in_and_nothing_is_noted(served, folder):
    assert served.get("/sign-in").status == 404
    assert served.post("/sign-out", {}).status == 404
    assert 'action="/sign-out"' not in served.get("/").text
    statement = re.search(r"/statements/([0-9a-f]{16})", served.get("/review").text)[1]
    served.post("/judgements", {"statement": statement, "verdict": "confirm", "reviewer": "Whoever"})
    assert judgements(folder) == [(1, "confirm", "Whoever", None)]
    assert deeds(folder) == []
