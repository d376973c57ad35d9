"""Grammar and encoder together: evidence stays exact, readings repeat, and the shipped files fit one another."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from travaux.agenda import load_agenda
from travaux.intake import Received, receive_files
from travaux.model import Agenda, Via
from travaux.reading.combining import FEATURES, shipped_combination
from travaux.reading.local import LocalReader
from travaux.reading.table_model import ACTS, STANCES, VIAS
from travaux.reading.weighing import OPTIONS_AT_A_TIME, chunks, model_folder, shipped_model

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"


def test_the_encoder_ships_and_is_small() -> None:
    model = model_folder() / "positions.onnx"
    assert model.stat().st_size < 30_000_000
    card = json.loads((model_folder() / "positions.json").read_text("utf-8"))
    assert (card["stances"], card["acts"], card["vias"]) == (list(STANCES), list(ACTS), list(VIAS))
    assert shipped_model() is not None


def test_the_weights_fit_the_features() -> None:
    combination = shipped_combination()
    assert combination.weights.shape == (4, len(FEATURES))
    assert 0 < combination.threshold < 1
    raw = json.loads((model_folder() / "combination.json").read_text("utf-8"))
    assert raw["encoder_sha256"] == hashlib.sha256((model_folder() / "positions.onnx").read_bytes()).hexdigest()


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


def test_options_are_cut_evenly(agenda: Agenda) -> None:
    options = agenda.options * 5
    parts = list(chunks(options))
    assert [option for part in parts for option in part] == list(options)
    assert max(map(len, parts)) <= OPTIONS_AT_A_TIME
    assert max(map(len, parts)) - min(map(len, parts)) <= 2


def test_lexicons_and_models_are_package_data() -> None:
    folder = files("travaux.reading")
    assert (folder / "lexicon" / "cues.toml").is_file()
    assert (folder / "models" / "tokenizer.json").is_file()


def test_the_model_card_describes_the_files_that_ship() -> None:
    card = (Path(__file__).resolve().parents[2] / "training" / "MODEL_CARD.md").read_text("utf-8")
    for name in ("positions.onnx", "positions.json", "tokenizer.json"):
        file = model_folder() / name
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"| {name} | {file.stat().st_size} | {digest} |" in card
