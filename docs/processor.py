"""What kind of processor this is, since the encoder's int8 products are rounded differently by kinds of processors."""

from __future__ import annotations

import os
from pathlib import Path

ACCURACY = Path(__file__).with_name("accuracy.md")
IN_ONE_STEP = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})
"""Names that Linux gives to instructions that multiply int8 numbers and add the products up in one step."""
KINDS = {True: "with dot products of int8 numbers", False: "without dot products of int8 numbers"}


def kind() -> str:
    """Whether the processor has dot products of int8 numbers; unknown where Linux does not tell."""
    told = Path("/proc/cpuinfo")
    if not told.is_file():
        return "of a kind unknown"
    return KINDS[bool(IN_ONE_STEP & set(told.read_text(encoding="utf-8").split()))]


def processors() -> str:
    """How many processors of which kind."""
    return f"{os.cpu_count()} processors {kind()}"


def made_figures() -> bool:
    """Whether docs/accuracy.md was written on this kind of processor, as it says itself."""
    return kind() in ACCURACY.read_text(encoding="utf-8")
