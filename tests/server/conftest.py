"""A small record, served."""

import pytest
from served import serving
from small_record import make_small_record


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
