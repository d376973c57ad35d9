"""Tables are written between the marks of their page, and nothing else of it changes."""

import re
from pathlib import Path

import pytest
from program_files import loaded

ROOT = Path(__file__).resolve().parents[2]
marked = loaded(ROOT / "benchmarks" / "marked.py")


@pytest.mark.parametrize("benchmark", ["growth", "serving", "peers"])
def test_what_stands_between_the_marks_of_a_benchmark_is_replaced(benchmark, tmp_path):
    """The marks are those that the benchmark names, and the page has them."""
    program = (ROOT / "benchmarks" / f"{benchmark}.py").read_text(encoding="utf-8")
    begins, ends = re.findall(r'"(<!-- [^"]+ -->)"', program)
    whole = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(whole, encoding="utf-8")
    before, _, rest = whole.partition(f"{begins}\n")
    stood, _, after = rest.partition(f"\n{ends}")
    marked.write_between(page, begins, ends, "a \\1 table\n")
    assert page.read_text(encoding="utf-8") == f"{before}{begins}\na \\1 table\n{ends}{after}"
    marked.write_between(page, begins, ends, stood)
    assert page.read_text(encoding="utf-8") == whole


def test_a_page_without_the_marks_is_left_as_it_is(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="must stand there once"):
        marked.write_between(page, "<!-- a -->", "<!-- end of a -->", "table")
    assert page.read_text(encoding="utf-8") == "nothing\n"
