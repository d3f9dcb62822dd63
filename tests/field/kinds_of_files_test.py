"""A file given to the wrong command is recognised: what it is, and which command reads it. Comparisons and studies can be verified and
exported, and runs with parameter sets leave a file.

A user expects: whoever mixes up files is told so in one line, not that a scenario has a syntax error or that a result is no Coalis file.
"""
import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
LEADER = ROOT / "scenarios" / "illinois-full-time-leader.toml"
SENSITIVITY = ROOT / "scenarios" / "studies" / "illinois-sensitivity.toml"
SETS = "weight,parameters.tie_prob,structure.engagement\n1,0.1,mixture\n3,0.25,mixture\n0,0.9,mixture\n"
STUDY = f"""format = "study"
version = 1
name = "s"
question = "q"
scenarios = ["{ILLINOIS}"]
replicates = 4
outcomes = ["engaged"]
record = "trajectories"
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 1.0]
[[factors]]
path = "structure.decision"
switch = true
"""


def one_line(run):
    return " ".join(run.stdout.split())


def coalis(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


def made(*arguments, **options):
    run = coalis(*arguments, **options)
    assert run.returncode == 0, (arguments, run.stderr)
    return run


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "sets.csv").write_text(SETS)
    (folder / "study.toml").write_text(STUDY)
    made("run", ILLINOIS, "--replicates", "6", "-o", folder / "result.h5")
    made("run", ILLINOIS, "--replicates", "8", "--parameters", folder / "sets.csv", "-o", folder / "sets.h5")
    made("compare", ILLINOIS, LEADER, "--replicates", "70", "-o", folder / "comparison.h5", "--structures", "engagement")
    made("study", "run", "study.toml", "--quiet", cwd=folder)
    made("report", folder / "comparison.h5", "-o", folder / "page.html")
    shutil.copy(ILLINOIS, folder / "scenario.toml")
    for name, path in {"sensitivity.toml": "studies/illinois-sensitivity.toml", "calibration.toml": "calibration/mixture.toml",
                       "evidence.toml": "evidence.toml", "check.json": "posterior/mixture.check.json"}.items():
        found = ROOT / "scenarios" / path
        if not found.exists():
            found = next((ROOT / "scenarios").rglob(Path(path).name))
        shutil.copy(found, folder / name)
    (folder / "table.csv").write_text("name,value\na,1\n")
    (folder / "answer.json").write_text('{"replicates": 3}')
    (folder / "excel.csv").write_bytes(b"PK\x03\x04 zip")
    (folder / "utf16.toml").write_bytes('format = "scenario"\n'.encode("utf-16"))
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    with h5py.File(folder / "other.h5", "w") as other:
        other["x"] = 1
    shutil.copy(folder / "study.runs" / "manifest.jsonl", folder)
    shutil.copy(next((folder / "study.runs").glob("*/*.shard")), folder / "runs.shard")
    shutil.copy(PROGRAM, folder / "program")
    shutil.copy(folder / "result.h5", folder / "large.h5")
    os.truncate(folder / "large.h5", 5 << 20)  # what stands behind its end is not read
    return folder


