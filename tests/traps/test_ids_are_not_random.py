"""Trap: random ids, so that a second run gives other ids."""

import json
import os
import subprocess
import sys

PROGRAM = """
import hashlib, json, sys
from pathlib import Path
from travaux.model import *
from travaux.record import Run, Store, fingerprint_json

with Store.create(Path(sys.argv[1])) as store:
    for number in range(3):
        text = f"Northland accepts the ferry link. {number}"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        name = f"{number}.txt"
        report = Report(report_id(name, sha256), name, sha256, "text/plain", "utf-8", text,
                        (Block(0, len(text), BlockKind.PARAGRAPH),))
        store.add_report(report, text.encode())
        made = [
            Statement(
                statement_id("local", report.id, 0, 32, party, "ferry-link", "for", False, None, "narrator"),
                name, report.id, 0, 32, text[0:32], party, "ferry-link", Stance.FOR, Act.ACCEPT, via=Via.NARRATOR)
            for party in {"northland", "southland", "eastland", "westland"}
        ]
        run = Run("local", fingerprint_json({key: key for key in {"code", "model", "lexicon"}}), "agenda", "1")
        store.save_reading(report.id, run, Reading(tuple(made), 1))
    print(json.dumps({
        "reports": [row.id for row in store.report_rows()],
        "statements": [one.id for one in store.statements()],
        "runs": [run.id for run in store.runs()],
    }))
"""


def test_two_runs_in_two_processes_give_the_same_ids_in_the_same_order(tmp_path):
    told = []
    for seed in ("1", "2"):  # another order of every set and dictionary of strings
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / seed)]
        told.append(json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout))
    assert told[0] == told[1]
    assert [len(told[0][kind]) for kind in ("reports", "statements", "runs")] == [3, 12, 1]
