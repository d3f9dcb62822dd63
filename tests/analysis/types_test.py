"""The package is typed: mypy --strict finds nothing."""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def test_mypy_finds_nothing():
    cache = Path.cwd() / "mypy-cache"  # in the build folder: the second time takes seconds
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache], cwd=SOURCE, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"no issues found in {len(list((SOURCE / 'analysis/coalis').glob('*.py*')))} source files" in run.stdout
