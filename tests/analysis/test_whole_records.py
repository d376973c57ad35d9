"""Conflicts between reports that were written apart from each other, each read as a whole with its record."""

import pytest
from whole_records import SETS, records, score_record

# Right, missed and spurious. Read for the first time, the first records gave 1, 14 and 1 by the rules that stood before. The second ones,
# read once the rules that the first asked for stood, gave 7, 8 and 3, where the rules before would have given 1, 14 and 3, and the third
# ones after them 6, 1 and 2. Two of what was found and not expected (a dinner that was and was not, closures agreed to and not) was right
# and is expected since; of the first ones two expectations that the texts did not bear out were corrected.
# Those on facts that are told in other words gave 1, 20 and 0 by the rules that stood before; once there were rules for them, the second
# ones gave 4, 14 and 6 at their first reading, the third ones 7, 12 and 5, the fourth ones 5, 6 and 2, each after the ones before had
# been put right. Two expectations of the second ones that their texts did not bear out were taken out, and one corrected.
FLOORS = {
    "records": (16, 0, 0),
    "records_once_more": (15, 1, 1),
    "records_third": (6, 1, 0),
    "records_facts": (14, 7, 2),
    "records_facts_once_more": (10, 8, 1),
    "records_facts_third": (10, 9, 1),
    "records_facts_fourth": (5, 6, 0),
}


@pytest.fixture(scope="module")
def scores():
    return {name: [score_record(record) for record in records(name)] for name in SETS}


@pytest.mark.parametrize("name", SETS)
def test_the_figures_are_those_pinned(name, scores):
    right, missed, spurious = (
        sum(counts[what] for counts, _ in scores[name]) for what in ("right", "missed", "spurious")
    )
    assert right >= FLOORS[name][0]
    assert missed <= FLOORS[name][1]
    assert spurious <= FLOORS[name][2]


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_found_in_records_without_a_conflict(name, scores):
    quiet = [lines for record, (_, lines) in zip(records(name), scores[name], strict=True) if not record["conflicts"]]
    assert quiet
    assert not any(quiet)
