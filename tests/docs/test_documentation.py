"""Documentation is tested: what is generated is as generated, and everything a user can name is documented."""

import ast
import re
from pathlib import Path

import pytest
from program_files import loaded

import travaux
from travaux.cli.root import COMMANDS
from travaux.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generate():
    return loaded(ROOT / "docs" / "generate.py")


def test_the_reference_of_commands_is_as_generated(generate):
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == generate.reference(), "make docs"


def test_the_tables_of_formats_and_events_are_as_generated(generate):
    text = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    assert generate.exchange(text) == text, "make docs"
    assert "| `dna` |" in text


def test_the_page_on_the_corpus_tells_what_there_is(generate):
    from travaux.corpus.families import GRAM, HASHES
    from travaux.corpus.running import PART, SECONDS
    from travaux.workers.machine import WORKER_MEMORY
    from travaux.workers.reading import WORTH_A_PROCESS

    text = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    assert generate.corpus(text) == text, "make docs"
    assert f"by packs of {PART} and read by parts of {PART}" in text and f"`--seconds` too ({SECONDS:.0f})" in text
    assert f"{HASHES} hashes a report" in text and GRAM == 5 and "runs of five words" in text
    assert f"{WORTH_A_PROCESS:,} characters" in text and f"{WORKER_MEMORY // 1024**2} MiB each" in text
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command, rest in re.findall(r"^travaux (corpus \w+) (.*)", text, re.MULTILINE):
        section = reference.split(f"## travaux {command}\n")[1].split("\n## ")[0]
        assert all(option in section for option in re.findall(r"--[a-z-]+", rest))


def test_the_readme_shows_what_the_program_prints(generate):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    made = generate.readme(text)
    if loaded(ROOT / "docs" / "processor.py").made_figures():
        assert made == text, "make docs"
    # On another kind of processor a few cells near a threshold are read otherwise, eight lines of them when it was last tried, and
    # with them which parties and options nothing was read of; nothing else differs.
    cells, none = re.compile("[·+−±○~?*0-9 ]+"), re.compile(r"^No position read (?:of|on): [^.]*\.\n", re.MULTILINE)
    made, text = none.sub("", made), none.sub("", text)
    assert cells.sub(" ", made) == cells.sub(" ", text), "make docs"
    unlike = sum(one != other for one, other in zip(made.splitlines(), text.splitlines(), strict=True))
    assert unlike <= 16


def test_the_readme_says_that_the_example_is_no_news():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = text[text.index("<!-- example: travaux show") : text.index("<!-- end of example -->")]
    assert "Exercise material, no news." in example


def test_every_command_is_in_the_reference_and_in_the_readme_or_changelog():
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## travaux {name}\n" in reference
    known = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", known), name


def test_every_setting_is_read_in_one_module_and_documented():
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    read = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', (ROOT / "src/travaux/settings.py").read_text()))
    assert read == {setting.name for setting in SETTINGS}
    for setting in SETTINGS:
        assert f"| `{setting.name}` | {setting.says} |" in reference
    for path in (ROOT / "src" / "travaux").rglob("*.py"):
        if path.name != "settings.py":
            assert "os.environ" not in path.read_text(encoding="utf-8"), f"{path} reads the environment itself"


def test_the_commands_of_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^travaux (\w+)", text, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_the_python_of_the_readme_names_what_there_is():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                known = {"travaux": travaux, "record": travaux.Record, "statement": travaux.Statement}
                assert node.value.id not in known or hasattr(known[node.value.id], node.attr), node.attr


