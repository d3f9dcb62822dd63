"""Outcomes asked for by name are the same numbers in a run's answer, its file, a comparison and a study, and change nothing else."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
ILLINOIS, HUBS = str(SCENARIOS / "illinois.toml"), str(SCENARIOS / "illinois-three-hubs.toml")
REPLICATES = ("--replicates", "12", "--quiet")


def coalis(*arguments, status=0):
    run = subprocess.run([os.environ["COALIS_PROGRAM"], *arguments], capture_output=True, text=True)
    assert run.returncode == status, run.stderr
    return run.stdout


def outcomes_in(path):
    with h5py.File(path) as file:
        return {name: values[...] for name, values in file["outcomes"].items()}


def test_run_compare_and_study_agree(tmp_path):
    coalis("run", ILLINOIS, *REPLICATES, "-o", str(tmp_path / "a.h5"), "--outcomes", "network,association")
    coalis("run", ILLINOIS, *REPLICATES, "-o", str(tmp_path / "plain.h5"), "--record", "outcomes")
    more, plain = outcomes_in(tmp_path / "a.h5"), outcomes_in(tmp_path / "plain.h5")
    assert "network.density" in more and "network.density" not in plain
    for name, values in plain.items():
        numpy.testing.assert_array_equal(values, more[name])
    with h5py.File(tmp_path / "a.h5") as a, h5py.File(tmp_path / "plain.h5") as b:
        numpy.testing.assert_array_equal(a["replicates/hash"], b["replicates/hash"])

    run = json.loads(coalis("run", ILLINOIS, *REPLICATES, "--json", "--outcomes", "network.density", "--threads", "1"))
    assert list(run["outcomes"]) == ["network.density"]
    assert abs(run["outcomes"]["network.density"]["mean"] - more["network.density"].mean()) < 1e-12

    compared = json.loads(coalis("compare", ILLINOIS, HUBS, *REPLICATES, "--json", "--outcomes", "engaged,network.density", "-o",
                                 str(tmp_path / "c.h5")))
    difference = compared["differences"]["B"]["network.density"]
    assert abs(difference["reference"]["mean"] - more["network.density"].mean()) < 1e-12
    numpy.testing.assert_array_equal(outcomes_in(tmp_path / "c.h5")["network.density"][:, 0], more["network.density"])

    for name in ("illinois.toml", "evidence.toml"):
        shutil.copy(SCENARIOS / name, tmp_path)
    study = tmp_path / "s.toml"
    text = 'format = "study"\nversion = 1\nname = "s"\nquestion = "?"\nscenarios = ["illinois.toml"]\nreplicates = 12\n' \
           'outcomes = ["{}"]\n[design]\nkind = "full_factorial"\n'
    study.write_text(text.format("engaged"), encoding="utf-8")
    coalis("study", "run", str(study), "--quiet")
    assert "network.density" not in outcomes_in(tmp_path / "s.h5")
    study.write_text(text.format("network.density"), encoding="utf-8")  # the runs of before do not have it
    coalis("study", "run", str(study), "--quiet")
    numpy.testing.assert_array_equal(outcomes_in(tmp_path / "s.h5")["network.density"].ravel(), more["network.density"])


def test_an_unknown_outcome_is_said(tmp_path):
    for command in (["run", ILLINOIS, "--no-file"], ["compare", ILLINOIS, HUBS]):
        run = subprocess.run([os.environ["COALIS_PROGRAM"], *command, "--outcomes", "network.diameter"], capture_output=True, text=True)
        assert run.returncode == 2 and "network.diameter: there is no such outcome; " in run.stderr
