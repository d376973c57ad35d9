"""How a party stands is read from its statements and from nothing else."""

import pytest

from travaux.analysis.agreement import Linking, Sheet, Stand, StandKind, kind_of, stand_in, stands_of, term_sheet
from travaux.analysis.positions import positions_at
from travaux.model import Via

KINDS = [
    ([("for", "offer", {})], "for"),
    ([("for", "accept", {"condition": "once it rains"})], "for-if"),
    ([("for", "accept", {"condition": "once it rains"}), ("for", "demand", {})], "for"),
    ([("open", "consider", {})], "open"),
    ([("for", "accept", {"via": Via.NARRATOR}), ("open", "consider", {"via": Via.NARRATOR})], "open"),
    ([("for", "offer", {}), ("open", "consider", {"via": Via.NARRATOR})], "for"),
    ([("for", "offer", {"via": Via.ANONYMOUS}), ("open", "consider", {})], "open"),
    ([("for", "offer", {}), ("against", "oppose", {})], "disputed"),
    ([("open", "consider", {}), ("against", "oppose", {})], "disputed"),
    ([("against", "oppose", {})], "opposed"),
    ([("against", "reject", {})], "ruled-out"),
    ([("against", "demand", {})], "ruled-out"),
    ([("against", "state", {"quote": "the dam is out of the question"})], "ruled-out"),
    ([("against", "oppose", {"quote": "Upland has never agreed to a dam"})], "opposed"),
    ([("against", "accept", {})], "without"),
    ([("against", "offer", {"condition": "if the gauges are common"})], "without-if"),
    ([("against", "reject", {"condition": "until it rains"})], "opposed-unless"),
    ([("against", "accept", {}), ("against", "reject", {})], "ruled-out"),
    ([("for", "demand", {"former": True})], "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), KINDS)
def test_each_kind_of_stand(river, state, taken, said, kind):
    statements = [
        state("upland", "dam", stance, act, start=20 * place, **fields)
        for place, (stance, act, fields) in enumerate(said)
    ]
    stand = taken(river, statements)["upland", "dam"]
    assert stand.kind == kind
    assert stand.is_hard == (kind == "ruled-out")
    if kind != "unknown":
        assert stand.statement in statements
    else:
        assert stand.former == tuple(statements)


def test_what_nothing_speaks_to_is_unknown(river, taken):
    assert taken(river, []) == {}
    assert stand_in({}, "upland", "dam") == Stand("upland", "dam", StandKind.UNKNOWN)


def test_the_deciding_quote_is_the_nearest_word_and_dissent_is_named(river, state, taken):
    told = state("upland", "dam", "against", "reject", via=Via.OTHER)
    own = state("upland", "dam", "against", "reject", start=30)
    assert taken(river, [told, own])["upland", "dam"].statement == own
    open_too = state("upland", "quota", "open", "consider", via=Via.NARRATOR, start=60)
    stand = taken(river, [state("upland", "quota", "for", "offer"), open_too])["upland", "quota"]
    assert stand.dissent == (open_too,)
    assert stand.distance == 0


CONDITIONS = [
    ("provided that both banks share common gauges", ("gauges",)),
    ("unless both banks share common gauges", ()),
    ("not before common gauges are read", ()),
    ("once it has rained", ()),
    ("if there is a quota", ()),  # one telling word names too much
    ("in return for a fixed share and a joint reading of the gauges", ("quota", "gauges")),
]


@pytest.mark.parametrize(("condition", "needs"), CONDITIONS)
def test_a_condition_is_linked_where_its_words_name_an_option(river, state, taken, condition, needs):
    stand = taken(river, [state("upland", "dam", "for", "accept", condition=condition)])["upland", "dam"]
    assert [each.text for each in stand.conditions] == [condition]
    assert stand.needs == needs
    assert stand.conditions[0].reason


def test_a_condition_never_names_its_own_option(river, state, taken):
    stand = taken(river, [state("upland", "dam", "for", "accept", condition="if they build a dam of stone")])
    assert stand["upland", "dam"].needs == ()


def test_what_a_party_demands_in_the_words_of_the_condition_is_what_it_names(river, state, taken):
    words = "if the water is measured"
    offer = state("upland", "dam", "for", "accept", condition=words)
    demand = state("upland", "gauges", "for", "demand", quote=words, start=40)
    assert taken(river, [offer, demand])["upland", "dam"].needs == ("gauges",)
    elsewhere = state("upland", "gauges", "for", "demand", quote=words, start=40, report="b.txt")
    assert taken(river, [offer, elsewhere])["upland", "dam"].needs == ()
    another = state("lowland", "gauges", "for", "demand", quote=words, start=40)
    assert taken(river, [offer, another])["upland", "dam"].needs == ()
    sentence = state(
        "upland", "gauges", "for", "demand", quote=f"Upland said on Monday it would build {words}, and more"
    )
    assert taken(river, [offer, sentence])["upland", "dam"].needs == ()


def test_an_analysts_link_outweighs_the_words(river, state, taken):
    offer = state("upland", "dam", "for", "accept", condition="provided that both banks share common gauges")
    link = Linking("upland", "dam", ("quota",), "A. Reader", "2025-02-01")
    stand = taken(river, [offer], linkings=[link])["upland", "dam"]
    assert stand.needs == ("quota",)
    assert stand.conditions[0].reason == "linked by A. Reader on 2025-02-01"


def test_support_counts_families_and_a_copy_adds_none(river, state):
    said = [state("upland", "dam", "for", "offer", report=name) for name in ("a.txt", "b.txt", "u.txt")]
    said.append(state("upland", "dam", "open", "consider", via=Via.NARRATOR, report="c.txt"))
    positions = positions_at(said, {})
    stand = stands_of(river, positions, said)["upland", "dam"]
    assert (stand.support, len(stand.dissenting)) == (3, 1)
    families = {"a.txt": "f", "b.txt": "f", "c.txt": "f"}
    stand = stands_of(river, positions, said, families=families)["upland", "dam"]
    assert (stand.support, stand.families, stand.dissenting) == (2, ("f", "u.txt"), ("f",))


def test_the_support_of_a_wording_counts_each_source_once(river, state):
    said = [
        state(party, "gauges", "for", report="a.txt", start=30 * n) for n, party in enumerate(("upland", "lowland"))
    ]
    said.append(state("delta", "gauges", "against", report="b.txt"))
    stands = stands_of(river, positions_at(said, {}), said)
    (one,) = term_sheet(Sheet(river, kind_of("ceasefire"), read=2), stands).term("monitoring").wordings
    assert one.support == 1, "two parties in one report"