# What each file is, and the command that reads it.
KINDS = {
    "scenario.toml": ("a scenario", "coalis run"),
    "study.toml": ("a study", "coalis study run"),
    "sensitivity.toml": ("a sensitivity study", "coalis sensitivity"),
    "calibration.toml": ("a calibration", "coalis calibrate"),
    "evidence.toml": ("evidence", "name it in a scenario"),
    "result.h5": ("a result of coalis run", "coalis verify"),
    "comparison.h5": ("a comparison of coalis compare", "coalis report"),
    "study.h5": ("the merged result of a study", "coalis export"),
    "check.json": ("an answer of coalis calibrate --check", "coalis report"),
    "sets.csv": ("a table of parameter sets", "--parameters"),
    "table.csv": ("a table (CSV)", "[design] table"),
    "answer.json": ("JSON", ""),
    "page.html": ("a web page", "browser"),
    "excel.csv": ("a ZIP archive", "CSV"),
    "utf16.toml": ("a text in UTF-16", "UTF-8"),
    "paper.pdf": ("a PDF", ""),
    "other.h5": ("an HDF5 file", ""),
    "manifest.jsonl": ("the list of the runs of a study", "coalis study status"),
    "runs.shard": ("a file of the runs of a study", "coalis study status"),
    "program": ("a program", ""),
    "large.h5": ("a result of coalis run", "coalis verify"),
}
# Each command with what it reads.
COMMANDS = {
    "run": (["run", "{}", "--no-file"], {"scenario.toml"}),
    "check": (["check", "{}"], {"scenario.toml"}),
    "compare": (["compare", str(ILLINOIS), "{}", "--replicates", "2"], {"scenario.toml"}),
    "explain": (["explain", "{}"], {"scenario.toml"}),
    "diff": (["diff", "{}", str(ILLINOIS)], {"scenario.toml"}),
    "study run": (["study", "run", "{}"], {"study.toml"}),
    "study status": (["study", "status", "{}"], {"study.toml"}),
    "plan": (["plan", "{}"], {"study.toml"}),
    "sensitivity": (["sensitivity", "{}", "--cost"], {"sensitivity.toml"}),
    "calibrate": (["calibrate", "{}"], {"calibration.toml"}),
    "verify": (["verify", "{}"], {"result.h5", "comparison.h5", "study.h5", "large.h5"}),
    "export": (["export", "{}", "--csv", "tables"], {"result.h5", "comparison.h5", "study.h5", "large.h5"}),
    "export network": (["export", "{}", "--edges", "edges.csv"], {"result.h5", "large.h5", "scenario.toml"}),
    "story": (["story", "{}", "--organisation", "1"], {"result.h5", "large.h5", "scenario.toml"}),
    "from": (["sensitivity", str(SENSITIVITY), "--from", "{}"], set()),
    "parameters": (["run", str(ILLINOIS), "--no-file", "--replicates", "2", "--parameters", "{}"], {"sets.csv", "table.csv"}),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("file", KINDS)
def test_of_another_kind(command, file, files, tmp_path):
    arguments, reads = COMMANDS[command]
    if file in reads:
        return
    run = coalis(*(a.format(files / file) for a in arguments), cwd=tmp_path)
    what, reader = KINDS[file]
    assert run.returncode in (2, 3) and run.stdout == "", (run.returncode, run.stdout, run.stderr)
    too_large = ", larger than 4 MiB" in run.stderr and file in ("large.h5", "program")  # than what people write
    assert f"it is {what}" in run.stderr and (", not " in run.stderr or too_large) and reader in run.stderr, run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", [f for f in KINDS if f not in ("comparison.h5", "study.toml", "check.json")])
def test_report(file, files, tmp_path):
    run = coalis("report", files / file, "-o", tmp_path / "p.html")
    assert run.returncode in (2, 3) and f"it is {KINDS[file][0]}" in run.stderr, run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("source, name", [("comparison.h5", "comparison.toml"), ("comparison.h5", "comparison.json"), ("study.toml", "study.h5.txt"),
                                          ("study.toml", "study.json"), ("check.json", "check.toml"), ("check.json", "check")])
def test_report_goes_by_what_a_file_is(source, name, files, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(files, folder)
    (folder / source).rename(folder / name)
    if source == "study.toml":  # the folder of its runs is named after it
        (folder / "study.runs").rename(folder / Path(name).with_suffix(".runs"))
    made("report", folder / name, "-o", tmp_path / "p.html")


def test_report_of_a_name_that_says_another_kind(files, tmp_path):
    shutil.copy(files / "result.h5", tmp_path / "result.toml")
    run = coalis("report", tmp_path / "result.toml", "-o", tmp_path / "p.html")
    assert run.returncode == 3 and "it is a result of coalis run, not a comparison file" in one_line(run) + run.stderr


@pytest.mark.parametrize("file", [f for f in KINDS if f not in ("check.json", "answer.json", "large.h5")])
def test_fit_of_another_kind(file, files, tmp_path):
    run = coalis("report", files / "comparison.h5", "-o", tmp_path / "p.html", "--fit", files / file)
    what, reader = KINDS[file]
    assert run.returncode == 3 and f"it is {what}" in run.stderr and reader in run.stderr, run.stderr
    assert ", not an answer of coalis calibrate --check; " in run.stderr


@pytest.mark.parametrize("command", [*COMMANDS, "report"])
def test_what_is_empty_or_missing_or_a_folder_is_said_in_the_same_words(command, tmp_path):
    (tmp_path / "empty").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "s.runs").mkdir()
    arguments = COMMANDS[command][0] if command in COMMANDS else ["report", "{}", "-o", "p.html"]
    for name, words in (("empty", "it is empty; "), ("nothing", "cannot be read: there is no such file; check the name"),
                        ("folder", "it is a folder"), ("s.runs", "it is a folder of the runs of a study")):
        run = coalis(*(a.format(name) for a in arguments), cwd=tmp_path)
        assert run.returncode in (2, 3) and words in run.stderr and f"{name}:" in run.stderr, (name, run.stderr)


@pytest.mark.parametrize("file", [f for f in KINDS if not f.endswith(".toml")])
def test_an_option_that_is_a_file_of_another_kind(file, files):
    run = coalis("compare", ILLINOIS, "--with", file, "--replicates", "2", cwd=files)
    what, reader = KINDS[file]
    assert run.returncode == 2 and f"--with {file}: '{file}' is no option: it is {what}" in run.stderr and reader in run.stderr, run.stderr


def test_an_option_whose_name_does_not_end_as_that_of_a_scenario(files, tmp_path):
    shutil.copy(files / "scenario.toml", tmp_path / "cheaper.txt")
    run = coalis("compare", ILLINOIS, "--with", "cheaper.txt", cwd=tmp_path)
    assert run.returncode == 2 and "the name of 'cheaper.txt' does not end in .toml; rename it" in run.stderr, run.stderr


def test_one_file_of_another_kind_to_compare(files):
    run = coalis("compare", files / "result.h5")
    assert run.returncode == 2 and "it is a result of coalis run, not a scenario; coalis verify" in run.stderr, run.stderr


def test_the_file_of_from_is_read_before_points_are_tried(tmp_path):
    text = re.sub(r"scenarios = \[[^]]*\]", f'scenarios = ["{ILLINOIS}"]', SENSITIVITY.read_text())
    factors = "".join(f'[[factors]]\npath = "parameters.{name}"\nrange = {ends}\n'
                      for name, ends in (("conditional_share", [0.2, 0.7]), ("free_rider_share", [0.1, 0.5])))  # together above 1
    (tmp_path / "s.toml").write_text(text[:text.index("[[factors]]")] + factors)
    tried = coalis("sensitivity", "s.toml", "--cost", cwd=tmp_path)
    assert tried.returncode == 2 and "conditional_share + free_rider_share is" in tried.stderr, tried.stderr
    run = coalis("sensitivity", "s.toml", "--from", "none.json", cwd=tmp_path)
    assert run.returncode == 3 and "none.json: cannot be read: there is no such file" in run.stderr, run.stderr


def test_names_of_files_do_not_matter(files, tmp_path):
    for source, name in (("scenario.toml", "scenario.txt"), ("result.h5", "result.toml"), ("result.h5", "noextension")):
        shutil.copy(files / source, tmp_path / name)
        made("story", tmp_path / name, "--organisation", "1")


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "one word", "\x00\x01"])
def test_of_no_kind(text, tmp_path):
    (tmp_path / "f.toml").write_text(text)
    for arguments in (["run", "f.toml"], ["verify", "f.toml"], ["study", "run", "f.toml"]):
        run = coalis(*arguments, cwd=tmp_path)
        assert run.returncode in (2, 3) and "f.toml" in run.stderr, run.stderr


