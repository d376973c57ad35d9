"""A real PostgreSQL server for a test run: a cluster in a temporary folder, thrown away at the end.

Debian's package brings the programs (``apt-get install postgresql``); where they are not there, tests that need a server
are skipped with that reason. As root the programs run as the user ``postgres``, for a server refuses to run as root.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

PASSWORD = "a pass:word/with@signs"
WHERE = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt")


def programs():
    """The folder of the newest server's programs; None where none is installed."""
    found = (
        [path for place in WHERE for path in Path(place).glob("*/bin/initdb")] if any(map(os.path.isdir, WHERE)) else []
    )
    if found:
        return max(found, key=lambda path: [int(part) for part in path.parts[-3].split(".") if part.isdigit()]).parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Server:
    """A running cluster. Its database ``travaux`` sorts by the rules of English, so that nothing rests on it.

    Attributes:
        address: of the database for TRAVAUX_DB, by the superuser over a socket, without a password.
    """

    def __init__(self, folder, bin_folder):
        self.folder, self.bin = folder, bin_folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"postgresql+psycopg://postgres@/travaux?host={folder}&port={self.port}"

    def by_password(self, user, password, database="travaux"):
        """The address over TCP, for a user who must give a password."""
        from urllib.parse import quote

        return f"postgresql+psycopg://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def run(self, program, *arguments):
        """One of the server's programs, as the user that owns the cluster."""
        command = [str(self.bin / program), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=120)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def make(self):
        """The cluster, started, with its database."""
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        auth = ("--auth-local=trust", "--auth-host=scram-sha-256", "--username=postgres", "--no-sync")
        self.run("initdb", "-D", self.data, "-E", "UTF8", "--locale=C", *auth)
        self.start()
        english = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
        self.execute(f"CREATE DATABASE travaux TEMPLATE template0 {english}", database="postgres")

    @property
    def data(self):
        return self.folder / "data"

    def start(self):
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self, how="immediate"):
        """Stop it: ``immediate`` as a power cut would, ``fast`` as an administrator does."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def connect(self, database="travaux"):
        """A connection of psycopg's as the superuser, each statement a transaction."""
        import psycopg

        return psycopg.connect(host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True)

    def execute(self, statement, database="travaux"):
        """Run one statement; its rows, where it has any."""
        with self.connect(database) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def clean(self):
        """Take away every schema that a test made, and whoever is still connected."""
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'travaux' AND pid <> pg_backend_pid()"
        )
        with self.connect() as connection:
            made = connection.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('public', 'information_schema')"
            ).fetchall()
            for (schema,) in made:
                connection.execute(f'DROP SCHEMA "{schema}" CASCADE')


def is_missing():
    """Why no server can be started here; None where one can."""
    if programs() is None:
        return "no PostgreSQL server is installed here (apt-get install postgresql)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed (pip install 'travaux[postgresql]')"
    return None


@contextlib.contextmanager
def started():
    """A server of its own, stopped and thrown away at the end."""
    # A socket's path is short: pytest's own temporary folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="travaux-pg-"))
    server = Server(folder, programs())
    try:
        server.make()
        yield server
    finally:
        with contextlib.suppress(RuntimeError):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_session():
    """One server for all tests of a process; skipped where none is installed."""
    missing = is_missing()
    if missing:
        pytest.skip(missing)
    with started() as server:
        yield server


@pytest.fixture
def postgresql(postgresql_session, monkeypatch):
    """The server, with TRAVAUX_DB naming it for the length of a test; the schemas of the test go at its end."""
    monkeypatch.setenv("TRAVAUX_DB", postgresql_session.address)
    yield postgresql_session
    postgresql_session.clean()


def wait_until(happens, seconds=20):
    """Wait for something another process does."""
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)
