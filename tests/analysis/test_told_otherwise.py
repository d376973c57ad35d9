"""What copies and independent reports tell otherwise, from short texts about several fields, a third of them read only at the end."""

import pytest
from happening_exercises import report
from told_otherwise_exercises import FURTHER, HALVES, cases, conflicts_of, figures_of, reports_of, score_case

from travaux.analysis.alignment import laid_beside, told_sentences
from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.quantities import quantities_in
from travaux.model import DateBasis, PartialDate

# Right, missed and spurious. Read for the first time, when the rules stood, the held-out texts gave 12, 3 and 1 and the longer ones 10, 3
# and 3; what they showed to be wrong with the rules was then put right. The further ones gave 7, 20 and 0, and those once more, read
# after what the further ones asked for was done, 9, 1 and 3. Those of independent reports gave 9, 27 and 2 before there were rules for
# them, those once more 16, 7 and 5, and the third ones 11, 5 and 3 when each was read for the first time. The fresh ones gave 10, 12 and 4,
# those once more, read once these were put right, 15, 3 and 2, and the third ones after them 10, 2 and 1.
# Rewordings whose every sentence is in other words gave 4, 31 and 9 before states of a scale were compared, those once more, read once
# they were, 15, 16 and 8, and the third ones, once these had been put right, 14, 18 and 11. The fourth ones gave 28, 35 and 12 when they
# were first read, and the fifth ones 34, 17 and 8 with the rules as they stood before the fourth were put right. What turns on somebody's will (to welcome and
# to condemn, to refuse and to agree) is a position since then, whether or not a statement rests on it.
# Outright denials gave 7, 13 and 1 before they were held against what others tell, 17, 3 and 2 when the rules had been written for other
# texts, and those once more, read after these had been put right, 19, 1 and 3. The third ones (days, tolls, meetings) gave 0, 4 and 0
# before, and 3, 1 and 0 when they were first read.
FLOORS = {
    "developed": (36, 0, 0),
    "held_out": (14, 1, 0),
    "longer": (12, 1, 0),
    "further": (27, 0, 0),
    "once_more": (10, 0, 0),
    "independent": (34, 2, 0),
    "independent_once_more": (23, 0, 0),
    "independent_third": (15, 1, 0),
    "fresh": (19, 3, 0),
    "fresh_once_more": (17, 1, 0),
    "fresh_third": (11, 1, 0),
    "denials": (20, 0, 0),
    "denials_once_more": (19, 1, 0),
    "denials_third": (3, 1, 0),
    "rewordings": (31, 4, 4),
    "rewordings_once_more": (25, 6, 2),
    "rewordings_third": (19, 13, 6),
    "rewordings_fourth": (44, 19, 0),
    "rewordings_fifth": (41, 10, 3),
}


def test_there_are_enough_exercises_and_no_name_stands_twice():
    names = [case["name"] for half in HALVES for case in cases(half)]
    assert len(names) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("half", HALVES)
def test_the_figures_are_those_pinned(half):
    right, missed, spurious = figures_of(half)
    assert right >= FLOORS[half][0]
    assert missed <= FLOORS[half][1]
    assert spurious <= FLOORS[half][2]


@pytest.mark.parametrize(
    "case", [case for case in cases("developed") if not case["conflicts"]], ids=lambda case: case["name"]
)
def test_nothing_is_found_where_nothing_is_told_otherwise(case):
    assert score_case(case)[1] == []


def test_a_conflict_of_copies_has_both_passages_word_for_word_and_says_why():
    case = next(one for one in cases("developed") if one["name"] == "a toll of jobs, changed in a shortened copy")
    (found,) = conflicts_of(case)
    texts = {one.id: one.text for one in reports_of(case)}
    for side in found.sides:
        for passage in side.passages:
            assert texts[passage.report_id][passage.start : passage.end] == passage.quote
    assert "taken from the other" in found.says
    assert "2,400 jobs / 4,200 jobs" in found.says


def test_reports_of_no_family_are_not_laid_beside_each_other():
    one, two = reports_of(cases("developed")[0])
    assert conflicts_in(Material([], [], [], [one, two]), {}) == []


@pytest.mark.parametrize("half", FURTHER)
def test_nothing_is_found_in_the_further_look_alikes(half):
    assert [score_case(case)[1] for case in cases(half) if not case["conflicts"] and score_case(case)[1]] == []


def test_what_both_have_word_for_word_faces_nothing():
    text = "The steelworks will close in the autumn. Some 2,400 jobs are to go. Talks begin next week."
    assert laid_beside(report(text, "a.txt"), report(f"{text} The town is in shock.", "b.txt")).facing == ()


def test_a_story_that_goes_on_is_no_conflict_and_one_told_anew_is():
    told = "The floods have killed {} people, the governor's office said on {}. Roads are under water."
    reports = [report(told.format(31, "Monday"), "a.txt"), report(told.format(44, "Wednesday"), "b.txt")]
    families = {one.id: "family" for one in reports}
    days = {
        one.id: PartialDate(day, DateBasis.PAGE) for one, day in zip(reports, ("2024-06-03", "2024-06-05"), strict=True)
    }
    assert conflicts_in(Material([], [], [], reports), days, families) == []
    found = conflicts_in(Material([], [], [], reports), {}, families)
    assert {str(one.kind) for one in found} == {"number", "date"}


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [("half a dozen nations", 6, ""), ("two decades", 240, "month"), ("twenty years", 240, "month"), ("a fortnight", None, ""),
     ("roughly 900m tonnes", 900e6, ""), ("€40m", 40e6, "euro"), ("two per cent", 2, "percent"), ("4.5%", 4.5, "percent"),
     ("twenty-six houses", 26, ""), ("one hundred and ten people", 110, ""), ("twice", 2, "time"), ("in 1998", None, ""),
     ("at 09:40 The", None, ""), ("the 3rd round", None, ""), ("on 4 June", None, "")],
)  # fmt: skip
def test_quantities(words, value, unit):
    one = report(f"They had {words}.")
    found = quantities_in(one.text, told_sentences(one)[0])
    assert [(quantity.value, quantity.unit) for quantity in found] == ([] if value is None else [(value, unit)])


ROAD = "There was a {day} meeting in Varn. {want} A landslide shut it in March. Two buses a week go round the lake. The next meeting is due in May."


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ("The highlanders want the mountain road reopened and the ministry is listening.",
         "The ministry wants the mountain road reopened and the highlanders are listening.", True),
        ("Reopening the mountain road was demanded by the highlanders. The ministry took note.",
         "Reopening the mountain road was demanded by the ministry. The highlanders took note.", True),
        ("The ministry demands compensation for the mountain road, the highlanders said.",
         "The ministry offers compensation for the mountain road, the highlanders said.", True),
        ("The highlanders want the mountain road reopened and the ministry is listening.",
         "The highlanders demand that the mountain road be opened again, to which the ministry listens.", False),
        ("The highlanders want the mountain road reopened, and the ministry wants the mountain road reopened too.",
         "The ministry wants the mountain road reopened and so do the highlanders.", False),
        ("The highlanders might want the mountain road reopened if the ministry is listening.",
         "The ministry wants the mountain road reopened and the highlanders are listening.", False),
    ],
)  # fmt: skip
def test_who_of_two_wants_a_thing(first, second, is_found):
    reports = [report(ROAD.format(day=day, want=want)) for day, want in (("long", first), ("short", second))]
    families = {one.id: "family" for one in reports}
    found = conflicts_in(Material([], [], [], reports), {}, families)
    assert [str(one.kind) for one in found] == (["position"] if is_found else [])