def test_comparison_is_verified(files, tmp_path):
    run = made("verify", files / "comparison.h5")
    assert "reproduced. 70 of its 70 replicates" in one_line(run)
    assert "5 of its 70" in one_line(made("verify", files / "comparison.h5", "--sample", "5"))
    for group, name, at in (("outcomes", "engaged", (3, 1)), ("outcomes", "strife", (69, 0)), ("survey", None, (0, 0))):
        shutil.copy(files / "comparison.h5", tmp_path / "c.h5")
        with h5py.File(tmp_path / "c.h5", "r+") as file:
            name = name or [n for n in file[group] if file[group][n].ndim == 2][0]
            file[f"{group}/{name}"][at] = 0.123
        run = coalis("verify", tmp_path / "c.h5")
        assert run.returncode in (1, 3), run.stdout  # 3: the file's own checksums have found it
        if run.returncode == 1:
            assert f"replicate {at[0]}, {name} of {'AB'[at[1]]}: recorded 0.123" in run.stdout


def test_study_is_verified(files, tmp_path):
    run = made("verify", files / "study.h5")
    with h5py.File(files / "study.h5") as file:
        runs = file["runs/hash"].size
    assert f"reproduced. {runs} of its {runs} runs" in one_line(run) and "could not be built" not in one_line(run)
    for name, value in (("runs/hash", 7), ("outcomes/engaged", 0.5)):
        shutil.copy(files / "study.h5", tmp_path / "s.h5")
        with h5py.File(tmp_path / "s.h5", "r+") as file:
            file[name][1, 2] = value
        run = coalis("verify", tmp_path / "s.h5")
        assert run.returncode in (1, 3), run.stdout
        if run.returncode == 1:
            assert "point 1, replicate 2" in run.stdout


