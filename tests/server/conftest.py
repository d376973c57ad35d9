"""A small record, served."""

from dataclasses import replace

import pytest
from served import serving
from small_record import make_small_record
from team_browser import PEOPLE

from travaux.server.limits import Delays
from travaux.server.people import People, save_people
from travaux.server.team import Team


@pytest.fixture
def folder(tmp_path):
    return make_small_record(tmp_path / "talks")


@pytest.fixture
def served(folder):
    with serving(folder) as at:
        yield at


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory):
    """The same for tests that only look: made once a module."""
    folder = make_small_record(tmp_path_factory.mktemp("looked") / "talks")
    with serving(folder) as at:
        yield at


@pytest.fixture
def users(tmp_path):
    file = tmp_path / "users.yaml"
    save_people(file, PEOPLE)
    return file


@pytest.fixture
def team(users):
    # The clock of attempts stands still, so that no test hangs on how fast the machine is.
    return replace(Team.of(People(users)), delays=Delays(lambda: 0.0))


@pytest.fixture
def at(folder, team):
    with serving(folder, team=team) as served:
        yield served
