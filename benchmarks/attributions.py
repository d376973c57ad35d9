"""Who says what in a folder of texts, as JSON lines that a scorer of attributions reads.

FOLDER holds .txt files. A line a file: {"doc": NAME, "attributions": [{"source": [[start, end], …], "cue": …, "content": …}]}.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from travaux.intake import receive_bytes
from travaux.reading.table_model import load_model, model_folder
from travaux.reading.tagging import attributions_of


def main(folder: Path, target: Path, models: Path) -> None:
    """Reads every text and writes the predictions."""
    model = load_model(models)
    with target.open("w", encoding="utf-8") as out:
        for path in sorted(folder.glob("*.txt")):
            report = receive_bytes(path.read_bytes(), path.name).report
            found = [asdict(each) for each in attributions_of(report, model)]
            out.write(json.dumps({"doc": path.stem, "attributions": found}) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("models", type=Path, nargs="?", default=model_folder(), help="others than those that ship")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.predictions, arguments.models)
