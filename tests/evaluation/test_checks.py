"""A gold record's checks.yaml is read as it stands."""

from pathlib import Path

import pytest

from travaux.errors import EvaluationError
from travaux.evaluation.checks import read_checks

EXAMPLE = Path(__file__).parents[2] / "examples" / "example-guarantees"


def test_the_examples_checks():
    checks = read_checks(EXAMPLE)
    assert checks.given >= {"flags", "families", "shifts", "conflicts"}
    assert all(isinstance(entry["report"], str) for entry in checks.flags)
    assert all(len(family) >= 2 for family in checks.families)


def test_a_record_without_the_file_gives_nothing(tmp_path):
    assert not read_checks(tmp_path).given


def test_a_kind_that_is_given_and_empty_is_not_missing(tmp_path):
    (tmp_path / "checks.yaml").write_text("shifts: []\nfamilies: [[a.txt, b.txt]]\n")
    checks = read_checks(tmp_path)
    assert checks.given == {"shifts", "families"}
    assert checks.families == (("a.txt", "b.txt"),)
    assert checks.shifts == ()


def test_a_broken_file_names_its_line(tmp_path):
    (tmp_path / "checks.yaml").write_text("shifts: []\nflags: [\n")
    with pytest.raises(EvaluationError, match="checks.yaml"):
        read_checks(tmp_path)