def test_study_with_parameter_sets_is_verified(files, tmp_path):
    (tmp_path / "study.toml").write_text(STUDY.replace('path = "structure.decision"\nswitch = true', 'path = "levers.information"\nvalues = [0, 1]'))
    (tmp_path / "sets.csv").write_text(SETS)
    made("study", "run", "study.toml", "--parameters", "sets.csv", "--quiet", cwd=tmp_path)
    assert "reproduced. 16 of its 16 runs" in one_line(made("verify", tmp_path / "study.sets.h5"))


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("file, group, row, key", [("comparison.h5", "outcomes", 70 * 2, ["replicate", "seed", "scenario"]),
                                                   ("study.h5", "outcomes", None, ["point", "replicate", "seed"])])
def test_export(file, group, row, key, files, tmp_path):
    made("export", files / file, "--csv", tmp_path / "t")
    with xarray.open_dataset(files / file, group=group, engine="netcdf4") as data:
        data = data.load()
    table = rows(tmp_path / "t" / f"{group}.csv")
    assert list(table[0])[:len(key)] == key and len(table) == (row or data.engaged.size)
    np.testing.assert_array_equal([float(r["engaged"]) if r["engaged"] else np.nan for r in table], data.engaged.values.ravel())
    dictionary = {(r["table"], r["column"]): r for r in rows(tmp_path / "t" / "data-dictionary.csv")}
    for path in (tmp_path / "t").glob("*.csv"):
        if path.name != "data-dictionary.csv":
            columns = list(rows(path)[0])
            assert len(set(columns)) == len(columns)
            assert {(path.stem, c) for c in columns} <= set(dictionary), path
    assert dictionary[group, "engaged"]["meaning"]
    again = coalis("export", files / file, "--csv", tmp_path / "t")
    assert again.returncode == 3 and "exists already" in again.stderr
    made("export", files / file, "--csv", tmp_path / "t", "--force")


def test_tables_of_months(files, tmp_path):
    made("export", files / "comparison.h5", "--csv", tmp_path / "t")
    table = rows(tmp_path / "t" / "difference_quantiles_over_time.csv")
    assert (table[0]["month"], table[0]["date"]) == ("0", "2005-06") and {"scenario", "quantile", "engaged"} <= set(table[0])
    assert {p.name for p in (tmp_path / "t").iterdir()} >= {"scenarios.csv", "structures.csv", "levels_over_time.csv", "survey.csv"}


def test_run_with_parameters_leaves_a_file(files):
    with xarray.open_dataset(files / "sets.h5", group="parameters", engine="netcdf4") as data:
        data = data.load()
    assert data["parameters.tie_prob"].values.tolist() == [0.1, 0.25, 0.9] and data.weight.values.tolist() == [1, 3, 0]
    assert np.bincount(data.set_of_replicate, minlength=3).tolist() == [2, 6, 0]  # by weight
    assert list(data.line.values) == [2, 3, 4]
    with h5py.File(files / "sets.h5") as file:
        assert file.attrs["format_version"] == 2 and file["parameters"].attrs["file"] == b"sets.csv"
    with h5py.File(files / "result.h5") as file:
        assert file.attrs["format_version"] == 1 and "parameters" not in file


