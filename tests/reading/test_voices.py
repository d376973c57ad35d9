"""Whose words whole stretches are: printed interviews, a party's own paper, a meeting's chair, sentences that carry on."""

from __future__ import annotations

import pytest
from lock_at_varn import meant, parties_meant

ABOVE = "Ana Sorel receives us in Varn, where the lock is being painted.\n\n"
QUESTIONS = (
    "Q: Ostland wants a toll. Will you pay it?\n{first}\n\n"
    "Q: And the Union?\n{second}\n\n"
    "Q: When do you meet Karl Weiss?\n{third}\n"
)
VERBATIM = ABOVE + QUESTIONS.format(
    first="A: Not for a day. We have paid enough.",
    second="A: The Union speaks for itself.",
    third="A: On Friday. I look forward to it.",
)
TOLD = ABOVE + QUESTIONS.format(
    first="He would rather not say, she thinks.",
    second="She laughs. That is for Ostland to say.",
    third="On Friday, she says.",
)
UNLABELLED = ABOVE + (
    "Will you pay the toll of Ostland?\nNever. I have said so often.\n\n"
    "Has Mr Weiss asked you?\nHe wrote to me.\n\n"
    "And if the Union pays?\nThen we shall see what it is worth.\n"
)


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        (VERBATIM, "you", ("veria",)),
        (VERBATIM, "We", ("veria",)),
        (VERBATIM, "Friday", None),
        (VERBATIM, "itself", ("union",)),
        (UNLABELLED, "Never", ("veria",)),
        (UNLABELLED, "we", ("veria",)),
        # Whom a question names is whom the answer goes on about, where it is printed as given.
        (UNLABELLED, "He", ("ostland",)),
        # Where a report tells the answers, "she" is who answers.
        (TOLD, "She", ("veria",)),
        (TOLD, "she", ("veria",)),
    ],
)
def test_whose_an_answer_is(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


def test_an_answer_that_speaks_of_nobody_is_the_guests() -> None:
    found = meant(VERBATIM, "A")
    assert found is not None and found.person == "Ana Sorel"


def test_another_who_answers_under_a_name_is_not_the_guest() -> None:
    text = VERBATIM.replace("A: On Friday. I look forward to it.", "WEISS: No toll, no lock.")
    assert parties_meant(text, "lock") is None
    assert parties_meant(text, "No") is None


def test_two_questions_make_no_interview() -> None:
    text = ABOVE + "Will the toll come?\nNobody knows.\n\nIs the lock old?\nIt is. We cannot help that.\n"
    assert parties_meant(text, "Nobody") is None


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("RIVERMEN'S UNION\n\nThe toll must go. Our barges are poor.\n", "The", ("union",)),
        ("RIVERMEN'S UNION\n\nThe toll must go. Our barges are poor.\n", "Our", ("union",)),
        ("Hop Growers, Ltd.\n\nA toll would be the end. Veria agrees.\n", "A", ("growers",)),
        ("Hop Growers, Ltd.\n\nA toll would be the end. Veria agrees.\n", "Veria", ("veria",)),
        # A headline that speaks of a party is no letterhead.
        ("Rivermen's Union in Varn\n\nThe toll must go. Barges are poor.\n", "The", None),
    ],
)
def test_whose_paper_it_is(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("Chair Luis Prado opened the meeting. Veria was late. The Chair asked for a toll.", "Chair", ()),
        ("In the chair was Karl Weiss. Veria was late. The CHAIR asked for a toll.", "CHAIR", ("ostland",)),
        ("Karl Weiss chaired the session. Veria was late. The chair asked for a toll.", "chair", ("ostland",)),
    ],
)
def test_who_the_chair_is(text: str, word: str, parties: tuple[str, ...]) -> None:
    assert parties_meant(text, word) == parties


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("LUMA, for the RIVERMEN'S UNION, asked for a toll.", "LUMA", "LUMA"),
        ("South Luma, on behalf of the Union, asked for a toll.", "Luma", "South Luma"),
        ("Ana SOREL, for the Union, asked for a toll.", "SOREL", "Ana Sorel"),
    ],
)
def test_who_speaks_for_a_group(text: str, word: str, speaker: str) -> None:
    found = meant(text, word)
    assert found is not None and found.speaker == speaker


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("Veria asked for a reserve. Not a small one, either.", "Not", ("veria",)),
        ("Veria asked for a reserve. Barges would pay by weight.", "Barges", ("veria",)),
        ("Veria asked for a reserve. “No barge is free.”", "No", ("veria",)),
        # What is told as a fact is nobody's, nor what stands in another paragraph.
        ("Veria asked for a reserve. The lock was built in 1901.", "The", None),
        ("Veria asked for a reserve.\n\nBarges would pay by weight.", "Barges", None),
    ],
)
def test_who_carries_on(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("Veria and Ostland met. The former offered a toll. The latter refused.", "former", ("veria",)),
        ("Veria and Ostland met. The former offered a toll. The latter refused.", "latter", ("ostland",)),
        ("Veria met Ostland about dams and tolls. The latter is under review.", "latter", None),
    ],
)
def test_the_former_and_the_latter(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


def test_both_sides_are_those_whom_the_report_is_about() -> None:
    text = "Veria met Ostland. Ostland asked Veria for a toll. Veria refused Ostland. The Union and Hop Growers looked on. "
    assert parties_meant(text + "Both sides want a toll.", "sides") == ("ostland", "veria")
    assert parties_meant(text + "Both want a toll.", "Both") == ("growers", "union")


def test_three_governments_are_the_three_the_report_is_most_about() -> None:
    text = (
        "Hop Growers looked on. Veria, Ostland and the Union met. Veria spoke. Ostland spoke. The Union spoke. "
        "{} agreed on a toll. The toll pleased Veria, Ostland and the Union."
    )
    for phrase, word in [("The three delegations", "delegations"), ("All three sides", "sides")]:
        assert parties_meant(text.format(phrase), word) == ("ostland", "union", "veria")
    assert parties_meant("Veria and Ostland met. The three delegations agreed.", "delegations") is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A Verian newspaper printed the toll.", "Verian"),
        ("A diplomat from South Veria spoke of a toll.", "Veria"),
        ("Veria was silent. The European Union asked for a toll.", "Union"),
        ("Veria was silent. Delegates left the toll as they had found it.", "they"),
    ],
)
def test_who_is_not_spoken_of(text: str, word: str) -> None:
    assert parties_meant(text, word) is None
