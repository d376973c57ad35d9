"""Fuzzes every target for so many minutes altogether; whatever breaks is kept in tests/fuzz/found and told.

usage: python tests/fuzz/run.py [--minutes 10] [--target NAME] [--seed N]

Where atheris is installed (Linux, CPython), the pure parsers are fuzzed by coverage too, each in a process of its own that
begins from the same seeds. Exit code 1 where something was found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support")]
FOUND = Path(__file__).parent / "found"
BY_COVERAGE = ("intake", "manifest", "agenda", "layout", "web")
INSTRUMENTED = ("travaux.intake", "travaux.agenda", "travaux.naming", "travaux.record.evidence")


def main() -> int:
    """Runs and tells; 1 where something was found."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--minutes", type=float, default=10.0)
    wanted.add_argument("--target")
    wanted.add_argument("--seed", type=int, default=None)
    wanted.add_argument("--by-coverage", action="store_true", help="what a process that this one starts is told")
    chosen = wanted.parse_args()
    if chosen.by_coverage:
        by_coverage(chosen.target, chosen.minutes)
    from fuzz_targets import TARGETS

    targets = [chosen.target] if chosen.target else list(TARGETS)
    atheris = importlib.util.find_spec("atheris") is not None
    turns = [(name, False) for name in targets] + [(name, True) for name in targets if atheris and name in BY_COVERAGE]
    found = 0
    for name, covered in turns:
        seconds = 60 * chosen.minutes / len(turns)
        found += covered_run(name, seconds) if covered else mutating_run(name, seconds, chosen.seed)
    return 1 if found else 0


def kept(name: str, data: bytes, told: str) -> None:
    """What broke a target, as a fixture for the tests."""
    place = FOUND / name / hashlib.sha256(data).hexdigest()[:16]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    print(f"{place.relative_to(ROOT)}\n{told}", flush=True)


def mutating_run(name: str, seconds: float, seed: int | None) -> int:
    """Changes of the seeds for so long; how many different failures there were."""
    from fuzz_targets import TARGETS, mutated, seeds

    warnings.simplefilter("ignore")
    seed = random.randrange(2**32) if seed is None else seed
    chance, begun, known, number = random.Random(seed), seeds(name), set(), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number += 1
        data = mutated(chance.choice(begun), begun, chance)
        try:
            TARGETS[name](data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            if (place := (type(error), last.filename, last.lineno)) not in known:
                known.add(place)
                kept(name, data, traceback.format_exc())
    print(f"{name}: {number:,} tries from seed {seed}, {len(known)} different failures", flush=True)
    return len(known)


def covered_run(name: str, seconds: float) -> int:
    """The target under atheris, in a process of its own."""
    command = [sys.executable, __file__, "--by-coverage", "--target", name, "--minutes", str(seconds / 60)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    tries = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
    print(f"{name}, by coverage: {tries[-1] if tries else f'ended with {done.returncode}'}", flush=True)
    if done.returncode == 0:
        return 0
    print(done.stdout[-3000:], done.stderr[-3000:], sep="\n", flush=True)
    return 1


def by_coverage(name: str, minutes: float) -> None:
    """Never returns: atheris ends the process, with an exit code other than 0 where something was found."""
    import atheris

    with atheris.instrument_imports(include=list(INSTRUMENTED)):
        from fuzz_targets import TARGETS, seeds
    warnings.simplefilter("ignore")

    def target(data: bytes) -> None:
        try:
            TARGETS[name](data)
        except Exception:
            kept(name, data, traceback.format_exc())
            raise

    with tempfile.TemporaryDirectory() as place:
        for number, seed in enumerate(seeds(name)):
            (Path(place) / str(number)).write_bytes(seed)
        limits = [
            f"-max_total_time={max(1, round(60 * minutes))}",
            "-max_len=20000",
            f"-artifact_prefix={place}/",
            "-timeout=60",
        ]
        atheris.Setup([sys.argv[0], *limits, place], target)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
