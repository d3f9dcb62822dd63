"""The package with its compiled part as it stands in the build folder, and the program beside it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
PACKAGE = os.environ["COALIS_PACKAGE"]
sys.path.insert(0, PACKAGE)
os.environ["PYTHONPATH"] = PACKAGE  # of processes that tests start

SCENARIOS = {
    name: SOURCE / "scenarios" / f"{name}.toml"
    for name in ("illinois", "illinois-three-hubs", "southwestern-city", "illinois-six-hubs")
}


@pytest.fixture(scope="session")
def program():
    """Calls coalis with these arguments and returns what it prints."""

    def call(*arguments):
        run = subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    return call


@pytest.fixture
def script():
    """Runs a program in Python that has the package; returns what it prints."""

    def call(code, **options):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=SOURCE, timeout=120, **options)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    return call


@pytest.fixture(scope="session")
def illinois():
    import coalis

    return coalis.Scenario(SCENARIOS["illinois"])


@pytest.fixture(scope="session")
def three_hubs():
    import coalis

    return coalis.Scenario(SCENARIOS["illinois-three-hubs"])
