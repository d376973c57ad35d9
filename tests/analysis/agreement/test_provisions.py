"""The term sheet: each status, and no value without words that carry it."""

from datetime import date

import pytest

from travaux.agenda import parse_agenda
from travaux.analysis.agreement import TermStatus, changes_between

RIVER_PARTIES = ("upland", "lowland", "delta")


def wording(sheet, name="monitoring"):
    (found,) = sheet.term(name).wordings
    return found


def said(state, *stands):
    """``upland for``, ``lowland against reject``: one statement a stand, on the gauges."""
    made = []
    for place, stand in enumerate(stands):
        party, stance, *rest = stand.split()
        act = rest[0] if rest else "state"
        fields = {"condition": "once it rains"} if "if" in rest else {}
        fields |= {"former": True} if "former" in rest else {}
        made.append(
            state(party, "gauges", stance, act if act not in ("if", "former") else "accept", start=30 * place, **fields)
        )
    return made


STATUSES = [
    (["upland for", "lowland for", "delta for"], "agreed"),
    (["upland for", "lowland for"], "accepted-by-some"),
    (["upland for"], "proposed-only"),
    (["upland open"], "proposed-only"),
    (["upland for", "lowland for if", "delta for"], "conditional"),
    (["upland for", "lowland against oppose"], "contested"),
    (["upland open", "lowland against oppose"], "contested"),
    (["upland for", "upland against"], "contested"),
    (["upland against reject"], "excluded"),
    (["upland for former", "lowland against oppose"], "withdrawn"),
    (["upland for former"], "withdrawn"),
    (["upland against offer"], "withdrawn"),
    (["upland for", "lowland for", "delta against offer"], "accepted-by-some"),
    ([], "not-mentioned"),
    (["upland against former"], "unknown"),
]


@pytest.mark.parametrize(("stands", "status"), STATUSES)
def test_each_status(river, state, sheet, stands, status):
    one = wording(sheet(river, said(state, *stands)))
    assert one.status == status
    assert one.reason.endswith(".")
    assert one.in_brackets == (status in ("accepted-by-some", "conditional", "contested", "proposed-only"))


@pytest.mark.parametrize(("stands", "status"), STATUSES)
def test_a_value_is_shown_only_with_the_words_that_carry_it(river, state, sheet, stands, status):
    one = wording(sheet(river, said(state, *stands)))
    assert (one.value is not None) == (status not in ("not-mentioned", "unknown"))
    assert one.value is None or one.statements
    assert all(each.quote for each in one.statements)


def test_not_mentioned_excluded_and_unknown_are_three_things(river, state, sheet):
    assert wording(sheet(river, [], read=3)).status is TermStatus.NOT_MENTIONED
    assert wording(sheet(river, [], read=2, unread=1)).status is TermStatus.UNKNOWN
    assert wording(sheet(river, [], read=0)).status is TermStatus.UNKNOWN
    assert wording(sheet(river, [], undated=frozenset({"gauges"}))).status is TermStatus.UNKNOWN
    assert wording(sheet(river, said(state, "upland against reject"))).status is TermStatus.EXCLUDED
    nothing = sheet(river, [])
    assert wording(nothing, "duration").reason == "agenda.yaml notes that nobody has put a term forward."
    assert wording(nothing, "line").reason == "No option of the agenda speaks to it: nothing was looked for."
    assert {term.provision.id for term, _ in nothing.gaps} == {one.id for one in nothing.kind.provisions}


def test_who_must_agree_decides_and_the_others_are_shown(river, state, sheet):
    text = "title: River\nparties: [{id: upland, name: U}, {id: lowland, name: L}, {id: delta, name: D}]\nissues:\n" \
        "  - {id: watch, title: W, options: [{id: gauges, says: Gauges are read}]}\ninstrument:\n  title: T\n" \
        "  kind: ceasefire\n  parties: [upland, lowland]\n  provisions: {monitoring: {value: both, option: gauges}}\n"  # fmt: skip
    agenda = parse_agenda(text)
    one = wording(sheet(agenda, said(state, "upland for", "lowland for", "delta against reject")))
    assert one.status is TermStatus.AGREED
    assert [stand.party for stand in one.stands] == ["upland", "lowland", "delta"]
    assert one.silent == ()


def test_competing_wordings_are_contested_and_entries_of_a_list_are_not(state, sheet):
    text = "title: R\nparties: [{id: upland, name: U}, {id: lowland, name: L}]\nissues:\n  - id: i\n    title: I\n" \
        "    options: [{id: gauges, says: G}, {id: dam, says: D}]\ninstrument:\n  title: T\n  kind: ceasefire\n" \
        "  provisions:\n    NAME: [{value: one, option: gauges}, {value: two, option: dam}]\n"  # fmt: skip
    both = [state("upland", "gauges", "for"), state("lowland", "dam", "for", start=40)]
    line = sheet(parse_agenda(text.replace("NAME", "line")), both).term("line")
    assert (line.status, line.is_competing) == (TermStatus.CONTESTED, True)
    acts = sheet(parse_agenda(text.replace("NAME", "prohibited_acts")), both).term("prohibited_acts")
    assert (acts.status, acts.is_competing) == (TermStatus.PROPOSED, False)


def test_a_provision_the_kind_does_not_have_is_shown_under_a_heading_of_its_own(state, sheet):
    text = "title: R\nparties: [{id: upland, name: U}]\nissues: [{id: i, title: I, options: [{id: gauges, says: G}]}]\n" \
        "instrument: {title: T, kind: ceasefire, provisions: {fish_ladders: {value: two, option: gauges}}}\n"  # fmt: skip
    term = sheet(parse_agenda(text), [state("upland", "gauges", "for")]).terms[-1]
    assert (term.provision.id, term.provision.group, term.provision.asks) == ("fish_ladders", "other", "Fish ladders?")


def test_two_dates_side_by_side(river, state, sheet):
    statements = [
        state("upland", "gauges", "for", "offer", report="a.txt"),
        state("upland", "gauges", "for", "offer", report="b.txt", condition="once it rains"),
        state("lowland", "quota", "for", "offer", report="a.txt"),
        state("lowland", "quota", "against", "reject", report="c.txt"),
        state("delta", "gauges", "for", "accept", report="c.txt", start=40),
    ]
    days = [sheet(river, statements, date(2025, month, 20)) for month in (1, 2, 3)]
    none = sheet(river, statements, date(2024, 12, 31))
    assert [(one.term.provision.id, one.change) for one in changes_between(none, days[0])] == [
        ("parties", "entered"), ("monitoring", "entered"),
    ]  # fmt: skip
    (softened,) = changes_between(days[0], days[1])
    assert (softened.change, softened.reason) == ("softened", "proposed-only → conditional")
    assert [(one.party, one.before.kind, one.after.kind) for one in softened.moved] == [("upland", "for", "for-if")]
    last = {one.term.provision.id: one for one in changes_between(days[1], days[2])}
    assert last["parties"].change == "fell-out"
    assert last["parties"].reason == "now withdrawn"
    assert last["monitoring"].change == "firmer"
    assert changes_between(days[2], days[2]) == []
