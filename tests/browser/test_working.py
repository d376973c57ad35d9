"""Work done in Chromium: with a script, without one, and by keyboard alone."""

import json

from click.testing import CliRunner
from small_record import ByHeart

from travaux import Record
from travaux.cli.root import command


def statements(folder):
    with Record.open(folder, read_only=True) as record:
        return record.statements()


def verdicts(folder):
    with Record.open(folder, read_only=True) as record:
        return [str(one.verdict) for one in record.judgements()]


def test_a_correction_is_found_in_page_command_line_and_export_after_a_new_reading(served, folder, open_page, tmp_path):
    page = open_page(served.address)
    page.locator("[id='c-southmark.ferry-link'] a").click()
    page.locator("[id='p-southmark.ferry-link'] .statement.past .doing a").click()
    page.locator("details.correcting summary").click()
    form = page.locator("form.correction")
    form.locator("[name=stance]").select_option("open")
    form.locator("[name=act]").select_option("consider")
    form.locator("[name=reviewer]").fill("A. Reader")
    form.locator("button").click()
    assert "Judgement 1: correct." in page.locator(".done").inner_text()
    identity = page.url.split("/statements/")[1][:16]
    with Record.open(folder) as record:
        agenda = folder / "agenda.yaml"
        agenda.write_text(agenda.read_text(encoding="utf-8").replace("[ferry]", "[ferry, boat]"), encoding="utf-8")
        assert record.read(ByHeart()).read == 3
        record.export("jsonl", tmp_path / "out")
    page.reload()
    assert "○ open" in page.locator("h1").inner_text()
    assert "corrected by A. Reader" in page.locator(".judged").inner_text()
    listed = CliRunner().invoke(command, ["statements", str(folder), "--jsonl"]).stdout
    exported = (tmp_path / "out" / "statements.jsonl").read_text(encoding="utf-8")
    for text in (listed, exported):
        (row,) = [row for row in map(json.loads, text.splitlines()) if row["id"] == identity]
        assert (row["stance"], row["act"]) == ("open", "consider")


def test_forms_work_without_a_script(served, folder, open_page):
    page = open_page(served.address + "/review", java_script_enabled=False)
    first = page.locator(".waiting").first
    first.locator("[name=reviewer]").first.fill("A. Reader")
    first.locator("button[value=reject]").click()
    assert "Judgement 1: reject." in page.locator(".done").inner_text()
    page.locator(".done button").click()
    assert verdicts(folder) == ["reject", "withdraw"]
    report = next(one.report_id for one in statements(folder) if one.report == "a.txt")
    page.goto(f"{served.address}/reports/{report}")
    page.locator("#adding summary").click()
    form = page.locator("#adding form")
    form.locator("[name=party]").select_option("northland")
    form.locator("[name=option]").select_option("low-fee")
    form.locator("[name=stance]").select_option("for")
    form.locator("[name=quote]").fill("Minister Ada North spoke of a low fee")
    form.locator("[name=reviewer]").fill("A. Reader")
    form.locator("button").click()
    assert page.locator("mark", has_text="Minister Ada North spoke of a low fee").count() == 1


def test_words_selected_in_the_report_fill_the_form_with_their_place(served, folder, open_page):
    report = next(one.report_id for one in statements(folder) if one.report == "a.txt")
    page = open_page(f"{served.address}/reports/{report}")
    page.locator("#adding summary").click()
    # Words behind an emoji, which counts as two where a browser counts: from "spoke" to "fee" in the second paragraph.
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector(".reading .text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("spoke of a low fee");
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 18);
            return;
          }
        }"""
    )
    form = page.locator("#adding form")
    page.wait_for_function("document.querySelector('#adding [name=quote]').value === 'spoke of a low fee'")
    with Record.open(folder, read_only=True) as record:
        start = record.store.report("a.txt").text.index("spoke of a low fee")
    assert form.locator("[name=start]").input_value() == str(start)
    form.locator("[name=party]").select_option("northland")
    form.locator("[name=option]").select_option("low-fee")
    form.locator("[name=stance]").select_option("for")
    form.locator("[name=reviewer]").fill("A. Reader")
    form.locator("button").click()
    page.locator(".done").wait_for()
    (added,) = [one for one in statements(folder) if one.reader == "person"]
    assert (added.start, added.quote) == (start, "spoke of a low fee")


def test_the_queue_by_keyboard_alone(served, folder, open_page):
    page = open_page(served.address + "/review")
    before = page.locator(".waiting").count()
    page.keyboard.press("c")
    page.locator(".done").wait_for()
    assert page.locator(".waiting").count() == before - 1
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.id")
    page.keyboard.press("r")
    page.wait_for_url("**done=2**")
    assert page.locator(f"[id='{second}']").count() == 0
    page.keyboard.press("z")
    page.wait_for_url("**done=3**")
    assert verdicts(folder) == ["confirm", "reject", "withdraw"]
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "party"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("c")
    assert verdicts(folder) == ["confirm", "reject", "withdraw"]


def test_an_edit_of_the_agenda_is_shown_before_it_is_made(served, folder, open_page):
    page = open_page(served.address + "/agenda")
    page.locator("[name=gone]").select_option("night-ferry")
    page.locator("[name=kept]").select_option("ferry-link")
    page.locator("form:has([name=gone]) button").click()
    assert any("night-ferry" in line for line in page.locator(".diff .gone").all_inner_texts())
    assert "night-ferry" in (folder / "agenda.yaml").read_text(encoding="utf-8")
    page.locator(".preview button").click()
    page.wait_for_url("**made=1")
    assert "- id: night-ferry" not in (folder / "agenda.yaml").read_text(encoding="utf-8")
