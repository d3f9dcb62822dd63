"""The program `coalis`, for what only it can do: running a replicate again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .errors import ResultError


def call_program(*arguments: str | Path | int) -> str:
    """What `coalis ARGUMENTS` prints. Throws ResultError with what the program says of a failure."""
    program = os.environ.get("COALIS_PROGRAM") or shutil.which("coalis")
    if program is None:
        raise ResultError("the program coalis is not on PATH; put its folder there, or name it in COALIS_PROGRAM")
    try:
        run = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    except OSError as error:
        raise ResultError(f"{program}: cannot be started: {error.strerror}; check COALIS_PROGRAM") from error
    if run.returncode != 0:
        raise ResultError(run.stderr.strip() or f"{program} {arguments[0]}: exit status {run.returncode}")
    return run.stdout
