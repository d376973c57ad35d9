"""A vault of notes: what the user wrote in it stays, whatever is exported over it."""

from __future__ import annotations

import re
from pathlib import Path

import markdown_it
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import travaux
from travaux.errors import RequestError
from travaux.exchange.obsidian import BEGIN, END, markdown


def notes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))}


def test_every_link_leads_to_a_note_and_every_statement_can_be_linked_to(
    record: travaux.Record, tmp_path: Path
) -> None:
    record.export("obsidian", tmp_path)
    found = notes(tmp_path)
    assert "Parties/Northland & Isles.md" in found
    assert "Parties/Crew Union.md" in found
    assert "Reports/Ferry 🚢 talks {who} pays_what.md" in found
    for text in found.values():
        for target in re.findall(r"\[\[([^\]|]+)\|", text):
            assert f"{target}.md" in found
        properties = yaml.safe_load(text.split("---\n")[1])
        assert isinstance(properties, dict)
    everything = "\n".join(found.values())
    for one in record.statements():
        assert everything.count(f" ^s-{one.id}\n") == 3  # with the party, the option and the report
    assert yaml.safe_load(found["Parties/Northland & Isles.md"].split("---\n")[1])["aliases"] == ["the north"]
    assert "Exercise material; no news." in found["Negotiation.md"]


def test_what_stands_outside_the_markers_is_never_changed(record: travaux.Record, tmp_path: Path) -> None:
    record.export("obsidian", tmp_path)
    note = tmp_path / "Parties" / "Southland.md"
    text = note.read_text(encoding="utf-8")
    mine = (
        text.replace("tags:\n- party", "tags:\n- party\n- my-tag").replace(BEGIN, f"My thoughts.\r\n\n{BEGIN}")
        + "\n\nBelow, too.\t"
    )
    assert mine != text
    note.write_bytes(mine.encode())
    for one in record.statements(party="southland"):
        record.judge(one.id, "reject", reviewer="A. Reader")
    record.export("obsidian", tmp_path)
    after = note.read_bytes().decode()
    assert after.split(BEGIN)[0] == mine.split(BEGIN)[0]
    assert after.split(END)[1] == mine.split(END)[1]
    assert "No position read." in after
    assert "No position read." not in mine


def test_a_note_of_the_users_own_keeps_its_text(record: travaux.Record, tmp_path: Path) -> None:
    (tmp_path / "Parties").mkdir(parents=True)
    (tmp_path / "Parties" / "Southland.md").write_text("Mine alone.\n")
    (tmp_path / "Parties" / "Eastland.md").write_text("No party of the record.\n")
    record.export("obsidian", tmp_path)
    assert (tmp_path / "Parties" / "Southland.md").read_text(encoding="utf-8").startswith("Mine alone.\n\n" + BEGIN)
    assert (tmp_path / "Parties" / "Eastland.md").read_text() == "No party of the record.\n"


@pytest.mark.parametrize("broken", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}"])
def test_broken_markers_stop_the_whole_export(broken: str, record: travaux.Record, tmp_path: Path) -> None:
    record.export("obsidian", tmp_path)
    (tmp_path / "Options" / "A bridge is built.md").write_text(f"Mine.\n{broken}\n", encoding="utf-8")
    record.judge(record.statements()[0].id, "reject", reviewer="A. Reader")
    before = notes(tmp_path)
    with pytest.raises(RequestError, match="A bridge is built.md: the markers of Travaux in this note are broken"):
        record.export("obsidian", tmp_path)
    assert notes(tmp_path) == before


@given(st.text(st.sampled_from("ab \n[]()*_`<>#^|~=%$!\\{}&\u00a0א🚢-+1.:/"), max_size=30))
def test_a_quote_cannot_become_markup(text: str) -> None:
    written = f"> x {markdown(text)} x"
    assert "\n" not in written
    (inline,) = [token for token in markdown_it.MarkdownIt("commonmark").parse(written) if token.type == "inline"]
    kinds = {child.type for child in inline.children or ()}
    assert kinds <= {"text", "text_special", "entity"}, written
    for special in ("[[", "%%", "==", "#", "^", "$"):
        assert special not in re.sub(r"\\.", "", written)


def test_names_that_would_be_one_file(make, tmp_path: Path) -> None:
    twins = make("twins")
    agenda = twins.folder / "agenda.yaml"
    agenda.write_text(
        agenda.read_text(encoding="utf-8").replace("name: Southland", 'name: "crew: union"'), encoding="utf-8"
    )
    twins.export("obsidian", tmp_path)
    parties = {path.name for path in (tmp_path / "Parties").iterdir()}
    assert parties == {"Northland & Isles.md", "crew union.md", "Crew Union (union).md"}
    assert len({name.casefold() for name in parties}) == 3
