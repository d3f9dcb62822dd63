"""An archive of a study is of use if it gives the same results years later, somewhere else, and says when something in it has changed."""
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
SMALL = (ROOT / "tests/fuzz/corpus/scenario/small.toml").read_text(encoding="utf-8")
EVIDENCE = ('format = "coalis-evidence"\nversion = 2\n[sources]\na = { title = "A" }\n[[item]]\nid = "trained"\nsource = "a"\nuse = "context"\n'
            'categories = ["yes", "no"]\ncounts = [3, 7]\n')
STUDY = """format = "study"
version = 1
name = "Staff"
question = "What does staff change?"
scenarios = ["../coalitions/mine.toml"]
replicates = 3
outcomes = ["engaged"]
parameters = "../sets.csv"
[design]
kind = "full_factorial"
[[factors]]
name = "fte"
path = "hubs.H.fte"
values = [0.2, 1.0]
[answer]
text = "{level}"
[[answer.figures]]
name = "level"
figure = "level"
outcome = "engaged"
at = { fte = 1.0 }
"""


def coalis(folder, *words):
    return subprocess.run([PROGRAM, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=300)


def rerun(bundle, program=PROGRAM):
    return subprocess.run([bundle / "rerun"], cwd="/", capture_output=True, text=True, timeout=300, env={**os.environ, "COALIS_PROGRAM": str(program)})


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_study(folder, study=STUDY):
    for name, text in {"studies/staff.toml": study, "coalitions/base.toml": SMALL, "sets.csv": "weight,parameters.tie_prob\n1,0.1\n2,0.2\n",
                       "coalitions/mine.toml": 'format = "scenario"\nversion = 1\ninclude = "base.toml"\nname = "Mine"\nevidence = "seen/evidence.toml"\n',
                       "coalitions/seen/evidence.toml": EVIDENCE, "coalitions/beside.toml": SMALL}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_study(folder)
    assert coalis(folder, "study", "run", "studies/staff.toml", "--quiet").returncode == 0
    run = coalis(folder, "bundle", "studies/staff.toml", "-o", "archive")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[0].startswith("archive: 5 inputs, 6 files of results; 16 files in all, ")
    return folder / "archive"


@pytest.fixture
def moved(made, tmp_path):
    """A copy elsewhere; what it was made from cannot be reached from there."""
    shutil.copytree(made, tmp_path / "else where" / "copy")
    return tmp_path / "else where" / "copy"


def test_it_holds_all_that_the_study_reads_and_nothing_else(made):
    inputs = {name.removeprefix("inputs/") for name in contents(made) if name.startswith("inputs/")}
    assert inputs == {"studies/staff.toml", "coalitions/mine.toml", "coalitions/base.toml", "coalitions/seen/evidence.toml", "sets.csv"}
    assert (made / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (made / "CITATION.cff").read_bytes() == (ROOT / "CITATION.cff").read_bytes()
    assert "What does staff change?" in (made / "README.md").read_text(encoding="utf-8")


def test_hashes_are_those_of_sha256sum(made):
    lines = [line.split("  ") for line in (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    files = {name: data for name, data in contents(made).items() if name != "SHA256SUMS"}
    assert {name: known for known, name in lines} == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert lines == sorted(lines, key=lambda line: line[1])


def test_moved_elsewhere_it_makes_the_same_results(moved):
    before = contents(moved)
    run = rerun(moved)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.endswith("All results are equal.\n") and run.stdout.count(": OK") == 6
    assert contents(moved) == before


def test_equal_studies_give_equal_bundles(made, tmp_path):
    write_study(tmp_path / "again")
    assert coalis(tmp_path / "again", "study", "run", "studies/staff.toml", "--quiet", "--threads", "1").returncode == 0
    assert coalis(tmp_path, "bundle", "again/studies/staff.toml", "-o", "other").returncode == 0
    assert contents(tmp_path / "other") == contents(made)


@pytest.mark.parametrize("name", ["inputs/coalitions/base.toml", "results/runs.csv", "LICENSE", "rerun"])
def test_a_changed_byte_is_noticed(moved, name):
    data = bytearray((moved / name).read_bytes())
    data[-2] ^= 1
    (moved / name).write_bytes(data)
    run = rerun(moved)
    assert run.returncode != 0 and "All results are equal" not in run.stdout
    if name != "rerun":  # a script that was changed may say anything
        assert run.returncode == 3 and f"{name}: FAILED" in run.stdout and "not as it was made" in run.stderr


def test_results_that_differ_are_noticed_though_hashes_are_mended(moved):
    text = (moved / "results/runs.csv").read_text(encoding="utf-8")
    (moved / "results/runs.csv").write_text(text[:-2] + ("1" if text[-2] != "1" else "2") + "\n", encoding="utf-8")
    sums = (moved / "SHA256SUMS").read_text(encoding="utf-8")
    now = hashlib.sha256((moved / "results/runs.csv").read_bytes()).hexdigest()
    (moved / "SHA256SUMS").write_text("".join(f"{now}  results/runs.csv\n" if line.endswith("results/runs.csv\n") else line
                                              for line in sums.splitlines(keepends=True)), encoding="utf-8")
    run = rerun(moved)
    assert run.returncode == 1 and "results differ" in run.stderr and "runs.csv: FAILED" in run.stdout


def test_another_model_version_and_no_program_are_said(moved, tmp_path):
    other = tmp_path / "coalis"
    other.write_text('#!/bin/sh\necho "coalis 9.0 (model 9.0, abc, g++)"\n', encoding="utf-8")
    other.chmod(0o755)
    run = rerun(moved, other)
    assert run.returncode == 2 and "these results are of model version" in run.stderr and "coalis 9.0" in run.stderr
    shutil.copy(other, moved.parent / "coalis")
    run = subprocess.run(["copy/rerun"], cwd=moved.parent, capture_output=True, text=True, env={**os.environ, "COALIS_PROGRAM": "./coalis"})
    assert run.returncode == 2 and "coalis 9.0" in run.stderr
    run = rerun(moved, tmp_path / "nowhere")
    assert run.returncode == 2 and "there is no" in run.stderr


def test_what_cannot_be_bundled_is_refused_with_what_to_do(tmp_path):
    write_study(tmp_path)
    run = coalis(tmp_path, "bundle", "studies/staff.toml")
    assert run.returncode == 3 and "6 of 6 runs are missing; do them with: coalis study run 'studies/staff.toml'" in run.stderr
    assert coalis(tmp_path, "study", "run", "studies/staff.toml", "--quiet").returncode == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine", encoding="utf-8")
    run = coalis(tmp_path, "bundle", "studies/staff.toml", "-o", "full")
    assert run.returncode == 3 and "full: exists already; take another -o, or remove it" in run.stderr
    assert coalis(tmp_path, "bundle", "studies/staff.toml").returncode == 0
    assert (tmp_path / "studies/staff.bundle/SHA256SUMS").is_file()
    (tmp_path / "studies/staff.toml").write_text(STUDY.replace("outcomes", "outcome_s"), encoding="utf-8")
    run = coalis(tmp_path, "bundle", "studies/staff.toml", "-o", "wrong")
    assert run.returncode == 2 and "staff.toml:7:1" in run.stderr and not (tmp_path / "wrong").exists()


def test_a_file_named_by_an_absolute_path_is_refused(tmp_path):
    write_study(tmp_path)
    path = tmp_path / "coalitions/mine.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"base.toml"', f'"{tmp_path}/coalitions/base.toml"'), encoding="utf-8")
    assert coalis(tmp_path, "study", "run", "studies/staff.toml", "--quiet").returncode == 0
    run = coalis(tmp_path, "bundle", "studies/staff.toml", "-o", "archive")
    assert run.returncode == 3 and "coalitions/base.toml: would not be found in another place; name it relative" in run.stderr
    assert not (tmp_path / "archive").exists()


def test_sets_and_replicates_that_were_given_are_in_the_commands(tmp_path):
    write_study(tmp_path, STUDY.replace('parameters = "../sets.csv"\n', ""))
    given = ("studies/staff.toml", "--parameters", "sets.csv", "--replicates", "2")
    assert coalis(tmp_path, "study", "run", *given, "--quiet").returncode == 0
    run = coalis(tmp_path, "bundle", *given)
    assert run.returncode == 0 and run.stdout.startswith("studies/staff.sets.bundle: "), run.stdout + run.stderr
    assert rerun(tmp_path / "studies/staff.sets.bundle").returncode == 0


def test_what_keeps_results_from_being_made_is_no_difference(moved, tmp_path):
    no_folder = {**os.environ, "COALIS_PROGRAM": PROGRAM, "TMPDIR": str(tmp_path / "nowhere")}
    run = subprocess.run([moved / "rerun"], capture_output=True, text=True, env=no_folder, timeout=300)
    assert run.returncode == 3 and "rerun: no temporary folder can be made; set TMPDIR" in run.stderr, run.stderr
    failing = tmp_path / "coalis"
    failing.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exec {PROGRAM} --version\nexit 1\n', encoding="utf-8")
    failing.chmod(0o755)
    run = rerun(moved, failing)
    assert run.returncode == 3 and "rerun: a command has failed" in run.stderr, run.stderr


def test_the_script_may_be_reached_by_a_link(moved, tmp_path):
    (tmp_path / "again").symlink_to(moved / "rerun")
    run = subprocess.run([tmp_path / "again"], cwd="/", capture_output=True, text=True, env={**os.environ, "COALIS_PROGRAM": PROGRAM}, timeout=300)
    assert run.returncode == 0 and run.stdout.endswith("All results are equal.\n"), run.stderr


def test_a_line_break_in_a_name_is_written_out(tmp_path):
    write_study(tmp_path)
    assert coalis(tmp_path, "study", "run", "studies/staff.toml", "--quiet").returncode == 0
    run = coalis(tmp_path, "bundle", "studies/staff.toml", "-o", "b\nforged: line")
    assert run.returncode == 0 and "\nforged" not in run.stdout.replace("'b\nforged", "") and "b\\u000aforged: line: " in run.stdout, run.stdout
