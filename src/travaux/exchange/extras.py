"""Libraries that only some of this needs: loaded when they are, with one clear line where they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from travaux.errors import RequestError


def library(module: str, extra: str) -> Any:
    """The module of that name.

    Raises:
        RequestError: it is not installed; the message names the extra that brings it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        remedy = f"pip install 'travaux[{extra}]'"
        raise RequestError(f"this needs {module.split('.')[0]}, which is not installed", remedy=remedy) from None