def test_run_with_parameters_is_verified_and_told(files, tmp_path):
    assert "reproduced. 8 of its 8 replicates" in one_line(made("verify", files / "sets.h5"))
    assert "3 of its 8" in one_line(made("verify", files / "sets.h5", "--sample", "3"))
    for replicate in ("0", "7"):
        made("story", files / "sets.h5", "--organisation", "3", "--replicate", replicate)
        made("export", files / "sets.h5", "--edges", tmp_path / "e.csv", "--replicate", replicate, "--force")
    made("export", files / "sets.h5", "--csv", tmp_path / "t")
    shutil.copy(files / "sets.h5", tmp_path / "c.h5")
    with h5py.File(tmp_path / "c.h5", "r+") as file:
        file["parameters/set_of_replicate"][0] = 1 - file["parameters/set_of_replicate"][0]
    run = coalis("verify", tmp_path / "c.h5")
    assert run.returncode in (1, 3), run.stdout


def test_sets_of_a_result_are_tables(files, tmp_path):
    """As those of a comparison and of a study: the sets, and the set of each replicate."""
    made("export", files / "sets.h5", "--csv", tmp_path / "t")
    with xarray.open_dataset(files / "sets.h5", group="parameters", engine="netcdf4") as data:
        data = data.load()
    sets = rows(tmp_path / "t" / "parameters.csv")
    assert list(sets[0])[:3] == ["set", "line", "weight"] and "parameters.tie_prob" in sets[0]
    assert [(r["set"], r["line"], float(r["weight"]), float(r["parameters.tie_prob"])) for r in sets] == [
        ("0", "2", 1, 0.1), ("1", "3", 3, 0.25), ("2", "4", 0, 0.9)]
    replicates = rows(tmp_path / "t" / "parameters-by-replicate.csv")
    assert list(replicates[0]) == ["replicate", "seed", "set_of_replicate"]
    assert [int(r["set_of_replicate"]) for r in replicates] == data.set_of_replicate.values.tolist()
    dictionary = {(r["table"], r["column"]): r["meaning"] for r in rows(tmp_path / "t" / "data-dictionary.csv")}
    assert dictionary["parameters", "parameters.tie_prob"] == "value of parameters.tie_prob"
    assert dictionary["parameters-by-replicate", "set_of_replicate"]
    made("export", files / "result.h5", "--csv", tmp_path / "t", "--force")  # has no sets: their tables go
    assert not list((tmp_path / "t").glob("parameters*"))


@pytest.mark.skipif(shutil.which("strace") is None, reason="counts by strace")
@pytest.mark.parametrize("command", [["verify", "result.h5", "--threads", "1"], ["verify", "comparison.h5", "--threads", "1"],
                                     ["verify", "study.h5", "--threads", "1"], ["export", "result.h5", "--csv", "t"],
                                     ["export", "comparison.h5", "--csv", "t"], ["export", "study.h5", "--csv", "t"],
                                     ["report", "comparison.h5", "-o", "p.html"], ["story", "result.h5", "--organisation", "1"]])
def test_one_child_reads_a_file(command, files, tmp_path):
    """The library may crash, so a child reads a file first: once, however many parts of the program use it."""
    arguments = [str(files / a) if a.endswith(".h5") else a for a in command]
    run = subprocess.run(["strace", "-f", "-qq", "-e", "trace=clone,clone3,fork,vfork", "-o", tmp_path / "calls", PROGRAM, *arguments],
                         capture_output=True, text=True, cwd=tmp_path)
    if "ptrace" in run.stderr and "not permitted" in run.stderr.lower():
        pytest.skip("no processes can be traced here")
    assert run.returncode == 0, run.stderr
    forks = [line for line in (tmp_path / "calls").read_text().splitlines() if "(" in line and "CLONE_THREAD" not in line]
    assert len(forks) == 1, forks


def test_run_with_parameters_equals_the_same_sets_by_hand(files, tmp_path):
    """The outcomes of replicate 0 are those of a run with the values of its set."""
    with h5py.File(files / "sets.h5") as all_:
        value = [0.1, 0.25][all_["parameters/set_of_replicate"][0]]
    made("run", ILLINOIS, "--replicates", "1", "--set", f"parameters.tie_prob={value}", "-o", tmp_path / "one.h5")
    with h5py.File(tmp_path / "one.h5") as one, h5py.File(files / "sets.h5") as all_:
        assert one["replicates/hash"][0] == all_["replicates/hash"][0]
        assert one["outcomes/engaged"][0] == all_["outcomes/engaged"][0]


def test_no_file_without_a_name(files, tmp_path):
    made("run", ILLINOIS, "--replicates", "2", "--parameters", files / "sets.csv", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
