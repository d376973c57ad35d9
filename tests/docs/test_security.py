"""The page on security claims nothing that no test shows; and what of it can be seen in the sources themselves."""

import ast
import configparser
import re
import shlex
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from travaux.cli.root import command

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TEAM = (ROOT / "docs" / "serving-a-team.md").read_text(encoding="utf-8")
NOT_CLAIMED = "## What is not claimed"
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "src").rglob("*.py"))}


def claims():
    """Each point of the page's sections of claims, in one line."""
    claimed = PAGE.split(NOT_CLAIMED)[0]
    for block in re.split(r"^(?=- |\n|#)", claimed, flags=re.MULTILINE):
        if block.startswith("- "):
            yield " ".join(block.split())


@cache
def named_in(path):
    return {node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_claim_names_tests_that_exist():
    found = list(claims())
    assert len(found) > 50
    for claim in found:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", claim)
        assert named, f"no test shows: {claim}"
        for path, name in named:
            assert (ROOT / path).is_file(), path
            assert name in named_in(path), f"{path} has no {name}"
    assert PAGE.count("::test_") == sum(claim.count("::test_") for claim in found), "a test named outside a claim"


def test_the_page_that_is_found_first_leads_to_it():
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------ the sources

RUNS = {"eval", "exec", "compile", "__import__"}
"""Built-in functions that run what they are given."""
MODULES = {
    "pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "subprocess", "pty", "code", "runpy", "ctypes",
    "multiprocessing.reduction",
}  # fmt: skip
"""Modules by which something read could be run, or another process started."""
OF_OS = {"system", "popen", "execv", "execve", "execvp", "spawnl", "spawnv", "posix_spawn", "fork", "startfile"}


def test_shipped_code_runs_nothing_it_reads():
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            own = {"subprocess"} if path.parts[-2:] == ("workers", "process.py") else set()
            assert not set(names) & MODULES - own, f"{path}:{node.lineno}"
            if isinstance(node, ast.Call):
                called = node.func
                assert not (isinstance(called, ast.Name) and called.id in RUNS), f"{path}:{node.lineno}"
                of_os = (
                    isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "os"
                )
                assert not (of_os and called.attr in OF_OS), f"{path}:{node.lineno}"
                words = {word.arg: word.value for word in node.keywords}
                assert "shell" not in words and "allow_pickle" not in words, f"{path}:{node.lineno}"


def test_modules_are_imported_by_names_that_stand_in_the_code():
    """`import_module` takes what our own code says, never what was read: an upper bound of places, each looked at."""
    places = {
        path.name
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module"
    }
    assert places <= {"root.py", "extras.py", "parse.py", "formats.py", "child.py", "first_access.py"}, places


def test_yaml_is_read_by_the_safe_loader_only():
    allowed = {"compose", "dump", "safe_dump", "Node", "SequenceNode", "MappingNode", "ScalarNode", "CollectionNode",
               "Mark", "MarkedYAMLError", "SafeLoader", "SafeDumper", "reader"}  # fmt: skip
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml":
                assert node.attr in allowed, f"{path}:{node.lineno} yaml.{node.attr}"
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compose":
                loaders = [word.value for word in node.keywords if word.arg == "Loader"] + node.args[1:]
                assert [getattr(one, "attr", "") for one in loaders] == ["SafeLoader"], f"{path}:{node.lineno}"


def test_raw_sql_stands_in_one_module():
    """Elsewhere raw statements are constants; two writers of export files and the repair of a damaged file
    put in names of our own tables and columns."""
    for path, tree in SOURCES.items():
        if {"dialect", "migrations"} & set(path.parts):
            continue
        imports_text = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "sqlalchemy"
            and "text" in [one.name for one in node.names]
            for node in ast.walk(tree)
        )
        constants = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            given, called = node.args[0], getattr(node.func, "attr", "")
            raw = called in ("exec_driver_sql", "executescript")
            raw = raw or (imports_text and getattr(node.func, "id", "") == "text")
            constant = isinstance(given, ast.Constant) or (isinstance(given, ast.Name) and given.id in constants)
            assert not raw or constant, f"{path}:{node.lineno}"
            if called in ("execute", "executemany") and path.name not in (
                "datasette.py",
                "writing.py",
                "repairing.py",
                "sqlite_file.py",
            ):
                assert not isinstance(given, ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"


def test_templates_escape_everything():
    from travaux.views.page.rendering import _environment

    assert _environment().autoescape is True
    for path in sorted((ROOT / "src").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|\bon\w+=\"|javascript:", text), path
    # Markup is a constant, into which `format` puts what it has escaped, but for our own script and style, and a picture
    # that a template has drawn.
    made = [
        f"{path.name}:{node.lineno}"
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup"
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert {one.split(":")[0] for one in made} <= {"rendering.py", "escaping.py", "beforehand.py"}, made


# ------------------------------------------------------------------------------------------ what comes along


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_line_of_the_locks_is_an_exact_version_with_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line)
            parsed = Requirement(requirement)
            assert parsed.url is None, line
            assert [one.operator for one in parsed.specifier] == ["=="], line
            assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", one) for one in hashes), line


ALLOWED = {
    "MIT", "MIT-0", "MIT License", "MIT-CMU", "BSD", "BSD License", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "3-Clause BSD License",
    "Apache-2.0", "Apache 2.0", "Apache License 2.0", "Apache Software License", "ISC License", "ISC License (ISCL)", "PSF-2.0",
    "Python Software Foundation License", "Zlib", "CC0-1.0", "CNRI-Python", "Unlicense", "The BSD 2-Clause License",
    # Weak copyleft, by file: used unchanged, and a list of authorities and a progress bar at that.
    "MPL-2.0", "MPL-1.1", "Mozilla Public License 2.0 (MPL 2.0)",
}  # fmt: skip


def licences_of(metadata):
    """What a distribution says of its licence: the expression, else the field, else the classifiers; alternatives apart."""
    told = metadata.get("License-Expression") or ""
    if not told and len(metadata.get("License") or "") < 60:
        told = metadata.get("License") or ""
    classified = [one.split(" :: ")[-1] for one in metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    return [told] if told else classified


def is_allowed(licence):
    if licence in ALLOWED:
        return True
    if " OR " in licence:
        return any(is_allowed(one.strip("() ")) for one in licence.split(" OR "))
    return " AND " in licence and all(is_allowed(one.strip("() ")) for one in licence.split(" AND "))


def runtime_distributions():
    """All that an installation without extras brings, as far as it is needed on this machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, found = [Requirement(one) for one in project["dependencies"]], {}
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found and not requirement.extras - found[name]:
            continue
        found[name] = found.get(name, set()) | requirement.extras
        try:
            told = distribution(requirement.name)
        except PackageNotFoundError:  # pragma: no cover - an installation that is not whole
            pytest.fail(f"{name} is not installed")
        for line in told.requires or []:
            further = Requirement(line)
            wanted = [{"extra": one} for one in ("", *requirement.extras)]
            if further.marker is None or any(further.marker.evaluate(one) for one in wanted):
                waiting.append(further)
    return sorted(found)


def test_licences_of_what_comes_along_are_known_and_allowed():
    names = runtime_distributions()
    assert len(names) > 50 and "argon2-cffi" in names
    for name in names:
        licences = licences_of(distribution(name).metadata)
        # Some releases of python-dateutil say no more than this; its file of licences has Apache 2.0 and BSD.
        known = {"Dual License"} if name == "python-dateutil" else set()
        assert licences and all(one in known or is_allowed(one) for one in licences), (name, licences)
    assert (
        not is_allowed("GPL-3.0-only") and not is_allowed("MIT AND AGPL-3.0-only") and is_allowed("GPL-2.0-only OR MIT")
    )


# ------------------------------------------------------------------------------------------ serving a team


def block(language):
    return re.search(rf"```{language}\n(.*?)```", TEAM, re.DOTALL)[1]


def check_serve(words):
    """That a command line of `travaux serve` could be: its options are there and take what is given."""
    above = click.Context(command, **command.context_settings)
    serve = command.get_command(above, "serve")
    assert serve.make_parser(click.Context(serve, parent=above)).parse_args(args=list(words))


def test_the_unit_of_systemd_can_be_read_and_its_command_exists():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(block("ini"))
    service = unit["Service"]
    words = shlex.split(service["ExecStart"])
    assert words[0].endswith("/travaux") and words[1] == "serve"
    check_serve(words[2:])
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "ProtectKernelModules", "RestrictSUIDSGID"):
        assert service[name] == "yes"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"], service["UMask"]) == ("strict", "", "0077")
    assert service["User"] == "travaux" and service["KillSignal"] == "SIGINT" and service["SuccessExitStatus"] == "130"
    assert words[2].startswith(f"/var/lib/{service['StateDirectory']}/")


def test_the_recipe_of_a_container_installs_by_hash_and_runs_as_nobody():
    text = re.sub(r"\\\n\s*", " ", block("dockerfile"))
    steps = [line.split(None, 1) for line in text.splitlines() if line.strip()]
    assert {step for step, _ in steps} == {
        "FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"
    }  # fmt: skip
    assert "--require-hashes --requirement requirements.lock" in text
    for source in re.search(r"^COPY (.*) \./$", text, re.MULTILINE)[1].split():
        assert (ROOT / source).exists(), source
    last = [step for step, _ in steps].index("FROM", 1)
    final = dict(steps[last:])
    assert final["USER"] == "10001" and int(final["EXPOSE"]) == 8642
    words = [*ast.literal_eval(final["ENTRYPOINT"]), *ast.literal_eval(final["CMD"])]
    assert words[1] == "serve"
    check_serve(words[2:])


def test_the_commands_of_the_page_on_teams_exist_and_its_users_file_can_be_used(tmp_path):
    from travaux.server.people import load_people

    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"^travaux (users \w+|[a-z]+) ([^#\n]*)", TEAM, re.MULTILINE)
    assert {name for name, _ in told} == {"users add", "serve", "audit"}
    for name, rest in told:
        section = reference.split(f"## travaux {name}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in section, f"{name} {option}"
    file = tmp_path / "users.yaml"
    file.write_text(block("yaml"), encoding="utf-8")
    assert [(one.name, one.role, one.signs) for one in load_people(file)] == [
        ("ana", "review", "Ana Petrović"), ("bo", "read", "bo"),
    ]  # fmt: skip


def test_the_limits_of_the_page_on_teams_are_those_of_the_code():
    from travaux.server import entrance, passwords, sessions
    from travaux.server.limits import FORGOTTEN, PATIENCE
    from travaux.server.team import usual_limits

    text = " ".join(TEAM.split())
    assert (
        f"ends {sessions.IDLE / 3600:.0f} hours after its last use, {sessions.WHOLE / 3600:.0f} hours after it began"
        in text
    )
    assert f"one person has {sessions.MOST} at most" in text
    assert f"It has {passwords.SHORTEST} characters or more" in text
    pair, address, name = (PATIENCE[one] for one in ("name and address", "address", "name"))
    assert f"{pair.free} failures are free, then a wait of 1, 2, 4 … {pair.longest:.0f} seconds" in text
    assert f"{address.free} failures are free, then the same" in text and address.longest == pair.longest
    assert f"{name.free} failures are free, then a wait of {name.longest:.0f} seconds at most" in text
    for kind, row in (("write", "writes"), ("search", "searches"), ("send", "sendings")):
        limit = usual_limits()[kind]
        assert re.search(rf"\| {row}[^|]* \| {limit.at_once} at once, {limit.a_minute} a minute \|", TEAM), kind
    assert entrance.AT_ONCE == 2 and "Two passwords are checked at a time" in text
    assert f"at most {entrance.MOST_WAITING} attempts wait" in text and FORGOTTEN == 3600
