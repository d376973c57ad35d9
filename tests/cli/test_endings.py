"""Each way a command can end: one clear line for what a user can mend, and the documented exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Command, environment
