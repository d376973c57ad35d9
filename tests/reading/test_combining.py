"""One decision from grammar and encoder: what counts as a position, and that its act goes with its side."""

from __future__ import annotations

import pytest

from travaux.intake import receive_bytes
from travaux.model import Act, Agenda, Report, Stance, Via
from travaux.reading.combining import Decision, Thresholds, load_combination
from travaux.reading.evidence import act_under, evidence_of
from travaux.reading.local import LocalReader, combined, told_by_grammar, weighed
from travaux.reading.table_model import ACTS, VIAS, load_model, model_folder
from travaux.reading.weighing import Weighed

TEXT = "Norway rejects the quota cut, its minister said. Iceland wants observers on every trawler."


@pytest.fixture(scope="module")
def report() -> Report:
    return receive_bytes(TEXT.encode(), "herring.txt").report


def judged(party: str, option: str, sentence: int, probability: float) -> tuple[Weighed, Decision]:
    none = (1.0 - probability, probability, 0.0, 0.0)
    cell = Weighed(party, option, sentence, none, (0, 0, 0), (0.0,) * len(ACTS), (0.0,) * len(VIAS), -9.0, -9.0, None)
    return cell, Decision(Stance.FOR, probability, Act.SUPPORT, Via.NARRATOR, conditional=False, former=False)


def test_a_party_s_further_positions_and_those_beside_the_grammar_s_must_be_likelier(
    reader: LocalReader, agenda: Agenda, report: Report
) -> None:
    lines = reader.lines_of(report, agenda)
    cells = [
        judged("iceland", "observers", 1, 0.5), judged("iceland", "quota-cut", 1, 0.3), judged("norway", "arbitration", 1, 0.28),
        judged("iceland", "quota-cut", 0, 0.3), judged("norway", "observers", 0, 0.2),
    ]  # fmt: skip

    def told(further: float) -> set[tuple[str, str, str]]:
        found = combined(lines, cells, Thresholds(0.26, further), report)
        return {(s.party, s.option, s.quote) for s in found}

    first, second = (line.sentence.span.text for line in lines)
    sure = {("iceland", "observers", second), ("norway", "arbitration", second)}
    assert told(0.4) == sure
    assert told(0.26) == sure | {("iceland", "quota-cut", second), ("iceland", "quota-cut", first)}


def test_the_encoder_has_the_last_word_on_what_the_grammar_tells(
    reader: LocalReader, agenda: Agenda, report: Report
) -> None:
    lines = reader.lines_of(report, agenda)
    alone = {(s.party, s.option) for line in lines for s in told_by_grammar(line, report)}
    assert alone == {("norway", "quota-cut"), ("iceland", "observers")}
    assert list(combined(lines, [], Thresholds(0.26, 0.26), report)) == []


def test_an_act_goes_with_the_side_that_is_taken(reader: LocalReader, agenda: Agenda, report: Report) -> None:
    model = load_model(model_folder())
    assert model is not None
    lines = reader.lines_of(report, agenda)
    evidence = evidence_of(lines, weighed(model, lines, agenda, report))
    acts = load_combination(model_folder()).regressions["act"]
    assert evidence
    for one in evidence:
        for_, against, open_ = acts.probabilities([act_under(one, stance) for stance in Stance])
        assert against[ACTS.index("reject")] > max(for_[ACTS.index("reject")], open_[ACTS.index("reject")])
        assert open_[ACTS.index("consider")] > max(for_[ACTS.index("consider")], against[ACTS.index("consider")])
        assert for_[ACTS.index("support")] > against[ACTS.index("support")]


def test_what_ships_joins_grammar_and_encoder(agenda: Agenda, report: Report) -> None:
    read = LocalReader().read(report, agenda).statements
    assert {(s.party, s.option, s.stance, s.act) for s in read} == {
        ("norway", "quota-cut", Stance.AGAINST, Act.REJECT),
        ("iceland", "observers", Stance.FOR, Act.DEMAND),
    }
