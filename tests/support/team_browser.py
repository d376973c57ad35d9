"""People of a team, and browsers in which they work."""

import re
from http.cookies import SimpleCookie

from travaux import Record
from travaux.server.passwords import hashed
from travaux.server.people import Person, Role

PASSWORD = "seven quiet ferries"
HASH = hashed(PASSWORD)
PEOPLE = (
    Person("reader", Role.READ, "R. Eader", HASH),
    Person("ana", Role.REVIEW, "Ana Petrović", HASH),
    Person("bo", Role.REVIEW, "Bo Li", HASH),
    Person("chief", Role.EDIT, "The Chief", HASH),
    Person("proxied", Role.READ, "proxied"),
)


class Browser:
    """One person's browser: it keeps cookies, and sends the token of the page it looked at last."""

    def __init__(self, at, **headers):
        self.at, self.headers, self.cookies, self.token = at, headers, {}, ""

    def get(self, path, **headers):
        return self._kept(self.at.get(path, headers={**self._sent(), **headers}))

    def post(self, path, fields, **headers):
        sent = {**self._sent(), **headers}
        given = {"token": self.token, **fields}
        return self._kept(self.at.post(path, given, headers=sent, token=False), token=False)

    def sign_in(self, name, password=PASSWORD, **fields):
        self.get("/sign-in")
        return self.post("/sign-in", {"name": name, "password": password, **fields})

    def _sent(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**self.headers, **({"Cookie": cookies} if cookies else {})}

    def _kept(self, answer, token=True):
        for line in answer.set_cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        found = re.search(r'name="token" value="([^"]*)"', answer.text)
        if token and found:
            self.token = found[1]
        return answer


def signed_in(at, name, **headers):
    browser = Browser(at, **headers)
    answer = browser.sign_in(name)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    browser.get("/")
    return browser


def a_statement(browser):
    return re.search(r"/statements/([0-9a-f]{16})", browser.get("/review").text)[1]


def deeds(folder, what=None):
    with Record.open(folder, read_only=True) as record:
        return [(one.person, one.what) for one in record.audit(what=what)]


def judgements(folder):
    with Record.open(folder, read_only=True) as record:
        return [(one.number, one.verdict, one.reviewer, one.withdraws) for one in record.judgements()]
