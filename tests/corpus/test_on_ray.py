"""A corpus read on a Ray cluster of two nodes on this machine; one of them is lost in the middle, and nothing with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from corpus_runs import AGENDA, lines, run, started, surroundings

pytest.importorskip("daft")
pytest.importorskip("ray")
import time

from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import READINGS, REPORTS, STATEMENTS

# The cluster is made in a process of its own, which takes its nodes down with it; a line on its input takes one down earlier.
_CLUSTER = """
import sys
from ray.cluster_utils import Cluster
small = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024, "include_dashboard": False}
cluster = Cluster(initialize_head=True, head_node_args=small)
small.pop("include_dashboard")
node = cluster.add_node(**small)
print("cluster at", cluster.address, flush=True)
for line in sys.stdin:
    cluster.remove_node(node, allow_graceful=False)
    print("lost", flush=True)
cluster.shutdown()
"""


@pytest.fixture
def cluster():
    env = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", _CLUSTER],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = next(line for line in process.stdout if line.startswith("cluster at")).split()[-1]
    yield process, address
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def whole(folder):
    corpus = CorpusFolder.opened(folder)
    tables = (REPORTS, READINGS, STATEMENTS)
    return {
        table.name: sorted(json.dumps(row, default=str, sort_keys=True) for part in corpus.parts(table) for row in corpus.rows(table, part))
        for table in tables
    }  # fmt: skip


def test_a_node_lost_in_the_middle_loses_nothing(cluster, tmp_path):
    process, address = cluster
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    (tmp_path / "a.jsonl").write_text(lines(10))
    running = started(tmp_path / "a.jsonl", tmp_path / "corpus", surroundings(), part=2, ray=address)
    while running.poll() is None and not list((tmp_path / "corpus").glob("readings/*.parquet")):
        time.sleep(0.02)
    assert running.poll() is None, running.communicate()
    process.stdin.write("\n")
    process.stdin.flush()
    assert next(line for line in process.stdout if line.strip()) == "lost\n"
    out, err = running.communicate()
    assert running.returncode == 0, err[-3000:]
    outcome = json.loads(next(line for line in reversed(out.splitlines()) if line.startswith("{")))
    assert outcome["reports"] == {"read": 10} and outcome["new"] == 10
    run(tmp_path / "a.jsonl", tmp_path / "alone", part=2, workers=1)
    assert whole(tmp_path / "corpus") == whole(tmp_path / "alone")


def test_a_cluster_that_is_not_there_is_told_in_one_line(tmp_path):
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    (tmp_path / "a.jsonl").write_text(lines(1))
    command = [
        sys.executable,
        "-m",
        "travaux",
        "corpus",
        "read",
        "a.jsonl",
        "--agenda",
        "agenda.yaml",
        "--out",
        "corpus",
    ]
    told = subprocess.run(
        [*command, "--ray", "127.0.0.1:1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**surroundings(), "RAY_gcs_rpc_server_connect_timeout_s": "1"},
    )
    assert told.returncode == 2
    assert "no Ray cluster answers at 127.0.0.1:1" in told.stderr and "Traceback" not in told.stderr
