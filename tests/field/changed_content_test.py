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


def strip(file):
    for thing in [file, *file.values()]:
        thing.attrs.pop("content_checksum", None)


def older(folder, kind, change):
    """The file as an older program wrote it, without checksums, and with something else in it."""
    path = folder / f"older-{kind}.h5"
    shutil.copy(folder / f"{kind}.h5", path)
    with h5py.File(path, "r+") as file:
        strip(file)
        change(file)
    return path


def uses(kind):
    page = [["report", "older-comparison.h5", "-o", "no-page.html"]] if kind == "comparison" else []
    return [["verify", f"older-{kind}.h5", "--quiet"], ["export", f"older-{kind}.h5", "--csv", "no-tables"], *page]


def refused(folder, kind, *words):
    for command in uses(kind):
        run = coalis(*command, folder=folder, timeout=60)
        assert run.returncode == 3 and all(word in run.stderr for word in words), (command, run.returncode, run.stdout, run.stderr)
        assert not (folder / "no-tables").exists() and not (folder / "no-page.html").exists()


def moved_out(file, name, make):
    data, attributes = file[name][...], dict(file[name].attrs)
    dimensions = [file[axis[0]] for axis in attributes.pop("DIMENSION_LIST", [])]
    del file[name]
    variable = make(data)
    for key, value in attributes.items(): variable.attrs[key] = value
    for axis, scale in enumerate(dimensions): variable.dims[axis].attach_scale(scale)


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
@pytest.mark.parametrize("elsewhere", ["file", "pipe", "zeros", "virtual"])
def test_values_in_another_file_are_not_read(folder, kind, elsewhere):
    """External storage and virtual variables of HDF5: what they name may be a secret, or a pipe that never ends."""
    name = "outcomes/engaged"
    (folder / "secret.bin").write_bytes(np.full(64, 0.5).tobytes())
    if not (folder / "pipe").exists(): os.mkfifo(folder / "pipe")
    target = {"file": "secret.bin", "pipe": str(folder / "pipe"), "zeros": "/dev/zero"}.get(elsewhere)

    def change(file):
        def make(data):
            if target: return file.create_dataset(name, data.shape, dtype="f8", external=[(target, 0, data.nbytes)])
            layout = h5py.VirtualLayout(data.shape, "f8")
            layout[...] = h5py.VirtualSource(folder / f"{kind}.h5", name, shape=data.shape)
            return file.create_virtual_dataset(name, layout)
        moved_out(file, name, make)
    older(folder, kind, change)
    refused(folder, kind, "/outcomes/engaged has its values in another file")


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
@pytest.mark.parametrize("name, value", [("engaged", -5), ("engaged", 7), ("engaged", np.inf), ("engaged", 1e300), ("coordination_cost", -1),
                                         ("member_cost", 1e300), ("events_held.meeting", np.inf)])
def test_a_value_that_no_run_has_is_no_figure(folder, kind, name, value):
    older(folder, kind, lambda file: file[f"outcomes/{name}"].__setitem__(Ellipsis, value))
    refused(folder, kind, f"/outcomes/{name} has the value", "it lies between 0 and 1" if name == "engaged" else "it lies between 0 and")


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
def test_values_at_the_ends_and_missing_ones_are_read(folder, kind):
    for value in (0, 1, np.nan):
        older(folder, kind, lambda file, value=value: file["outcomes/engaged"].__setitem__(Ellipsis, value))
        succeed("export", f"older-{kind}.h5", "--csv", f"ends-{kind}", "--force", folder=folder)


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
@pytest.mark.parametrize("name", ["commitment", "engaged", "hours_per_goal"])
@pytest.mark.parametrize("instead", ["nothing", "a group"])
def test_verify_misses_an_outcome_that_every_program_kept(folder, kind, name, instead):
    def change(file):
        del file[f"outcomes/{name}"]
        if instead == "a group": file.create_group(f"outcomes/{name}")
    older(folder, kind, change)
    run = coalis("verify", f"older-{kind}.h5", "--quiet", folder=folder)
    assert run.returncode == 3 and name in run.stderr, (run.returncode, run.stdout, run.stderr)


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
def test_an_older_program_kept_neither_of_the_last_outcomes(folder, kind):
    def change(file):
        for name in ("engaged_steadily", "hours_per_goal"): del file[f"outcomes/{name}"]
    older(folder, kind, change)
    succeed("verify", f"older-{kind}.h5", "--quiet", folder=folder)


@pytest.mark.parametrize("kind", ["result", "comparison", "study"])
def test_verify_says_of_every_kind_what_it_cannot_know(folder, kind):
    older(folder, kind, lambda file: None)
    said = [" ".join(succeed("verify", name, "--quiet", folder=folder).stdout.split()) for name in (f"older-{kind}.h5", f"{kind}.h5")]
    assert "reproduced." in said[0] and "The file has no checksums (it is of an older program)" in said[0], said
    assert "was not checked" in said[0] and "checksums" not in said[1], said


def test_too_many_open_files_are_no_damage(folder):
    for most in range(4, 12):
        run = subprocess.run(["bash", "-c", f'ulimit -n {most}; exec "$COALIS_PROGRAM" verify result.h5 --quiet'], cwd=folder, capture_output=True, text=True, timeout=60)
        assert "damaged" not in run.stderr, (most, run.stderr)


@pytest.mark.parametrize("name", ["best.json", "s.json"])
def test_a_key_that_stands_twice_and_bytes_0_are_refused(answers, name):
    text = json.loads((answers / name).read_text())
    del text["content"]
    plain = json.dumps(text)
    for changed, said in ((plain[:-1] + ', "format": "coalis-best"}', "'format' stands twice in one place"), (plain + "\0\0", "it has a byte 0 (line 1, column ")):
        (answers / "twice.json").write_text(changed)
        run = coalis("report", "twice.json", "-o", "no-page.html", folder=answers)
        assert run.returncode == 3 and said in run.stderr and not (answers / "no-page.html").exists(), run.stderr
