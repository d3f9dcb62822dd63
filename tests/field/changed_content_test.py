"""A file whose content is not what the program wrote is not used.

A user expects of a result, a comparison or the merged result of a study that was damaged on a disk or changed by hand: verify,
report and export say so and name the part, exit with 1 or 3, and write nothing. COALIS_FLIPS=300 tries more single bits.
"""

import json
import os
import re
import shutil
import subprocess

import h5py
import numpy as np
import pytest

from hdf5_cases import (coalis, content_of, flips, succeed, write_comparison, write_inputs, write_result, write_study)

FLIPS = int(os.environ.get("COALIS_FLIPS", "10"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    write_inputs(folder)
    write_result(folder)
    write_comparison(folder)
    write_study(folder)
    return folder


def use(folder, name, command):
    if command == "report":
        return coalis("report", name, "-o", "page.html", "--force", folder=folder)
    return coalis("export", name, "--csv", "tables", "--force", folder=folder)


@pytest.mark.parametrize("kind, command", [("result", "export"), ("comparison", "report"), ("comparison", "export"), ("study", "export")])
def test_every_bit_that_changes_content_is_noticed(folder, kind, command):
    whole = content_of(folder / f"{kind}.h5")
    unnoticed, noticed = [], 0
    for at, data in flips(folder / f"{kind}.h5", FLIPS, seed=4):
        (folder / "flipped.h5").write_bytes(data)
        run = use(folder, "flipped.h5", command)
        assert run.returncode in (0, 3), (at, run.returncode, run.stderr)
        noticed += run.returncode == 3
        if run.returncode == 0 and content_of(folder / "flipped.h5") != whole: unnoticed.append(at)
    assert not unnoticed
    assert noticed > FLIPS / 8  # a good part of a file is content


SENSITIVITY = """format = "sensitivity"
version = 1
name = "s"
question = "q?"
scenarios = ["small.toml"]
replicates = 2
outcomes = ["engaged"]
[morris]
trajectories = 20
[[factors]]
path = "hubs.H.fte"
range = [0.1, 2]
[[factors]]
path = "kinds.meeting.base"
range = [0.1, 1]
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    write_inputs(folder)
    (folder / "s.toml").write_text(SENSITIVITY)
    succeed("best", "small.toml", "--budget", 100000, "--points", 1, "--replicates", 20, "-o", "best.json", "--quiet", folder=folder)
    succeed("sensitivity", "s.toml", "-o", "s.json", "--quiet", folder=folder)
    return folder


@pytest.mark.parametrize("name, command", [("best.json", ["report", "{}", "-o", "page.html", "--force"]),
                                           ("s.json", ["report", "{}", "-o", "page.html", "--force"]),
                                           ("s.json", ["sensitivity", "s.toml", "--from", "{}"]), ("s.runs/design.json", ["sensitivity", "s.toml", "--quiet"])])
def test_every_bit_that_changes_an_answer_is_noticed(answers, name, command):
    """A bit of the member's name makes it a file of an older program, whose content is as it was."""
    whole = (answers / name).read_bytes()
    content = whole.index(b',\n"content": "')
    used = name if "runs" in name else "flipped.json"
    try:
        for at, data in flips(answers / name, FLIPS, seed=4):
            (answers / used).write_bytes(data)
            run = coalis(*(word.format(used) for word in command), folder=answers)
            assert run.returncode in (2, 3) or at >= content, (at, run.returncode, run.stderr)
        digit = next(i for i in range(content - 1, 0, -1) if whole[i:i + 1].isdigit())
        changed = bytearray(whole)
        changed[digit] ^= 1
        (answers / used).write_bytes(changed)
        run = coalis(*(word.format(used) for word in command), folder=answers)
        assert run.returncode == 3 and "is damaged: its checksum is not that of its content" in run.stderr, run.stderr
    finally:
        (answers / name).write_bytes(whole)


def test_an_answer_of_an_older_program_is_read(answers):
    for name in ("best.json", "s.json"):
        older = json.loads((answers / name).read_text())
        assert list(older)[-1] == "content" and re.fullmatch("[0-9a-f]{16}", older.pop("content"))
        (answers / "older.json").write_text(json.dumps(older))
        succeed("report", "older.json", "-o", "older.html", "--force", folder=answers)


def overwritten(folder, kind, variable):
    path = folder / f"changed-{kind}.h5"
    shutil.copy(folder / f"{kind}.h5", path)
    with h5py.File(path, "r+") as file:
        file[variable][...] = 0.99
    return path


@pytest.mark.parametrize("variable", ["outcomes/engaged", "survey/reached", "trajectories/engaged", "final/commitment"])
def test_numbers_overwritten_in_a_result(folder, variable):
    path = overwritten(folder, "result", variable)
    section = variable.split("/")[0]
    for command in (["verify", path.name, "--quiet"], ["export", path.name, "--csv", "no-tables"]):
        run = coalis(*command, folder=folder)
        assert run.returncode in (1, 3), (command, run.stdout)
        assert section in run.stderr + run.stdout
        assert not (folder / "no-tables").exists()


@pytest.mark.parametrize("variable", ["outcomes/engaged", "differences_over_time/engaged", "structures/engaged"])
def test_numbers_overwritten_in_a_comparison(folder, variable):
    path = overwritten(folder, "comparison", variable)
    for command in (["report", path.name, "-o", "no-page.html"], ["export", path.name, "--csv", "no-tables"]):
        run = coalis(*command, folder=folder)
        assert run.returncode == 3 and variable.split("/")[0] in run.stderr
        assert "copy it again or run the comparison again" in run.stderr
        assert not (folder / command[-1]).exists()


@pytest.mark.parametrize("variable", ["outcomes/planned_cost", "trajectories/engaged", "design/hubs.H.fte"])
def test_numbers_overwritten_in_the_merged_result_of_a_study(folder, variable):
    path = overwritten(folder, "study", variable)
    for command in (["verify", path.name, "--quiet"], ["export", path.name, "--csv", "no-tables"]):
        run = coalis(*command, folder=folder)
        assert run.returncode == 3 and variable.split("/")[0] in run.stderr
        assert "copy it again or run the study again" in run.stderr
        assert not (folder / "no-tables").exists()


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
def test_a_file_whose_first_record_is_damaged_is_not_taken_for_one_of_another_kind(folder, kind):
    data = bytearray((folder / f"{kind}.h5").read_bytes())
    data[data.index(b"OHDR") + 12] ^= 4
    (folder / "flipped.h5").write_bytes(data)
    for command in (["export", "flipped.h5", "--csv", "no-tables"], ["verify", "flipped.h5", "--quiet"],
                    ["report", "flipped.h5", "-o", "no-page.html"], ["story", "flipped.h5", "--organisation", "1"]):
        run = coalis(*command, folder=folder)
        assert run.returncode == 3 and "damaged" in run.stderr, (command, run.stderr)
        assert not (folder / "no-tables").exists() and not (folder / "no-page.html").exists()


def test_a_changed_merged_result_of_a_study_is_made_again(folder):
    before = content_of(folder / "study.h5")
    with h5py.File(folder / "study.h5", "r+") as file:
        file["outcomes/engaged"][...] = 0.99
    succeed("study", "run", "study.toml", "--quiet", folder=folder)
    assert content_of(folder / "study.h5")["outcomes/engaged"] == before["outcomes/engaged"]


@pytest.mark.parametrize("change", [
    lambda file: file.attrs.__setitem__("seed", np.uint64(2)),
    lambda file: file.attrs.__setitem__("title", np.string_("another")),
    lambda file: file["outcomes/engaged"].attrs.__setitem__("units", np.string_("persons")),
    lambda file: file.__delitem__("survey"),
    lambda file: file.__delitem__("outcomes/engaged"),
    lambda file: file.create_dataset("outcomes/invented", data=np.zeros(3)),
    lambda file: file["names/region"].__setitem__(0, "Elsewhere"),
    lambda file: file.attrs.__delitem__("content_checksum"),
    lambda file: file["outcomes"].attrs.__delitem__("content_checksum"),
    lambda file: file.move("outcomes/engaged", "outcomes/dormant2"),
])
def test_other_changes_are_noticed_too(folder, change):
    path = folder / "changed.h5"
    shutil.copy(folder / "result.h5", path)
    with h5py.File(path, "r+") as file:
        change(file)
    run = coalis("export", path.name, "--csv", "no-tables", folder=folder)
    assert run.returncode == 3 and "damaged" in run.stderr, (run.returncode, run.stderr)
    assert not (folder / "no-tables").exists()


def test_what_is_stored_otherwise_is_the_same(folder):
    """A compressed copy of a file (docs/formats/result.md) has the same content."""
    subprocess.run(["h5repack", "-f", "SHUF", "-f", "GZIP=6", folder / "result.h5", folder / "small.h5"], check=True)
    succeed("verify", "small.h5", "--quiet", folder=folder)
    succeed("export", "small.h5", "--csv", "small-tables", folder=folder)


def without_checksums(path):
    with h5py.File(path, "r+") as file:
        for thing in [file, *file.values()]:
            del thing.attrs["content_checksum"]


def test_a_file_of_an_older_program_is_read_and_verify_says_what_it_cannot_know(folder):
    path = folder / "older.h5"
    shutil.copy(folder / "result.h5", path)
    without_checksums(path)
    assert "no checksums" in " ".join(succeed("verify", path.name, "--quiet", folder=folder).stdout.split())
    succeed("export", path.name, "--csv", "older-tables", folder=folder)


@pytest.mark.parametrize("variable", ["outcomes/engaged", "survey/reached", "trajectories/engaged", "trajectories_by_region/engaged",
                                      "final/commitment", "final/status", "ties/strength", "ties/region_strength",
                                      "attendance/attended", "organisation_trajectories/commitment"])
def test_verify_compares_everything_that_it_computes_again(folder, variable):
    """Also where a file has no checksums."""
    path = overwritten(folder, "result", variable)
    without_checksums(path)
    run = coalis("verify", path.name, "--quiet", folder=folder)
    assert run.returncode == 1 and variable in run.stdout, run.stdout + run.stderr
