"""scripts/import-coverage goes on working: one small coalition, written as people write it, imported, fitted and asked. Its figures are the
script's (docs/import.md); here only that nothing of the way is lost."""
import json
import os
import subprocess
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def test_a_simulated_coalition_comes_back_from_its_files(tmp_path):
    command = [str(SOURCE / "scripts" / "import-coverage"), "--repeats", "1", "--members", "20", "--months", "12", "--sets", "2", "--program", os.environ["COALIS_PROGRAM"], "-o", "out.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert line["members"] == 20 and line["seen"] == line["attendances"] > 0, line  # whatever slips the sheets have
    assert line["interval80"][0] <= line["fitted_mean"] <= line["interval80"][1] and {"import", "fit", "ask"} <= set(line["seconds"])
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert again.stdout == done.stdout and len((tmp_path / "out.jsonl").read_text().splitlines()) == 1
