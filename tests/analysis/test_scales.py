"""The states of scales that a sentence tells, denied, ahead or left open."""

import pytest
from happening_exercises import report

from travaux.analysis.alignment import told_sentences
from travaux.analysis.done_and_ahead import doings_told
from travaux.analysis.scales import scales, states_told


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
