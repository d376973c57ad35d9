"""Whom "he", "it", "they" and "both sides" mean: persons and things apart, one and many, the subject above all."""

from __future__ import annotations

import pytest
from lock_at_varn import AGENDA, meant, parties_meant

from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader
from travaux.reading.weighing import spoken_in


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        # Who holds an office is a "he", though nobody names him, and no "it".
        ("Ostland's chief negotiator arrived on Monday. He rejected a toll.", "He", ("ostland",)),
        ("The Ostlandic envoy told the Union that Veria was ready. It rejected a toll.", "It", ("veria",)),
        ("An Ostlandic diplomat met Ana Sorel. He rejected a toll.", "He", ("ostland",)),
        ("Veria sent for the Ostlandic envoy. He hesitated. It would pay a toll.", "It", ("veria",)),
        ("Veria heard the Ostlandic envoy. He hesitated. He would pay a toll.", "He", ("ostland",)),
        # Officials are no "it"; a party is.
        ("Verian officials said that Ostland was ready. It would pay a toll.", "It", ("ostland",)),
        ("Verian officials said that Ostland was ready. They would pay a toll.", "They", ("veria",)),
        # The subject of the clause above, before what stands nearer.
        ("Veria, a neighbour of Ostland, has let it be known that it opposes a toll.", "it", ("veria",)),
        ("Veria informed the Union and Ostland that it rejected a toll.", "it", ("veria",)),
        # "It is open to" speaks of somebody, "it is clear that" of nobody.
        ("Ostland wants no delay. It is open to a toll.", "It", ("ostland",)),
        ("Ostland wants no delay. It is clear that a toll will come.", "It", None),
        # What is rejected, judged or let be is a thing; who is asked is somebody.
        ("Veria met Ostland. The Union rejected it.", "it", None),
        ("Veria met Ostland. The Union finds it elegant.", "it", None),
        ("Veria met Ostland. The Union will let it lapse.", "it", None),
        ("Veria met Ostland. The Union saw no sense in it.", "it", None),
        ("Veria met the Verian envoys. The Union rejected them.", "them", None),
        ("Veria waited for Ostland. The Union urged it to pay a toll.", "it", ("veria",)),
        # Two, by their number.
        ("Veria spoke first, then Ostland. Both nations want a toll.", "nations", ("ostland", "veria")),
        ("Veria spoke first, then Ostland. Neither will pay a toll.", "Neither", ("ostland", "veria")),
        ("Veria spoke first, then Ostland. The two camps want a toll.", "camps", ("ostland", "veria")),
        ("Veria and Ostland met. The Union said that both governments want a toll.", "governments", ("ostland", "veria")),
        ("Veria spoke first, then Ostland. Both governments of the south want a toll.", "governments", None),
    ],
)  # fmt: skip
def test_whom_it_means(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Ostland's embassy in Varn was shut. Its spokesman rejected a toll.", "spokesman", "spokesman of Ostland's embassy in Varn"),
        ("Veria's embassy in Brenn was shut. Its spokesman rejected a toll.", "spokesman", "spokesman of Veria's embassy in Brenn"),
        ("07:45 Ostland's embassy in Varn was shut. Its spokesman rejected a toll.", "spokesman", "spokesman of Ostland's embassy in Varn"),
        ("Ana Sorel was abroad. Her spokesman rejected a toll.", "spokesman", "Tom Hale"),
        ("Ostland's envoy in Varn, Karl Weiss, said he rejected a toll.", "he", "Karl Weiss"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, word: str, speaker: str) -> None:
    found = meant(text, word)
    assert found is not None and found.speaker == speaker


def test_another_partys_colleague_has_a_mark_of_his_own() -> None:
    report = receive_bytes(b"The Verian envoy left. His Ostlandic colleague rejected a toll.", "a.txt").report
    line = LocalReader(encoder=False).lines_of(report, AGENDA)[1]
    places = list(spoken_in(line.sentence, line.mentions, ["veria", "ostland"], 1))
    text = line.sentence.span.text
    assert [(text[place.start : place.end], place.party) for place in places] == [("His", 0), ("colleague", 1)]


@pytest.mark.parametrize("dateline", ["BRENN — ", "BRENN - ", "BRENN (Reuters) – ", "BRENN, May 3 — "])
def test_where_a_report_was_sent_from_owns_nobody(dateline: str) -> None:
    found = meant(f"{dateline}Ana Sorel came with a toll in her luggage.", "Sorel")
    assert found is not None and (found.parties, found.speaker) == (("veria",), "Ana Sorel")
    assert meant(f"{dateline}Ana Sorel came with a toll in her luggage.", "BRENN") is None


def test_a_party_that_labels_its_line_is_spoken_of() -> None:
    assert meant("OSTLAND — No toll at the lock.", "OSTLAND") is not None
