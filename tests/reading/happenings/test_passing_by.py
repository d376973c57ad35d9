"""A sentence without any word of incidents or casualties is passed by, and none is lost by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from travaux.reading.happenings.casualties import casualty_of, casualty_words
from travaux.reading.happenings.incident_forms import form_of, may_tell_of_incident
from travaux.reading.parse import lower_words, parsed

HERE = Path(__file__).parent
WIRES = HERE.parents[2] / "training" / "passages" / "wire-security.jsonl"


def exercises() -> list[str]:
    """The texts of every exercise on incidents."""
    cases = [case for path in sorted(HERE.glob("incidents_*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    return [text for case in cases for text in case.get("texts", [case.get("text")])]


def wires() -> list[str]:
    """News from wars and truces."""
    return [json.loads(line)["passage"] for line in WIRES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("texts", [exercises(), wires()], ids=["exercises", "wires"])
def test_what_is_passed_by_holds_no_incident(texts: list[str]) -> None:
    passed = found = 0
    for doc in parsed(texts):
        for sentence in doc.sents:
            words = frozenset(lower_words(sentence))
            incidents = [token for token in sentence if form_of(token) is not None]
            counted = [token for token in sentence if casualty_of(token) is not None]
            assert may_tell_of_incident(words) or not incidents, sentence.text
            assert not words.isdisjoint(casualty_words()) or not counted, sentence.text
            passed += not may_tell_of_incident(words)
            found += len(incidents)
    assert passed and found
