"""Files of an older program are read: what commit 0ba49e8 wrote, before `engaged_steadily` and `hours_per_goal` were outcomes and before posteriors had a checksum.

Who kept results, stores and posteriors expects of a newer program: they are read, reproduced and gone on with as they are; what they do not
have is missing, not damaged; what is too old or too new is said so.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

import h5py
import numpy as np
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from study_files import kept  # noqa: E402

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
    runs = folder / "study.runs"
    shards = sorted(runs.glob("*.shard"))
    assert "0 runs missing" in coalis(folder, "study", "status", "study.toml") or "6 of 6" in coalis(folder, "study", "status", "study.toml")
    assert sorted(runs.glob("*.shard")) == shards  # reading them changes nothing
    (folder / "study.h5").rename(folder / "before.h5")
    said = coalis(folder, "study", "run", "study.toml", "--quiet", "--threads", "1")
    assert "engaged" in said and "6 runs of an older Coalis are kept anew" in said
    assert not list(runs.glob("*.shard")) and kept(folder / "study.toml") == 6
    with h5py.File(folder / "study.h5") as now, h5py.File(folder / "before.h5") as before:
        for name in before["outcomes"]:
            assert now["outcomes"][name][()].tobytes() == before["outcomes"][name][()].tobytes()
        assert now["runs/hash"][()].tobytes() == before["runs/hash"][()].tobytes()
        assert np.isnan(now["outcomes/engaged_steadily"][()]).all()  # none was run again
    assert "kept anew" not in coalis(folder, "study", "run", "study.toml", "--quiet", "--threads", "1")
    coalis(folder, "study", "extend", "study.toml", "--replicates", "3", "--quiet", "--threads", "1")
    with h5py.File(folder / "study.h5") as file:
        assert file["outcomes/engaged"].shape == (3, 3)
    assert "are kept anew" in coalis(folder, "sensitivity", "sensitivity.toml", "--quiet", "--threads", "1")
    made = kept(folder / "sensitivity.toml")
    coalis(folder, "sensitivity", "sensitivity.toml", "--quiet", "--threads", "1")
    assert kept(folder / "sensitivity.toml") == made and not list((folder / "sensitivity.runs").glob("*.shard"))


def test_a_store_of_the_first_format_is_read_where_nothing_may_be_moved(folder):
    runs = folder / "study.runs"
    shards = {p.name: p.read_bytes() for p in runs.glob("*.shard")}
    (folder / "study.h5").unlink()
    coalis(folder, "study", "run", "study.toml", "--quiet", "--threads", "1", "--no-locks")
    assert {p.name: p.read_bytes() for p in runs.glob("*.shard")} == shards and kept(folder / "study.toml") == 0
    copy = folder / "copy"
    shutil.copytree(runs, copy)
    shutil.rmtree(runs)
    coalis(folder, "study", "merge", "study.toml", "copy", "--quiet")
    assert kept(folder / "study.toml") == 6 and {p.name: p.read_bytes() for p in copy.glob("*.shard")} == shards


def test_a_damaged_shard_of_the_first_format_is_run_again(folder):
    runs = folder / "study.runs"
    shard = sorted(runs.glob("*.shard"))[0]
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    said = coalis(folder, "study", "run", "study.toml", "--quiet", "--threads", "1")
    assert f"shard {shard.name} is damaged (its checksum is" in said and (runs / "damaged" / shard.name).exists()
    assert kept(folder / "study.toml") == 6


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
