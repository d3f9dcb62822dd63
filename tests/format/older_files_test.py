"""Files of an older program are read: what commit 0ba49e8 wrote, before `engaged_steadily` and `hours_per_goal` were outcomes and before posteriors had a checksum.

Who kept results, stores and posteriors expects of a newer program: they are read, reproduced and gone on with as they are; what they do not
have is missing, not damaged; what is too old or too new is said so.
"""
import json
import os
import pathlib
import re
import subprocess
import tarfile

import h5py
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ARCHIVES = pathlib.Path(__file__).resolve().parent / "older"


def coalis(folder, *arguments, status=0):
    run = subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120)
    assert run.returncode == status, run.stdout + run.stderr
    return " ".join((run.stdout + run.stderr).split())


@pytest.fixture
def folder(tmp_path):
    with tarfile.open(ARCHIVES / "before-the-last-outcomes.tar.xz") as archive:
        archive.extractall(tmp_path)
    return tmp_path


@pytest.mark.parametrize("file, said", [("result.h5", "2 of its 2 replicates"), ("study.h5", "6 of its 6 runs")])
def test_results_are_reproduced(folder, file, said):
    assert re.search(rf"{file}: reproduced. {said}", coalis(folder, "verify", file))


def test_a_comparison_with_sets_says_why_it_cannot_be_run_again(folder):
    assert "it holds no values of them (it is of an older program)" in coalis(folder, "verify", "comparison.h5", status=3)


def test_results_become_pages_tables_and_stories(folder):
    for file in ("comparison.h5", "study.toml", "sensitivity.json", "posterior.check.json"):
        coalis(folder, "report", file, "-o", "page.html", "--force")
        assert (folder / "page.html").read_text().startswith("<!DOCTYPE html>")
    coalis(folder, "report", "comparison.h5", "-o", "page.html", "--force", "--on", "member_cost")
    assert "run the comparison again" in coalis(folder, "report", "comparison.h5", "-o", "page.html", "--force", "--on", "engaged_steadily", status=3)
    for file in ("result.h5", "comparison.h5", "study.h5"):
        coalis(folder, "export", file, "--csv", file + ".tables")
        table = (folder / (file + ".tables") / "outcomes.csv").read_text()
        assert "engaged" in table and "engaged_steadily" not in table
    coalis(folder, "story", "result.h5", "--organisation", "1")


def test_stores_are_gone_on_with(folder):
    shards = sorted((folder / "study.runs").glob("*.shard"))
    assert "0 runs missing" in coalis(folder, "study", "status", "study.toml") or "6 of 6" in coalis(folder, "study", "status", "study.toml")
    said = coalis(folder, "study", "run", "study.toml", "--quiet", "--threads", "1")
    assert "engaged" in said and sorted((folder / "study.runs").glob("*.shard")) == shards
    coalis(folder, "study", "extend", "study.toml", "--replicates", "3", "--quiet", "--threads", "1")
    with h5py.File(folder / "study.h5") as file:
        assert file["outcomes/engaged"].shape == (3, 3)
    shards = sorted((folder / "sensitivity.runs").glob("*.shard"))
    coalis(folder, "sensitivity", "sensitivity.toml", "--quiet", "--threads", "1")
    assert sorted((folder / "sensitivity.runs").glob("*.shard")) == shards


def test_posteriors_and_answers_are_read(folder):
    assert "Every replicate has a parameter set of posterior.csv" in coalis(folder, "run", "small.toml", "--parameters", "posterior.csv", "--replicates", "3", "--no-file")
    before = json.loads((folder / "posterior.check.json").read_text())["items"]
    coalis(folder, "calibrate", "calibration.toml", "-o", "posterior.csv", "--check", "--table", "0", "--quiet", "--threads", "1")
    items = json.loads((folder / "posterior.check.json").read_text())["items"]
    for item, was in zip(items, before, strict=True):  # older ones have the C library's last digits, by which a quantile may be the next
        for key in ("design_effect", "distance"):
            assert item[key] == pytest.approx(was[key], rel=1e-9)
        for key in ("id", "measures", "use", "n", "degrees_of_freedom"):
            assert item[key] == was[key]
        assert [row["observed"] for row in item["categories"]] == [row["observed"] for row in was["categories"]]
    said = coalis(folder, "calibrate", "calibration.toml", "-o", "posterior.csv", "--quiet", status=3)
    assert "is a posterior of an older Coalis, which says no checksum" in said
    coalis(folder, "sensitivity", "sensitivity.toml", "--from", "sensitivity.json")


@pytest.mark.parametrize("file", ["result.h5", "comparison.h5", "study.h5"])
def test_what_is_too_old_or_too_new_is_said(folder, file):
    for version, words in ((0, "too old"), (99, "too new")):
        with h5py.File(folder / file, "r+") as changed:
            changed.attrs.modify("format_version", version)
        said = coalis(folder, "verify", file, status=3)
        assert words in said and file in said
