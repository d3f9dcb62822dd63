"""Tables that spreadsheets open: a name that begins as a formula is text there, and numbers stay numbers everywhere."""
import csv
import os
import pathlib
import subprocess

import pandas

PROGRAM = os.environ["COALIS_PROGRAM"]
DATA = pathlib.Path(__file__).resolve().parents[2] / "tests" / "field" / "data"


def coalis(folder, *arguments):
    answer = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=120)
    assert answer.returncode == 0, answer.stderr
    return answer


def test_names_that_begin_as_formulas(tmp_path):
    text = (DATA / "small.toml").read_text().replace('name = "H"', 'name = "=1+1"').replace('hub = "H"', 'hub = "=1+1"')
    text = text.replace('name = "r1"', 'name = "-5"').replace('name = "r2"', 'name = "@SUM(A1)"')
    (tmp_path / "s.toml").write_text(text)
    coalis(tmp_path, "run", "s.toml", "--replicates", "2", "-o", "s.h5")
    coalis(tmp_path, "export", "s.h5", "--csv", "tables")
    coalis(tmp_path, "export", "s.toml", "--edges", "ties.csv")
    cells = {cell for path in tmp_path.rglob("*.csv") for row in csv.reader(open(path, newline="")) for cell in row}
    assert not any(cell[:1] in "=@\t\r" for cell in cells if cell)
    assert "'@SUM(A1)" in cells and "-5" in cells
    assert all(cell[:1] not in "+-" or pandas.to_numeric(cell) is not None for cell in cells if cell)
    outcomes = pandas.read_csv(tmp_path / "tables" / "outcomes.csv")
    assert outcomes["value"].dtype == float and outcomes["replicate"].dtype == int
