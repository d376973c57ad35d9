"""What independent reports tell differently of one event: counts that may still grow and counts that no longer do; the day it began."""

import pytest
from told_otherwise_exercises import conflicts_of


def told(first: str, second: str, days: tuple[str, str]) -> list[tuple[str, set[str]]]:
    """The conflicts between two independent reports, their kinds and values."""
    case = {"apart": [{"text": text, "published": day} for text, day in zip((first, second), days, strict=True)]}
    return [(str(one.kind), {side.value for side in one.sides}) for one in conflicts_of(case)]


@pytest.mark.parametrize(
    ("days", "is_found"),
    [(("2024-06-09", "2024-06-12"), False), (("2024-06-10", "2024-06-12"), False), (("2024-06-14", "2024-06-18"), True),
     (("2024-06-18", "2024-06-14"), True)],
)  # fmt: skip
def test_a_count_grows_only_while_people_are_still_counting(days, is_found):
    first = "On 8 June an air raid on a market in Kosti killed 22 people. The council mourned."
    second = "The air raid on Kosti of 8 June killed 31 people, the governor's office said."
    assert (("number", {"22", "31"}) in told(first, second, days)) is is_found


def test_a_count_put_at_a_number_is_held_against_another():
    first = "On 8 June an air raid on a market in Kosti killed 22 people. The council mourned."
    second = "He put the number of people killed in the air raid on Kosti of 8 June at 31 and sat down."
    assert told(first, second, ("2024-06-14", "2024-06-18")) == [("number", {"22", "31"})]


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [("The talks on the herring quota, which began in Torshavn on 6 May, have a chair at last.",
      "The herring talks in Torshavn had opened on 7 May and were broken off twice.", True),
     ("The talks on the herring quota, which began in Torshavn on 6 May, have a chair at last.",
      "The herring talks in Torshavn had opened on 6 May and were broken off twice.", False),
     ("The talks on the herring quota, which began in Torshavn on 6 May, have a chair at last.",
      "The salmon talks in Gaspé had opened on 7 May and were broken off twice.", False),
     ("The talks on the herring quota, which began in Torshavn on Monday, have a chair at last.",
      "The herring talks in Torshavn had opened on Tuesday and were broken off twice.", False)],
)  # fmt: skip
def test_the_day_on_which_something_began(first, second, is_found):
    found = told(first, second, ("2024-05-20", "2024-05-22"))
    assert ("date" in {kind for kind, _ in found}) is is_found
