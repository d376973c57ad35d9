"""How far a statement is from its owner's mouth."""

import pytest

from travaux.analysis import Distance, distance_of
from travaux.analysis.hearsay import nearest
from travaux.model import Act, Stance, Statement, Via


def statement(quote, via=Via.SPEAKER):
    return Statement("s", "a.txt", "r", 0, len(quote), quote, "north", "ferry", Stance.FOR, Act.STATE, via=via)


@pytest.mark.parametrize(
    ("quote", "via", "distance"),
    [
        ("“We want the ferry,” the premier said.", Via.SPEAKER, "own words"),
        ('The premier said: "We want the ferry"', Via.SPEAKER, "own words"),
        ("and nothing but the ferry”, he said.", Via.SPEAKER, "own words"),
        ("The premier said that he wanted the ferry.", Via.SPEAKER, "paraphrased"),
        ("The premier wants an “Article 5-like” pact.", Via.SPEAKER, "paraphrased"),
        ("The north wants the ferry.", Via.NARRATOR, "report's account"),
        ("The envoy said the north wants “the ferry and no bridge”.", Via.OTHER, "relayed"),
        ("An official said “the north wants the ferry”.", Via.ANONYMOUS, "anonymous"),
    ],
)
def test_distance(quote, via, distance):
    assert distance_of(statement(quote, via)) == distance


def test_the_nearest_counts_for_a_position():
    ones = [statement("x", via) for via in (Via.ANONYMOUS, Via.OTHER, Via.NARRATOR)]
    assert nearest(ones) is Distance.REPORT
    assert nearest([]) is None