def test_the_commands_of_the_page_on_language_models_exist_with_their_options():
    text = (ROOT / "docs" / "language-models.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"travaux ((?:llm|agenda) \w+|[a-z-]+) ([^`|#\n]*)", text)
    assert len(told) > 10
    for command, rest in told:
        assert f"## travaux {command}\n" in reference, command
        section = reference.split(f"## travaux {command}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in section, f"{command} {option}"


def test_the_commands_of_the_page_on_intake_exist_with_their_options():
    text = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(
        r"travaux (sources \w+|[a-z]+) ([^`|#\n]*)", "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    )
    assert {command for command, _ in told} == {"add", "sources add", "sources list", "update", "date"}
    for command, rest in told:
        assert f"## travaux {command}\n" in reference, command
        section = reference.split(f"## travaux {command}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in section, f"{command} {option}"


def test_the_commands_of_the_page_on_review_exist_with_their_options():
    text = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"travaux ((?:judge|agenda) [a-z-]+|[a-z]+) ?([^`|#\n]*)", text)
    assert len(told) > 10
    for command, rest in told:
        assert f"## travaux {command}\n" in reference, command
        section = reference.split(f"## travaux {command}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in section, f"{command} {option}"


def test_the_limits_of_the_page_on_intake_are_those_of_the_code():
    from travaux.api.updating import MOST_PAGES, MOST_TRIES
    from travaux.intake.files import LARGEST_FILE
    from travaux.intake.formats.warc import LARGEST_RECORD
    from travaux.intake.web import Rules
    from travaux.intake.web.listed import MOST_LISTED

    text = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    text = " ".join(text.split())
    mebibyte = 1024 * 1024
    assert f"may have {Rules().largest // mebibyte} MiB, unpacked too, and take {Rules().seconds:.0f} seconds" in text
    assert LARGEST_FILE == LARGEST_RECORD == 64 * mebibyte and "a record of an archive or a file 64 MiB" in text
    assert f"the first {MOST_LISTED:,} pages" in text
    assert f"({MOST_PAGES} of one source at most" in text
    assert Rules().tries == MOST_TRIES == 3 and "three times at most" in text


def test_the_python_of_the_page_on_review_runs(tmp_path, monkeypatch):
    text = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    with travaux.Record.new(tmp_path / "my-talks") as record:
        (record.folder / "agenda.yaml").write_text(
            "title: Talks\nparties: [{id: italy, name: Italy}]\nissues:\n  - {id: all, title: All, options: ["
            + ", ".join(f"{{id: {one}, says: On {one}}}" for one in ("troops", "nato-bid", "nato-membership"))
            + "]}\n"
        )
        record.add_bytes(b"Rome will send no one. " * 20, "03-paris.txt")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "docs/review.md", "exec"), {})
    with travaux.Record.open(tmp_path / "my-talks") as record:
        assert [one.verdict for one in record.judgements()] == ["add", "withdraw"]
        assert record.agenda.option("nato-membership").was == ("nato-bid",)


def test_the_costs_of_the_page_on_language_models_are_those_estimated():
    from travaux.agenda import load_agenda
    from travaux.intake import Received, receive_files
    from travaux.reading.language_model.endpoints import Endpoint
    from travaux.reading.language_model.reader import LanguageModelReader

    text = (ROOT / "docs" / "language-models.md").read_text(encoding="utf-8")
    models = ("openai:gpt-5-mini", "openai:gpt-5", "anthropic:claude-sonnet-5")
    for folder in (ROOT / "tests/quality/black-sea-grain", ROOT / "examples/example-guarantees"):
        agenda = load_agenda(folder / "agenda.yaml")
        reports = [one.report for one in receive_files([folder]) if isinstance(one, Received)]
        found = [LanguageModelReader(Endpoint(model)).estimate(reports, agenda) for model in models]
        first = found[0]
        tokens = (f"{round(number, -2):,}" for number in (first.input_tokens, first.output_tokens))
        dollars = (f"${one.dollars:.2f}" for one in found)
        assert f"| {first.reports} | {' | '.join(tokens)} | {' | '.join(dollars)} |" in text


def test_the_page_on_language_models_counts_the_attacks_there_are():
    text = (ROOT / "docs" / "language-models.md").read_text(encoding="utf-8")
    attacks = (ROOT / "tests/reading/language_model/test_attacks.py").read_text(encoding="utf-8")
    (table,) = [
        node for node in ast.parse(attacks).body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    ]
    assert f"{len(table.value.keys)} orders to the machine" in text


def test_the_page_on_the_agreement_tells_what_there_is():
    import yaml

    from travaux.agenda.schema import InstrumentEntry
    from travaux.analysis.agreement import SUPPOSABLE, StandKind, TermStatus, kind_names, kind_of, references_of
    from travaux.analysis.agreement.entries import _File

    text = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"travaux (terms|packages|whatif) ([^`#\n]*)", text)
    assert len(told) >= 8
    for command, rest in told:
        section = reference.split(f"## travaux {command}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in section, f"{command} {option}"
    rows = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert rows == [str(one) for one in TermStatus] + sorted((str(one) for one in StandKind), key=rows[9:].index)
    assert all(f"`{word}`" in text for word in SUPPOSABLE)
    for name in kind_names():
        assert re.search(rf"\b{len(kind_of(name).provisions)}\b", text)
    cells = [cell for one in references_of(kind_of("")) for _, cell in one.cells]
    assert f"{len(cells)} cells" in text
    assert f"{sum(1 for cell in cells if not cell.is_verified)} of these cells are general knowledge" in text
    instrument, entries = (
        yaml.load(block, yaml.BaseLoader) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    )
    InstrumentEntry.model_validate(instrument["instrument"])
    _File.model_validate(entries)
