"""Incidents of all sorts, and figures of speech that are none, read from short texts; see ``incidents_developed.yaml``."""

import pytest
from happening_exercises import cases, figures_of, score_case

# Right, missed and spurious. What the held-out and the fresh ones showed at their first reading stands in docs/across.md.
FLOORS = {
    "incidents_developed": (58, 0, 0),
    "incidents_held_out": (28, 0, 1),
    "incidents_fresh": (19, 1, 0),
    "incidents_shapes": (56, 3, 2),
    "incidents_second": (32, 2, 0),
    "incidents_settings": (35, 5, 1),
    "incidents_settings_second": (14, 6, 0),
    "incidents_settings_third": (18, 2, 0),
}


def test_no_name_stands_twice():
    names = [case["name"] for half in FLOORS for case in cases(half)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("half", FLOORS)
def test_the_figures_are_those_pinned(half):
    right, missed, spurious = figures_of(half)["incidents"]
    assert right >= FLOORS[half][0]
    assert missed <= FLOORS[half][1]
    assert spurious <= FLOORS[half][2]


@pytest.mark.parametrize(
    "case",
    [case for half in FLOORS for case in cases(half) if not case["incidents"]],
    ids=lambda case: case["name"],
)
def test_no_figure_of_speech_is_an_incident(case):
    assert score_case(case)[1] == []
