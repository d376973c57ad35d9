"""Who may ask: a page of a stranger, open in the same browser, neither reads the record nor writes to it."""

import re
from urllib.parse import urlencode

import pytest
from served import serving

from travaux import Record
from travaux.server.guards import ANSWERS, KEY_COOKIE, Guard

PAGES = (
    "/", "/timeline", "/network", "/reports", "/reading", "/search?q=ferry", "/across", "/happenings", "/families", "/terms", "/review",
    "/agenda", "/options/ferry-link", "/parties/northland",
)  # fmt: skip


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "",
        "[::1]",
        "0",
    ],
)
def test_a_name_that_somebody_else_points_here_is_not_answered(looked_at, host):
    answer = looked_at.get("/", host=host.format(port=looked_at.port))
    assert answer.status in (400, 421)
    assert "ferry" not in answer.text
    assert answer.status == 400 or "does not go by that name" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(looked_at, host):
    assert looked_at.get("/", host=host.format(port=looked_at.port)).status == 200


def a_statement(at):
    return re.search(r"/statements/([0-9a-f]{16})", at.get("/review").text)[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": None},
        {"Origin": "https://127.0.0.1", "Sec-Fetch-Site": None},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": None},
    ],
)
def test_a_form_of_another_site_is_not_carried_out(served, folder, headers):
    answer = served.post(
        "/judgements", {"statement": a_statement(served), "verdict": "reject", "reviewer": "X"}, headers=headers
    )
    assert answer.status == 403
    with Record.open(folder, read_only=True) as record:
        assert record.judgements() == []


@pytest.mark.parametrize("token", [None, "", "guessed", "x" * 200_000])
def test_a_form_without_this_servers_token_is_not_carried_out(served, folder, token):
    fields = {"statement": a_statement(served), "verdict": "reject", "reviewer": "X"}
    fields |= {} if token is None else {"token": token}
    assert served.post("/judgements", fields, token=False).status == 400
    with Record.open(folder, read_only=True) as record:
        assert record.judgements() == []


def test_a_client_that_is_no_browser_needs_the_token_too(served, folder):
    fields = {"statement": a_statement(served), "verdict": "confirm", "reviewer": "A. Reader"}
    bare = {"Origin": None, "Sec-Fetch-Site": None}
    assert served.post("/judgements", fields, headers=bare, token=False).status == 400
    assert served.post("/judgements", fields, headers=bare).status == 303


def test_nothing_changes_by_get(served, folder):
    before = (folder / "agenda.yaml").read_bytes()
    query = urlencode(
        {"token": served.guard.token, "statement": a_statement(served), "verdict": "reject", "reviewer": "X"}
    )
    for path in ("/judgements", "/withdrawals", "/statements", "/key"):
        assert served.get(f"{path}?{query}").status == 405
    for path in PAGES:
        assert served.get(path).status == 200
        assert served.ask("HEAD", path).body == b""
    served.get(f"/agenda?edit=merge&gone=night-ferry&kept=ferry-link&{query}")
    assert (folder / "agenda.yaml").read_bytes() == before
    with Record.open(folder, read_only=True) as record:
        assert record.judgements() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(looked_at, method):
    assert looked_at.ask(method, "/judgements").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../pyproject.toml", "/static/%2e%2e/%2e%2e/agenda.yaml", "/static/..%2f..%2fagenda.yaml", "/agenda.yaml",
        "/record.sqlite", "/static/", "/reports/../../etc/passwd", "/reports/%2fetc%2fpasswd", "/reports/a.txt",
        "/statements/..%5c..%5cx", "/options/%00", "//etc/passwd", "/static/page.css/../../x", "/parties/..",
    ],
)  # fmt: skip
def test_no_path_reaches_the_file_system(looked_at, path):
    answer = looked_at.get(path)
    assert answer.status == 404
    assert "The ferry talks, for tests" not in answer.text
    assert "root:" not in answer.text


def test_every_answer_says_what_it_may_do_in_a_browser(looked_at):
    style = re.search(r'href="(/static/[^"]+)"', looked_at.get("/").text)[1]
    answers = [
        *(looked_at.get(path) for path in (*PAGES, "/nothing", "/options/none", "/search?party=none", style)),
        looked_at.get("/", host="evil.example"),
        looked_at.post("/judgements", {}, token=False),
    ]
    for answer in answers:
        for name, value in ANSWERS.items():
            assert answer.headers[name] == value
    policy = ANSWERS["content-security-policy"]
    assert "'unsafe" not in policy
    assert "default-src 'none'" in policy
    page = looked_at.get("/").text
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_too_much_is_not_taken(served):
    answer = served.post("/judgements", {"note": "x" * 300_000})
    assert answer.status == 413
    chunk = b"10000\r\n" + b"note=" + b"x" * 65_531 + b"\r\n"
    undeclared = served.ask(
        "POST",
        "/judgements",
        chunk * 8 + b"0\r\n\r\n",
        {
            "Transfer-Encoding": "chunked",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": served.address,
            "Sec-Fetch-Site": "same-origin",
        },
        declared=False,
    )
    assert undeclared.status == 413
    assert served.get("/").status == 200


def test_from_elsewhere_everybody_may_look_and_writing_needs_the_key(folder):
    guard = Guard.of("192.0.2.7", 8642)
    assert guard.key
    assert guard.hosts == {"192.0.2.7:8642"}
    assert not guard.may_write({})
    assert not guard.may_write({KEY_COOKIE: "x"})
    assert guard.may_write({KEY_COOKIE: guard.key})
    assert not Guard.of("127.0.0.2", 1).key
    with serving(folder) as at:
        object.__setattr__(at.guard, "key", "the key")  # as on an address that others reach
        page = at.get("/review").text
        assert '<form class="deciding"' not in page
        assert 'action="/key"' in page
        fields = {"statement": a_statement(at), "verdict": "confirm", "reviewer": "A. Reader"}
        refused = at.post("/judgements", fields)
        assert refused.status == 403
        assert "needs the key" in refused.text
        assert at.post("/key", {"key": "wrong"}).status == 400
        given = at.post("/key", {"key": "the key", "back": "/review"})
        assert (given.status, given.headers["location"]) == (303, "/review")
        assert "HttpOnly" in given.headers["set-cookie"]
        assert "samesite=strict" in given.headers["set-cookie"].lower()
        at.cookies[KEY_COOKIE] = '"the key"'
        assert at.post("/judgements", fields).status == 303


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_to_another_site(served, back):
    fields = {"statement": a_statement(served), "verdict": "confirm", "reviewer": "A. Reader", "back": back}
    assert served.post("/judgements", fields).headers["location"].startswith("/?done=")


def test_a_record_that_is_only_read_offers_no_forms(folder):
    with serving(folder, read_only=True) as at:
        assert '<form method="post"' not in at.get("/review").text
        fields = {"statement": a_statement(at), "verdict": "confirm", "reviewer": "A. Reader"}
        assert at.post("/judgements", fields).status == 403
