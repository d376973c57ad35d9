"""Whom "I" and "we" mean: who is quoted, before and behind the quotation, whose label a line has, who wrote the whole."""

from __future__ import annotations

import pytest
from lock_at_varn import parties_meant


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        # Who tells it may stand behind it, and be named nowhere before.
        ("Ostland was silent. “We will pay no toll,” Ana Sorel said.", "We", ("veria",)),
        ('Ostland was silent. "We will pay no toll," said the Verian spokeswoman.', "We", ("veria",)),
        ("Ana Sorel was in Brenn. “Our barges are free,” the Ostlandic envoy replied.", "Our", ("ostland",)),
        # Whom the quotation speaks of is somebody else.
        ("“Ostland wants us to pay a toll,” Ana Sorel said.", "us", ("veria",)),
        ("Karl Weiss told parliament that Veria had not asked. “I would refuse,” he added.", "I", ("ostland",)),
        # The sentence that ends it may tell whose it is.
        ("Karl Weiss arrived. “We want no toll. It would ruin the river,” Ana Sorel said.", "We", ("veria",)),
        ("“We want no toll,” Ana Sorel said. “We never did.”", "We", ("veria",)),
        # A colon before it.
        ("The Union on the toll: “We will pay it.”", "We", ("union",)),
        ("Ms SOREL: Ostland is late. We are ready for a toll.", "We", ("veria",)),
        # No quotation marks, but who says so.
        ("Veria listened. We welcome a toll, the Ostlandic envoy declared.", "We", ("ostland",)),
        # A statement in its author's own words speaks of its author first.
        ("Statement by the Union. Veria asks a toll of every barge. We shall not pay it.", "We", ("union",)),
        # Whoever wrote a report is told things, and is nobody here.
        ("Veria is for a toll. The Ostlandic envoy told us that it would be paid.", "us", None),
    ],
)
def test_whom_a_first_person_means(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = "Ana Sorel said: “We want no toll.\n\nOstland is for a toll. The Union told us so."
    assert parties_meant(text, "We") == ("veria",)
    assert parties_meant(text, "us") is None
