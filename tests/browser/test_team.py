"""Signing in, working and signing out in a real browser, with and without scripts."""

import re

import pytest
from served import serving
from team_browser import PASSWORD, PEOPLE, judgements

from travaux.server.people import People, save_people
from travaux.server.team import Team


@pytest.fixture
def at(folder, tmp_path):
    save_people(tmp_path / "users.yaml", PEOPLE)
    with serving(folder, team=Team.of(People(tmp_path / "users.yaml"))) as served:
        yield served


def sign_in(page, name, password=PASSWORD):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():  # or the next line asks a page that is on its way out
        page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ana_signs_in_judges_as_herself_and_signs_out(at, folder, open_page, scripts):
    page = open_page(f"{at.address}/review?party=southmark", java_script_enabled=scripts)
    assert page.title() == "Sign in"
    assert page.get_by_role("navigation").count() == 0
    sign_in(page, "ana")
    assert page.url.endswith("/review?party=southmark")
    bar = page.get_by_role("banner")
    assert "ana · may review" in bar.inner_text()
    assert page.get_by_label("Signed").count() == 0
    assert "Signed Ana Petrović" in page.locator("form.deciding").first.inner_text()
    page.get_by_role("button", name="Reject").first.click()
    assert "Judgement 1: reject." in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert "Judgement 2: withdraw." in page.get_by_role("status").inner_text()
    assert judgements(folder) == [(1, "reject", "Ana Petrović", None), (2, "withdraw", "Ana Petrović", 1)]
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Password").wait_for()
    assert page.title() == "Sign in"
    page.go_back()
    assert page.get_by_role("button", name="Reject").count() == 0, "nothing of the record is kept in the browser"


def test_the_cookie_is_not_for_scripts(at, open_page):
    page = open_page(at.address)
    sign_in(page, "reader")
    page.get_by_role("banner").wait_for()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (
        "travaux-session",
        True,
        "Lax",
        -1,
    )
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("width", [390, 900, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_and_who_is_signed_in_fit_every_width(at, open_page, width, scheme):
    page = open_page(at.address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert re.search(r"^Name", page.get_by_label("Name").evaluate("one => one.labels[0].innerText"))
    sign_in(page, "chief")
    assert page.evaluate(wide) <= 0
    assert page.get_by_role("button", name="Sign out").is_visible()
