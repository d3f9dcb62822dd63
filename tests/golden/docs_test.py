"""The tables of docs/model.md are what the program prints."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_tables_of_the_odd_are_current():
    run = subprocess.run([sys.executable, str(ROOT / "scripts" / "generate-docs"), "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
