"""The mean of several files of weights of one network; one named twice counts twice.

python average_weights.py averaged.pt first.pt second.pt [WEIGHTS …]

Weights on the way of one training lie in one valley, and their mean often generalises better than any of them (Wortsman et
al. 2022, "Model soups"). Parts of the network that an early file lacks are the mean of the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Each weight as the mean over the files that have it."""
    names = dict.fromkeys(name for state in states for name in state)
    found = {name: [state[name] for state in states if name in state] for name in names}
    return {name: torch.stack([each.float() for each in own]).mean(0).to(own[-1].dtype) for name, own in found.items()}


def main() -> None:
    """Read, average, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path, help="where the mean goes")
    parser.add_argument("weights", type=Path, nargs="+", help="what train_positions.py wrote")
    arguments = parser.parse_args()
    torch.save(average([torch.load(path, weights_only=True) for path in arguments.weights]), arguments.target)


if __name__ == "__main__":
    main()
