"""A bounded run of every fuzz target, and everything that was ever found. `make fuzz MINUTES=30` runs them for long."""

import random
from pathlib import Path

import pytest
from fuzz_targets import TARGETS, mutated, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FOUND = sorted((Path(__file__).parent / "found").glob("*/*"))
TRIES = {"intake": 250, "bundle": 200, "manifest": 300, "agenda": 150, "layout": 400, "web": 300, "incoming": 60}


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_are_taken(target):
    assert seeds(target)
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.filterwarnings("ignore")  # what libraries warn of in broken files is not ours
@pytest.mark.parametrize("target", TARGETS)
def test_a_bounded_run(target):
    chance, begun = random.Random(target), seeds(target)
    for _ in range(TRIES[target]):
        TARGETS[target](mutated(chance.choice(begun), begun, chance))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("target", ["intake", "manifest", "agenda", "layout", "web"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_and_any_bytes(target, data):
    given = data.draw(
        st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
    TARGETS[target](given)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file", FOUND, ids=[f"{one.parent.name}-{one.name}" for one in FOUND])
def test_what_was_found_stays_mended(file):
    TARGETS[file.parent.name](file.read_bytes())
