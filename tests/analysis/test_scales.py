"""The states of scales that a sentence tells, denied, ahead or left open."""

import pytest
from happening_exercises import report

from travaux.analysis.alignment import told_sentences
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.conflicts_of_copies import beside_in_families
from travaux.analysis.done_and_ahead import doings_told
from travaux.analysis.scales import scales, states_told
from travaux.analysis.scales_in_copies import states_otherwise


def _states(text: str, scale: str) -> list[str]:
    one = report(text)
    first, *rest = told_sentences(one)
    return [told.state for told in states_told(one.text, first, rest[0] if rest else None) if told.scale == scale]


def test_a_state_that_denial_or_time_leads_to_is_compared_with_another():
    for scale in scales().values():
        for state in (*scale.denied.values(), *scale.ahead.values()):
            assert not state or scale.compares(state) or any(state in group for group in scale.alike), (
                scale.name,
                state,
            )


def test_no_two_states_are_alike_and_exclude_each_other():
    for scale in scales().values():
        assert not [pair for pair in scale.excluding if scale.may_be_one(*pair)], scale.name


@pytest.mark.parametrize(
    ("text", "scale", "states"),
    [
        ("The council adopted the budget.", "decision", ["adopted"]),
        ("The council has not adopted the budget.", "decision", ["unadopted"]),
        ("The council did not adopt the budget.", "decision", ["unadopted"]),
        ("If the council adopted the budget, rents would fall.", "decision", []),
        ("The ministers initialled the text.", "decision", ["initialled"]),
        ("Is the rule in force? Not yet.", "decision", ["not_in_force"]),
        ("The auction was called off at ten.", "event", ["off"]),
        ("The talks broke up without a result.", "outcome", ["failed", "failed"]),
        ("He no longer insists on a royalty.", "insistence", ["yields"]),
        ("She did not rule out a sale.", "stance", ["undecided"]),
        ("The mayor turned it down.", "stance", ["against"]),
        ("He rejected the allegation.", "stance", []),
        ("At first the farmers opposed it.", "stance", []),
    ],
)
def test_states(text, scale, states):
    assert _states(text, scale) == states


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Talks will resume in Lisbra.", [("resum", "ahead")]),
        ("Talks have resumed in Lisbra.", [("resum", "done")]),
        ("The exchange that was planned for Wednesday is near.", [("exchang", "ahead")]),
        ("Talks have not resumed in Lisbra.", []),
    ],
)
def test_doings(text, told):
    one = report(text)
    assert [(doing.stem, doing.state) for doing in doings_told(one.text, told_sentences(one)[0])] == told


def test_what_a_whole_report_has_still_to_be_decided_is_not_decided_in_its_copy():
    told = "The deal on the canal was struck at dawn, and the price of water stays with the towns. None of it is law yet. {}"
    texts = (
        told.format("The chamber and the lords have still to vote, most likely in April."),
        told.format("The deal has been formally adopted and marks a milestone for the valley.").replace(
            "None of it is law yet. ", ""
        ),
    )
    reports = [report(text, f"{number}.txt") for number, text in enumerate(texts)]
    (beside,) = beside_in_families(reports, {one.id: "family" for one in reports})
    (found,) = states_otherwise(beside)
    assert found.kind is ConflictKind.STATUS
    assert "still to vote" in found.values[0] and "formally adopted" in found.values[1]


def test_whose_stance_it_is_may_be_told_by_a_land_or_by_its_name():
    others = (
        "The summit in Lund ended after nine hours. Four chapters on tolls are open. Norway wants the tunnel first. {} "
    )
    others += "In Oslo the fishermen have threatened to close the harbour."
    texts = (
        others.format(
            "The Austrian minister speaks of a first step, and whether the levy will have his vote he has not decided."
        ),
        others.format("Austria's interior minister Jan Karl, for his part, backs the levy as a first step."),
    )
    reports = [report(text, f"{number}.txt") for number, text in enumerate(texts)]
    (beside,) = beside_in_families(reports, {one.id: "family" for one in reports})
    assert [(found.kind, found.sentences) for found in states_otherwise(beside)] == [(ConflictKind.POSITION, (3, 3))]
