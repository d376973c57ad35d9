"""Likeness in order, and words of like meaning."""

from __future__ import annotations

import random
import tomllib

import numpy as np
import pytest

from travaux.intake import layout_blocks
from travaux.model import Report
from travaux.provenance.kindred import KINDRED, kin_of
from travaux.provenance.likeness import MOST_SENTENCES, laid_out, likeness_of
from travaux.provenance.telling import Weights, stem_id, telling_of
from travaux.provenance.wording import Vocabulary, wording_of

SENTENCES = [
    f"{who} {what} the {thing} at {place}."
    for who, what, thing, place in (
        ("Ottla", "unlocked", "granary", "Skarn"),
        ("Pavo", "repaired", "turbine", "Halden"),
        ("Mika", "borrowed", "telescope", "Wexcombe"),
        ("Jonna", "painted", "lighthouse", "Birkett"),
        ("Emil", "hauled", "anchor", "Dunmore"),
        ("Ilse", "measured", "glacier", "Tessin"),
        ("Rui", "forged", "signet", "Oberlau"),
        ("Helle", "tuned", "harpsichord", "Ostheim"),
        ("Aldo", "weeded", "orchard", "Holmsund"),
        ("Greta", "embroidered", "tapestry", "Werda"),
        ("Ansel", "varnished", "schooner", "Linfirth"),
        ("Noor", "catalogued", "beetle", "Montessa"),
    )
]


def laid(*texts):
    """Texts, laid out for comparison as if they were a record of their own."""
    reports = [Report(text[:9], "a", "", "text/plain", "utf-8", text, layout_blocks(text)) for text in texts]
    tellings = [telling_of(report, wording_of(report, Vocabulary())) for report in reports]
    stems, counts = np.unique(np.concatenate([telling.distinct for telling in tellings]), return_counts=True)
    return [laid_out(telling, Weights(stems, counts, len(texts), None)) for telling in tellings]


def retold(order):
    """The sentences in some order, each with another opening, so that none stands to the letter."""
    return " ".join(f"Meanwhile hereabouts {SENTENCES[place]}" for place in order)


def test_order_is_what_counts():
    straight = likeness_of(*laid(" ".join(SENTENCES), retold(range(12))))
    mixed = likeness_of(*laid(" ".join(SENTENCES), retold([7, 2, 10, 5, 0, 9, 3, 11, 6, 1, 8, 4])))
    assert straight.beyond_chance > 0.5 and straight.told > 0.8
    assert mixed.beyond_chance < 0.1


def test_either_report_may_be_given_first():
    one, other = laid(" ".join(SENTENCES), retold([0, 2, 3, 5, 6, 9]))
    assert likeness_of(one, other) == likeness_of(other, one)
    assert likeness_of(one, other).beyond_chance > 0.3


def test_sentences_that_both_have_to_the_letter_are_left_out():
    one, other = laid(" ".join(SENTENCES), " ".join(SENTENCES))
    assert likeness_of(one, other).told == 0


def test_what_is_repeated_counts_once():
    once, twice, _ = laid(retold(range(12)), retold([*range(12), 0]), " ".join(SENTENCES))
    assert once.told == twice.told and (once.holds == twice.holds).all()


def test_nothing_is_like_nothing():
    for one, other in (laid("", retold(range(3))), laid("", ""), laid("The and of.", retold(range(3)))):
        assert likeness_of(one, other).beyond_chance == 0


def test_words_thrown_together_are_not_alike():
    dice = random.Random(3)
    words = ["".join(dice.choices("bdfgklmnprst", k=4)) + "a" for _ in range(2_000)]
    texts = [" ".join(" ".join(dice.choices(words, k=20)).capitalize() + "." for _ in range(6)) for _ in range(40)]
    held = laid(*texts)
    assert max(likeness_of(one, other).beyond_chance for one in held[:10] for other in held[10:]) < 0.11


def test_very_long_reports_are_compared_from_their_start():
    lines = [f"Delegate{number} questioned paragraph{number} repeatedly." for number in range(MOST_SENTENCES + 50)]
    (one,) = laid(" ".join(lines))
    assert one.holds.shape[0] == len(one.told) == len(one.extent) == MOST_SENTENCES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("walkouts", "stoppage"),
        ("relinquished", "abandon"),
        ("envoys", "delegates"),
        ("lorries", "trucks"),
        ("tripled", "threefold"),
    ],
)
def test_words_of_like_meaning_are_kin_with_any_ending(one, other):
    stems = np.unique(np.array([stem_id(one)], dtype=np.uint32))
    of, kin = kin_of(stems)
    assert stem_id(other) in kin.tolist() and set(of.tolist()) == {0}


def test_rows_of_kin_have_words_to_compare():
    rows = [row.split() for rows in tomllib.loads(KINDRED.read_text(encoding="utf-8")).values() for row in rows]
    assert all(len(set(row)) == len(row) > 1 for row in rows)
    assert len({frozenset(row) for row in rows}) == len(rows)
