"""Grammar and encoder together: evidence stays exact, readings repeat, and the shipped files fit one another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.agenda import load_agenda
from travaux.errors import ReadingError
from travaux.intake import Received, receive_bytes, receive_files
from travaux.model import Act, Agenda, Report, Stance, Via
from travaux.reading import parse
from travaux.reading.combining import CLASSES, Combination, Regression, Thresholds, load_combination
from travaux.reading.evidence import CEILING, FEATURES, RIVALS, Evidence, beside_rivals, cut
from travaux.reading.local import AHEAD, LocalReader
from travaux.reading.table_model import (
    ACTS,
    SENTENCE_MARKER,
    STANCES,
    VIAS,
    Mention,
    build_prompt,
    load_model,
    model_folder,
    option_text,
)
from travaux.reading.windows import LONGEST_CONTEXT, LONGEST_WINDOW, windows

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"


def test_the_models_ship_and_are_small() -> None:
    for name in ("encoder.onnx", "positions.onnx", "tagger.onnx", "happenings.onnx"):
        assert (model_folder() / name).stat().st_size < 30_000_000
    card = json.loads((model_folder() / "positions.json").read_text("utf-8"))
    assert (card["stances"], card["acts"], card["vias"]) == (list(STANCES), list(ACTS), list(VIAS))
    assert load_model(model_folder()) is not None


def test_a_folder_without_a_model_has_none(tmp_path: Path) -> None:
    assert load_model(tmp_path) is None


def test_the_weights_fit_the_features_and_the_model() -> None:
    combination = load_combination(model_folder())
    for question, classes in CLASSES.items():
        assert combination.regressions[question].weights.shape == (len(classes), len(FEATURES[question]))
    assert 0 < combination.thresholds.first <= combination.thresholds.further < 1
    raw = json.loads((model_folder() / "combination.json").read_text("utf-8"))
    assert raw["decoder_sha256"] == hashlib.sha256((model_folder() / "positions.onnx").read_bytes()).hexdigest()


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    raw = json.loads((model_folder() / "combination.json").read_text("utf-8"))
    raw["regressions"]["via"]["features"].reverse()
    (tmp_path / "combination.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ValueError, match="does not fit"):
        load_combination(tmp_path)


def test_a_decision_is_the_likeliest_answer_to_each_question() -> None:
    def certain(question: str, answer: int) -> Regression:
        classes = CLASSES[question]
        width = {"stands": len(FEATURES["stands"]), "act": 1 + len(STANCES[1:])}.get(question, 1)
        return Regression(np.zeros((len(classes), width)), np.array([9.0 * (n == answer) for n in range(len(classes))]))

    wanted = {"position": 2, "act": 5, "via": 3, "conditional": 1, "former": 0, "stands": 1}
    regressions = {name: certain(name, answer) for name, answer in wanted.items()}
    evidence = [Evidence((0.0,), (0.0,), (0.0,), (0.0,), (0.0,), ((),) * len(RIVALS))]
    combination = Combination(regressions, Thresholds(0.5, 0.5))
    (decision,) = combination.decide(evidence)
    assert (decision.stance, decision.act, decision.via) == (Stance.AGAINST, Act.REJECT, Via.ANONYMOUS)
    assert decision.probability > 0.99
    assert decision.conditional
    assert not decision.former
    assert combination.decide([]) == []
    (careful,) = Combination(regressions, Thresholds(0.5, 0.5), {"conditional": 0.9999}).decide(evidence)
    assert not careful.conditional


cells = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 2), st.floats(-20, 20)),
    unique_by=lambda cell: cell[:3],
    max_size=18,
)


@given(cells)
def test_a_second_look_compares_each_cell_with_its_own_rivals_alone(cells: list[tuple[str, str, int, float]]) -> None:
    def groups(party: str, option: str, sentence: int) -> tuple[tuple[object, ...], ...]:
        return (party, sentence), (option, sentence), (party, option)

    rows = beside_rivals([Evidence((), (), (), (), (), groups(*cell[:3])) for cell in cells], [c[3] for c in cells])
    assert {len(row) for row in rows} <= {len(FEATURES["stands"])}
    for cell, (odds, *beside) in zip(cells, rows, strict=True):
        assert odds == cut(cell[3])
        for kind in range(len(RIVALS)):
            likelier, lead, expected = beside[3 * kind : 3 * kind + 3]
            rivals = [
                cut(other[3]) for other in cells
                if other is not cell and groups(*other[:3])[kind] == groups(*cell[:3])[kind]
            ]  # fmt: skip
            assert likelier == sum(rival > odds for rival in rivals)
            assert lead == (cut(odds - max(rivals)) if rivals else CEILING)
            assert 0 <= expected <= len(rivals)


words = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po", "Zs")), min_size=1, max_size=60)


@given(st.lists(words, min_size=1, max_size=5), st.data())
def test_a_prompt_keeps_every_token_with_its_place_in_the_sentence(sentences: list[str], data: st.DataObject) -> None:
    model = load_model(model_folder())
    assert model is not None
    mentions = []
    for number, sentence in enumerate(sentences):
        start = data.draw(st.integers(0, len(sentence) - 1))
        mentions.append(Mention(number, start, len(sentence), number))
    prompt = build_prompt(model.tokenizer, sentences, mentions)
    assert [prompt.ids[place] for place in prompt.sentence_index] == [SENTENCE_MARKER] * len(sentences)
    assert [party for party in prompt.token_party if party >= 0] == list(range(len(sentences)))
    for owner, (start, end) in zip(prompt.token_sentence, prompt.spans, strict=True):
        assert (owner < 0 and end == 0) or 0 <= start <= end <= len(sentences[owner])
    ends = [end for _, end in prompt.spans]
    assert all(end >= 0 for end in ends)


def test_what_does_not_fit_is_cut_off_at_the_end() -> None:
    model = load_model(model_folder())
    assert model is not None
    prompt = build_prompt(model.tokenizer, ["word " * 300, "word " * 300, "more"], [])
    assert len(prompt.sentence_index) == 2
    assert len(prompt.ids) == len(prompt.token_sentence) == len(prompt.spans) == 512
    option = model.side_by_side(["An option"])
    assert model.predict(1, option, ["word " * 600], [Mention(0, 0, 4, 0)]).stance.shape == (1, 1, 1, 4)
    with pytest.raises(ValueError, match="1 to 24"):
        model.predict(0, option, ["word"], [])


def test_long_sentences_are_read_in_windows_of_their_own(agenda: Agenda) -> None:
    long = "Norway, which has " + "a very long coast and " * 60 + "many boats, wants a smaller quota."
    report = receive_bytes(f"{long} Iceland rejects it. {long} Iceland rejects it.".encode(), "long.txt").report
    reader = LocalReader()
    sentences = [line.sentence for line in reader.lines_of(report, agenda)]
    found = list(windows(sentences))
    assert [at for _, at, _ in found] == [0, *[high for _, _, high in found[:-1]]]
    assert found[-1][2] == len(sentences)
    assert all(
        sentences[high - 1].end - sentences[at].start <= LONGEST_WINDOW or high - at == 1 for _, at, high in found
    )
    assert all(sentences[at - 1].end - sentences[low].start <= LONGEST_CONTEXT for low, at, _ in found if low < at)
    assert {at - low for low, at, _ in found} == {0, 1}, "a sentence too long is not read for context"
    assert all(report.text[s.start : s.end] == s.quote for s in reader.read(report, agenda).statements)


def test_a_window_is_judged_the_same_in_whatever_order_options_and_parties_stand() -> None:
    model = load_model(model_folder())
    assert model is not None
    sentences = ["Norland demanded a ceasefire.", "Sudland refused to open the port."]
    mentions = [Mention(0, 0, 7, 0), Mention(1, 0, 7, 1)]
    options = [option_text("A ceasefire is agreed", ["truce"]), "The port is opened", "Prisoners are exchanged"]
    one = model.predict(2, model.side_by_side(options), sentences, mentions)
    other = model.predict(2, model.side_by_side(options[::-1]), sentences, mentions)
    assert one.stance.shape == (2, 3, 2, 4)
    assert one.tokens.shape == (len(one.prompt.ids), 8)
    np.testing.assert_allclose(one.sentence_probabilities(), other.sentence_probabilities()[:, ::-1], atol=0.05)


def test_sentences_read_for_context_are_not_asked_about() -> None:
    model = load_model(model_folder())
    assert model is not None
    sentences = ["Norland demanded a ceasefire.", "Sudland refused to open the port.", "It would not hear of a truce."]
    mentions = [Mention(0, 0, 7, 0), Mention(1, 0, 7, 1), Mention(2, 0, 2, 1)]
    options = model.side_by_side(["A ceasefire is agreed", "The port is opened"])
    whole = model.predict(2, options, sentences, mentions)
    for first in range(len(sentences)):
        own = model.predict(2, options, sentences, mentions, first)
        assert own.stance.shape == (2, 2, len(sentences) - first, 4)
        assert own.topic.shape == (len(sentences) - first, 2, 3)
        # The decoder rounds its activations together, so that fewer of them round a little otherwise.
        np.testing.assert_allclose(
            own.sentence_probabilities(), whole.sentence_probabilities()[:, :, first:], atol=0.05
        )
    with pytest.raises(ValueError, match="a sentence"):
        model.predict(2, options, sentences, mentions, len(sentences))


def test_an_option_is_judged_the_same_beside_longer_ones() -> None:
    model = load_model(model_folder())
    assert model is not None
    sentences, mentions = ["Norland demanded a ceasefire."], [Mention(0, 0, 7, 0)]
    short, long = "A ceasefire is agreed", option_text("The port is opened", ["harbour, quays and cranes"] * 6)
    beside = model.side_by_side([short, long])
    own = model.option(short)[1]
    assert beside["mask"].sum(axis=1).tolist() == [len(own), len(model.option(long)[1])]
    told = np.concatenate([beside[name] for name in ("compared", "keys", "inner")], axis=-1)
    np.testing.assert_array_equal(told[0, : len(own)], own)
    assert not told[0, len(own) :].any()
    alone = model.predict(1, model.side_by_side([short]), sentences, mentions).sentence_probabilities()[:, 0]
    np.testing.assert_allclose(
        alone, model.predict(1, beside, sentences, mentions).sentence_probabilities()[:, 0], atol=0.05
    )


def test_a_report_is_read_the_same_twice_with_exact_evidence() -> None:
    agenda = load_agenda(EXAMPLE / "agenda.yaml")
    report = next(
        found.report
        for found in receive_files([EXAMPLE])
        if isinstance(found, Received) and found.report.name.startswith("02")
    )
    reading = LocalReader().read(report, agenda)
    assert reading.statements
    assert LocalReader().read(report, agenda) == reading
    for statement in reading.statements:
        assert report.text[statement.start : statement.end] == statement.quote
        assert statement.confidence is None or 0 <= statement.confidence <= 1
        assert (statement.via_name is None) == (statement.via in {Via.SPEAKER, Via.NARRATOR})
        assert {"option", "stance", "via"} <= {reason.step for reason in statement.reasons}


def test_reader_names_its_models() -> None:
    fingerprint = LocalReader().fingerprint()
    assert len(fingerprint["encoder"]) == 64
    assert LocalReader(encoder=False).fingerprint()["encoder"] == "none"


def test_lexicons_and_models_are_package_data() -> None:
    folder = files("travaux.reading")
    assert (folder / "lexicon" / "cues.toml").is_file()
    assert (folder / "models" / "tokenizer.json").is_file()


def test_the_model_card_describes_the_files_that_ship() -> None:
    card = (Path(__file__).resolve().parents[2] / "training" / "MODEL_CARD.md").read_text("utf-8")
    for name in (
        "encoder.onnx",
        "positions.onnx",
        "tagger.onnx",
        "happenings.onnx",
        "positions.json",
        "combination.json",
        "happenings.json",
        "tokenizer.json",
    ):
        file = model_folder() / name
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"| {name} | {file.stat().st_size} | {digest} |" in card


class TestReadingAhead:
    """A reader that knows what comes next parses it while the encoder reads; nothing else about a reading changes."""

    def reports(self) -> list[Report]:
        return [found.report for found in receive_files([EXAMPLE]) if isinstance(found, Received)][:4]

    def test_readings_are_the_same_in_turn_out_of_turn_and_unannounced(self) -> None:
        agenda, reports = load_agenda(EXAMPLE / "agenda.yaml"), self.reports()
        alone = [LocalReader().read(report, agenda) for report in reports]
        ahead = LocalReader()
        ahead.read_ahead(iter(reports), agenda)
        assert [ahead.read(report, agenda) for report in reports] == alone
        ahead.read_ahead(iter(reports), agenda)
        order = [2, 0, 3, 1, 0]
        assert [ahead.read(reports[place], agenda) for place in order] == [alone[place] for place in order]

    def test_the_next_reports_are_begun_before_this_one_is_done(self) -> None:
        agenda, reports = load_agenda(EXAMPLE / "agenda.yaml"), self.reports()
        given: list[str] = []

        def coming() -> Iterator[Report]:
            for report in reports:
                given.append(report.name)
                yield report

        reader = LocalReader()
        reader.read_ahead(coming(), agenda)
        assert len(given) == AHEAD
        reader.read(reports[0], agenda)
        assert len(given) == AHEAD + 1

    def test_a_report_that_cannot_be_read_fails_in_its_own_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        agenda, reports = load_agenda(EXAMPLE / "agenda.yaml"), self.reports()
        alone = [LocalReader().read(report, agenda) for report in reports]
        monkeypatch.setattr(parse, "LONGEST_REPORT", 100_000)
        text = "\n\n".join(f"Nobody agreed to point {number} of the plan on Monday." for number in range(4_000))
        long = receive_bytes(text.encode(), "long.txt").report
        sequence = [reports[0], long, reports[1]]
        reader = LocalReader()
        reader.read_ahead(iter(sequence), agenda)
        assert reader.read(reports[0], agenda) == alone[0]
        with pytest.raises(ReadingError, match="too long"):
            reader.read(long, agenda)
        assert reader.read(reports[1], agenda) == alone[1]

    def test_a_next_report_that_cannot_be_had_is_no_fault_of_this_one(self) -> None:
        agenda, reports = load_agenda(EXAMPLE / "agenda.yaml"), self.reports()

        def coming() -> Iterator[Report]:
            yield reports[0]
            raise OSError("the disk is gone")

        alone, ahead = LocalReader(), LocalReader()
        ahead.read_ahead(coming(), agenda)
        for report in reports[:2]:
            assert ahead.read(report, agenda) == alone.read(report, agenda)

    def test_reports_in_languages_it_does_not_read_are_passed_over(self) -> None:
        agenda, reports = load_agenda(EXAMPLE / "agenda.yaml"), self.reports()
        german = replace(reports[0], id="german", language="de")
        reader = LocalReader()
        reader.read_ahead(iter([german, reports[1]]), agenda)
        assert [begun.report for begun in reader.ahead] == [reports[1]]
