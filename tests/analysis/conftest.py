"""Small results of every kind, made once, for the tests of analysis/; finds the package without its being installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, os.environ.get("COALIS_PACKAGE", str(SOURCE / "analysis")))

import coalis  # noqa: E402

SCENARIOS = [
    SOURCE / "scenarios" / name for name in ("illinois.toml", "illinois-full-time-leader.toml", "illinois-three-hubs.toml")
]
REPLICATES, SEED = 21, 5
STUDY = """format = "study"
version = 1
name = "doses"
question = "What does staff time change?"
scenarios = ["{scenario}"]
replicates = 6
seed = 3
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 0.6, 1.0]
[[factors]]
path = "levers.facilitation"
values = [0, 1]
"""


def call_program(*arguments):
    run = subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="session")
def program():
    """Calls coalis with these arguments and returns what it prints."""
    return call_program


@pytest.fixture(scope="session")
def r_library(tmp_path_factory):
    """A library of R that has the package in r/."""
    library = tmp_path_factory.mktemp("r")
    command = ["R", "CMD", "INSTALL", f"--library={library}", str(SOURCE / "r")]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return library


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("analysis")
    common = ("--replicates", REPLICATES, "--seed", SEED, "--quiet")
    for label, scenario in zip("abc", SCENARIOS):
        call_program("run", scenario, "-o", folder / f"{label}.h5", *common)
    answer = call_program("compare", *SCENARIOS, "-o", folder / "compared.h5", *common, "--json", "--matters", "engaged=0.05")
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    (folder / "doses.toml").write_text(STUDY.format(scenario=SCENARIOS[0]), encoding="utf-8")
    call_program("study", "run", folder / "doses.toml", "--quiet")
    return folder


@pytest.fixture(scope="session")
def run(folder):
    return coalis.open_result(folder / "a.h5")


@pytest.fixture(scope="session")
def compared(folder):
    return coalis.open_result(folder / "compared.h5")


@pytest.fixture(scope="session")
def study(folder):
    return coalis.open_result(folder / "doses.h5")
