"""Whatever is asked of the server: no answer of 500, no traceback, and nothing of what was asked comes back alive."""

import ast
import inspect
import random
import urllib.parse

import lxml.html
import pytest
from fuzz_targets import TOKENS
from served import serving
from small_record import make_small_record

from travaux import Record
from travaux.server.application import application

MARK = "travauxfuzz"
LIVE = (
    f"<script>{MARK}()</script>",
    f"\"><img src=x onerror={MARK}()>",
    f"'><svg/onload={MARK}()>",
    f"javascript:{MARK}()",
    f"<{MARK}>",
    f"</script><{MARK}>",
)  # fmt: skip
QUERIES = "q as_of since party option stance page report reader kind by state sort group verdict statement issue word span start end ties".split()
FIELDS = (
    "statement verdict note reviewer quote party option stance act condition via via_name speaker former passage report number "
    "edit issue says words id gone kept name person digest back next write files text key withdraws judgement occurrence kind"
).split()
HEADERS = "Accept Accept-Language Accept-Encoding Referer Origin Sec-Fetch-Site Cookie Content-Type If-None-Match Range X-Forwarded-For".split()
TRIES = 400


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = make_small_record(tmp_path_factory.mktemp("fuzzed") / "talks")
    with serving(folder) as at:
        yield at, folder


def odd(chance):
    """A value as nobody means it, and often one that is meant."""
    what = chance.randrange(5)
    if what == 0:
        return chance.choice(LIVE)
    if what == 1:
        return chance.choice(TOKENS).decode("utf-8", "replace")
    if what == 2:
        return chance.choice(
            ("", "0", "-1", "1e9", "9" * 30, "2025-02-30", "2025-03-01", "north", "northland", "ferry-link", "against")
        )
    if what == 3:
        return "".join(chr(chance.choice((chance.randrange(1, 128), chance.randrange(0xA0, 0xD7FF)))) for _ in range(9))
    return chance.choice(
        ("confirm", "reject", "correct", "unsure", "Tester", "ferry", "a.txt", "local", "merge", "1", "true")
    )


def checked(answer, what):
    """No bug, and no element or script of the asker's."""
    assert answer.status < 500, (what, answer.status, answer.text[:500])
    text = answer.body.decode("utf-8", "replace")
    assert "Traceback" not in text, what
    if not answer.headers.get("content-type", "").startswith("text/html") or not text.strip():
        return
    assert "default-src" in answer.headers["content-security-policy"], what
    page = lxml.html.fromstring(text)
    assert page.xpath(f"//{MARK}") == [], what
    for script in page.iter("script"):
        assert MARK not in (script.text or "") or script.get("type") == "application/json", what
    for element in page.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (what, name)
            assert not (name in ("href", "src", "action") and value.strip().lower().startswith("javascript:")), (
                what,
                value,
            )


def addresses(folder):
    """Every address the app has, with ids that are there."""
    with Record.open(folder, read_only=True) as record:
        return {
            "option": ["ferry-link", "low-fee"],
            "party": ["northland"],
            "statement": [one.id for one in record.statements()],
            "report": [one.id for one in record.reports()],
        }


def routes():
    """The paths of the app, by method."""
    found = {"GET": [], "POST": []}
    for node in ast.walk(ast.parse(inspect.getsource(application))):
        if isinstance(node, ast.Dict):
            keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            values = [ast.unparse(value) for value in node.values]
            for key, value in zip(keys, values):
                if isinstance(key, str) and key.startswith("/"):
                    found["GET" if value.startswith("pages.") else "POST"].append(key)
    return found


def path_of(template, known, chance):
    """An address from its pattern, with an id that is there or anything."""
    for name, values in known.items():
        if f"{{{name}}}" in template:
            value = chance.choice(values) if chance.random() < 0.6 else odd(chance)
            template = template.replace(f"{{{name}}}", urllib.parse.quote(value, safe=""))
    return template


def test_pages_whatever_the_query(served):
    at, folder = served
    chance, known, paths = random.Random(1), addresses(folder), routes()["GET"]
    assert len(paths) > 10
    answered = set()
    for _ in range(TRIES):
        path = path_of(chance.choice(paths), known, chance)
        asked = [(chance.choice(QUERIES), odd(chance)) for _ in range(chance.randrange(4))]
        if asked:
            path += "?" + urllib.parse.urlencode(asked)
        headers = {
            chance.choice(HEADERS): odd(chance)
            .encode("ascii", "ignore")
            .decode()
            .translate({10: None, 13: None, 0: None})
        }
        answer = at.get(path, headers=headers if chance.random() < 0.3 else None)
        answered.add(answer.status)
        checked(answer, path)
    assert {200, 404} <= answered


def test_addresses_that_are_none(served):
    at, _ = served
    chance = random.Random(2)
    for _ in range(TRIES // 4):
        path = "/" + urllib.parse.quote("/".join(odd(chance) for _ in range(chance.randrange(1, 4))), safe="/%?&=;")
        method = chance.choice(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
        answer = at.ask(method, path)
        assert answer.status < 500 or answer.status == 501, (method, path)
        checked(answer, path)


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//", "http://a:b"])
def test_a_form_whose_origin_is_no_address_is_refused(served, origin):
    at, _ = served
    answer = at.post("/judgements", {"verdict": "confirm"}, headers={"Origin": origin})
    assert answer.status == 403


def test_forms_whatever_they_carry(served):
    at, folder = served
    chance, known, paths = random.Random(3), addresses(folder), routes()["POST"]
    assert len(paths) > 4
    statuses = set()
    for _ in range(TRIES // 2):
        fields = {chance.choice(FIELDS): odd(chance) for _ in range(chance.randrange(9))}
        for name in ("statement", "report", "option", "party"):
            if chance.random() < 0.5:
                fields[name] = chance.choice(known[name])
        answer = at.post(chance.choice(paths), fields, token=chance.random() < 0.9)
        statuses.add(answer.status)
        checked(answer, fields)
    assert len(statuses) > 1
    with Record.open(folder, read_only=True) as record:
        assert record.store.check() == [], "nothing false was written"
        assert record.agenda.parties


def test_bodies_that_are_no_forms(served):
    at, _ = served
    chance = random.Random(4)
    kinds = (
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
    )
    for _ in range(TRIES // 4):
        body = b"".join(
            chance.choice(
                (*TOKENS, b"--x\r\n", b'Content-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n')
            )
            for _ in range(9)
        )
        headers = {
            "Content-Type": chance.choice(kinds),
            "Origin": at.address,
            "Sec-Fetch-Site": "same-origin",
        }
        answer = at.ask("POST", chance.choice(routes()["POST"]), body, headers)
        checked(answer, body)
